import type { EventOf, Snapshot } from '@huismeester/contracts';
import { type EntityKind, type Handlers, readEntities } from '@huismeester/events';
import type { Clock, Reads } from '@huismeester/service';
import type { EntryData, ReportSource } from '../core/entry.ts';
import { midnightOf, monthOf } from '../core/range.ts';
import { type StateKind, stateKinds } from './entities.ts';
import { isKnown, type Kept, keepEntries, type Origin } from './keep.ts';
import { type Collected, ifKnown, reduced } from './reduce.ts';

/** Nobody waits for it but a report, which asks for it: a busy moment costs it nothing. */
export const lookEveryMs = 60_000;

const sourceByKind: Readonly<Record<string, ReportSource>> = {
  ups: 'ups-monitor',
  incident: 'netwatch',
  availability: 'netwatch',
  vm: 'vm-lifecycle',
  project: 'vm-lifecycle',
  promotion: 'vm-lifecycle',
  item: 'inventory',
  steward: 'inventory',
  'design-decision': 'inventory',
  violation: 'policy',
  advice: 'policy',
};

/** From which log each comes. */
const typesOf: Readonly<Record<ReportSource, readonly Collected[]>> = groupedBySource();

/** How policy’s own log is called as a source of entries, and its reader. */
export const ownReader = 'policy/report';

/** The readers that collect what reports are made of, one for each log: what fails there holds up nothing else. */
export function reportReaders(
  hasDirectory: boolean,
  deps: { readonly clock: Clock; readonly zone: string },
): Reads[] {
  const all = ['ups-monitor', 'netwatch', 'vm-lifecycle', 'inventory', 'membership'] as const;
  // Without a directory there is nobody in it.
  const sources = hasDirectory ? all : all.filter((source) => source !== 'membership');
  return sources.map((from) => ({
    from,
    reader: `${from}/report`,
    optional: true,
    unwoken: true,
    upToDate: false,
    lookEveryMs,
    ...collecting(from, deps),
  }));
}

/** What is done with one log. */
export function collecting(
  source: ReportSource,
  { clock, zone }: { readonly clock: Clock; readonly zone: string },
): Pick<Reads, 'handlers' | 'snapshot' | 'entity'> {
  const originAt = (epoch: string, position: number): Origin => ({
    source,
    epoch,
    position,
    time: clock.now(),
  });
  return {
    handlers: handlersOf(source, zone),
    async snapshot(tx, found) {
      const origin = originAt(found.epoch, found.position);
      await keepEntries(tx, origin, [{ type: 'source.read', subject: `source/${source}`, data: {} }], true);
      return await entitiesOf(source, origin).snapshot(tx, found);
    },
    entity: (tx, entity: Snapshot['entities'][number]) =>
      entitiesOf(source, originAt('', 0)).entity(tx, entity),
  };
}

function entitiesOf(source: ReportSource, origin: Origin) {
  const kinds = Object.entries(stateKinds[source]);
  return readEntities(Object.fromEntries(kinds.map(([name, kind]) => [name, kept(kind, origin)])));
}

function kept({ schema, keep }: StateKind, origin: Origin): EntityKind {
  return {
    schema,
    replace: (tx, found) =>
      keepEntries(
        tx,
        origin,
        found.flatMap(({ state, subject }) => keep(state, subject)),
        true,
      ),
    save: (tx, { state, subject }) => keepEntries(tx, origin, keep(state, subject), true),
  };
}

function handlersOf(source: ReportSource, zone: string): Handlers {
  const handlers = typesOf[source].map((type) => [type, handlerOf(type, source, zone)] as const);
  // Each handles the type that it stands for.
  return Object.fromEntries(handlers) as Handlers;
}

function handlerOf<T extends Collected>(type: T, source: ReportSource, zone: string) {
  return async (tx: Parameters<typeof keepEntries>[0], event: EventOf<T>): Promise<void> => {
    const keep: (event: EventOf<T>) => EntryData[T] | undefined = reduced[type];
    const data = keep(event);
    if (data === undefined) return;
    const isLess = ifKnown.has(type) || ('board' in data && data.board === false);
    if (isLess && !(await isKnown(tx, event.subject))) return;
    const { epoch, position, subject } = event;
    const origin = { source, epoch, position, time: new Date(timeOf(event.time, data, zone)) };
    await keepEntries(tx, origin, [{ type, subject, data } as unknown as Kept], false);
  };
}

/** What is said of a month after its end belongs to that month. */
function timeOf(time: string, data: EntryData[Collected], zone: string): number {
  if (!('month' in data)) return Date.parse(time);
  return monthOf(midnightOf(`${data.month}-01`, zone), zone).to - 1;
}

function groupedBySource(): Record<ReportSource, Collected[]> {
  const found: Record<ReportSource, Collected[]> = {
    'ups-monitor': [],
    netwatch: [],
    'vm-lifecycle': [],
    membership: [],
    inventory: [],
    policy: [],
  };
  // Its keys are types.
  for (const type of Object.keys(reduced) as Collected[]) found[sourceOf(type)].push(type);
  return found;
}

function sourceOf(type: Collected): ReportSource {
  return sourceByKind[type.slice(0, type.indexOf('.'))] ?? 'membership';
}
