import {
  coreFor,
  fullStewardsNeeded,
  isInUse,
  type ReportState,
  stewardCountsUntil,
} from '@huismeester/contracts';
import { civilDay } from '../../rules/civil-time.ts';
import { type Entry, type EntryData, idIn, iso } from './entry.ts';
import { sortedBy } from './placing.ts';
import { forEach, type Steps } from './steps.ts';
import type { Team } from './team.ts';

const dayMs = 24 * 60 * 60_000;
/** The end of a rent or loan is named so long before, days. */
const soonDays = 90;

type Item = EntryData['item.registered'];
interface Steward {
  readonly item: string;
  readonly person: string;
  readonly role: 'steward' | 'learner';
  readonly confirmedAt: number;
}

/** What the foundation has, until when, and who can run it (TEAM-2, CORE-6), at the end of the range. */
export interface Items {
  readonly state: (
    at: { readonly to: number; readonly zone: string },
    team: Pick<Team, 'full' | 'gone'>,
  ) => Pick<ReportState, 'expiring' | 'busFactor' | 'coreItems'>;
  /** What an item, or the thing that it stands for, is called. */
  readonly nameOf: (subject: string) => string | undefined;
}

/** @param classes the classes of VMs, those of participants left out, by `vm/<id>` */
export function* foldItems(entries: readonly Entry[], classes: ReadonlyMap<string, string>): Steps<Items> {
  const items = new Map<string, Item>();
  const stewards = new Map<string, Steward>();
  yield* forEach(entries, (entry) => {
    const id = idIn(entry);
    if (entry.type === 'source.read') {
      items.clear();
      stewards.clear();
    } else if (entry.type === 'item.registered' || entry.type === 'item.changed') items.set(id, entry.data);
    else if (entry.type === 'item.retired') {
      const item = items.get(id);
      if (item) items.set(id, { ...item, life: 'retired' });
    } else foldSteward(stewards, entry);
  });
  const names = namesOf(items);
  const inUse = sortedBy(items, ([id]) => id).filter(([, item]) => isInUse(item));
  const core = inUse.filter(
    ([, item]) => coreFor(item, { vmClass: classes.get(item.stands_for ?? '') }).length > 0,
  );
  const stewardsOf = Map.groupBy(stewards.values(), ({ item }) => item);
  return {
    nameOf: (subject) => names.get(subject),
    state: ({ to, zone }, { full, gone }) => ({
      expiring: expiringOf(inUse, civilDay(to, zone)),
      busFactor: core.flatMap(([id]) => {
        const of = stewardsOf.get(id) ?? [];
        const counting = of.filter(
          ({ role, person, confirmedAt }) =>
            role === 'steward' && full.has(person) && stewardCountsUntil(confirmedAt) > to,
        );
        const people = (some: readonly Steward[]) =>
          sortedBy(new Set(some.map(({ person }) => person)), (person) => person);
        const able = people(counting);
        const learners = people(of.filter(({ role, person }) => role === 'learner' && !gone.has(person)));
        return able.length < fullStewardsNeeded ? [{ item: id, stewards: able, learners }] : [];
      }),
      coreItems: core.length,
    }),
  };
}

function foldSteward(stewards: Map<string, Steward>, entry: Entry): void {
  const id = idIn(entry);
  const known = stewards.get(id);
  switch (entry.type) {
    case 'steward.added': {
      const { item, person, role, since } = entry.data;
      const confirmedAt = since === undefined ? entry.time : Date.parse(since);
      stewards.set(id, { item, person, role, confirmedAt });
      break;
    }
    case 'steward.promoted':
      stewards.set(id, { ...entry.data, role: 'steward', confirmedAt: entry.time });
      break;
    case 'steward.confirmed':
      if (known) stewards.set(id, { ...known, confirmedAt: entry.time });
      break;
    case 'steward.removed':
      stewards.delete(id);
      break;
  }
}

function namesOf(items: ReadonlyMap<string, Item>): ReadonlyMap<string, string> {
  return new Map(
    [...items].flatMap(([id, { name, stands_for, life }]) => [
      [`item/${id}`, name] as const,
      ...(stands_for === undefined || life === 'retired' ? [] : [[stands_for, name] as const]),
    ]),
  );
}

/** What is rented or loaned, and over soon or since; by civil days, as `2026-11-01`. */
function expiringOf(items: readonly (readonly [string, Item])[], today: string): ReportState['expiring'] {
  // Civil days count as days of UTC do: there is no change of summer time among them.
  const last = iso(Date.parse(`${today}T00:00:00Z`) + soonDays * dayMs).slice(0, 10);
  return items.flatMap(([id, item]) => expiring(id, item, { today, last }) ?? []);
}

function expiring(
  item: string,
  { tenure, core }: Item,
  { today, last }: { readonly today: string; readonly last: string },
): ReportState['expiring'][number] | undefined {
  if (tenure?.until === undefined || (tenure.kind !== 'rented' && tenure.kind !== 'loaned')) return undefined;
  if (tenure.until > last) return undefined;
  const { kind, name, person, until } = tenure;
  return {
    item,
    kind,
    ...(name !== undefined && { name }),
    ...(person !== undefined && { person }),
    until,
    past: until < today,
    core,
  };
}

/** The classes of the VMs that are not participants’, by `vm/<id>`. */
export function* foldClasses(entries: readonly Entry[]): Steps<ReadonlyMap<string, string>> {
  const classes = new Map<string, string>();
  yield* forEach(entries, ({ type, subject, data }) => {
    if (type === 'source.read') classes.clear();
    else if (type === 'vm.found') classes.set(subject, data.class);
    else if (type === 'vm.reclassified') classes.set(subject, data.to);
    else if (type === 'vm.unlisted') classes.delete(subject);
  });
  return classes;
}
