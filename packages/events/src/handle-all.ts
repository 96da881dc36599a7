import type { EventType, StoredEvent } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { v7 as uuidv7 } from 'uuid';
import { type Current, lockScopes } from './aggregate-rows.ts';
import type { AllRows } from './all-rows.ts';
import type { EventLog } from './log.ts';
import { type DecideContext, type Decided, type Made, stamp } from './made.ts';
import { isRefusal, type Refusal } from './refusal.ts';

/** One command about many aggregates of a kind. */
export interface HandlingAll<State, Event, Extra> {
  readonly log: EventLog;
  /** Who asks; it stands in each event. */
  readonly actor: string;
  /** What every command of the kind locks until the commit. */
  readonly scope: string | readonly string[];
  /** Reads what the decision needs beside the rows, under the locks; its answer is `extra`. */
  readonly read?: (tx: Tx) => Promise<Extra>;
  /** Pure: events of this kind, those of one aggregate in their order, or why it is refused. */
  readonly decide: (
    known: ReadonlyMap<string, State>,
    extra: Extra,
    context: DecideContext,
  ) => readonly Decided<Event>[] | Refusal;
}

/** What came of a command about many. */
export interface AllHandled {
  readonly events: readonly StoredEvent[];
}

interface Of<State, Initial, Event> {
  readonly definition: {
    readonly kind: string;
    readonly initial: Initial;
    readonly evolve: (state: State | Initial, event: Event) => State | undefined;
  };
  readonly rows: AllRows<State>;
}

/** See `Aggregate.handleAll`. */
export async function handleAll<State, Initial, Event extends Made<EventType>, Extra>(
  tx: Tx,
  { definition, rows: store }: Of<State, Initial, Event>,
  { log, actor, scope, read, decide }: HandlingAll<State, Event, Extra>,
): Promise<AllHandled | Refusal> {
  await lockScopes(tx, log.service, [scope].flat());
  const rows = await store.lock(tx);
  // Without `read` the type of `extra` is undefined.
  const extra = (await read?.(tx)) as Extra;
  const now = log.now();
  const states = new Map([...rows].map(([id, { state }]) => [id, state]));
  const decided = decide(states, extra, { now, ids: uuidv7 });
  if (isRefusal(decided)) return decided;
  if (decided.length === 0) return { events: [] };
  const made = decided.map((event) => stamp(event, now, { actor }));
  const after = evolved(definition, states, made);
  const events = await log.append(tx, made, { expected: versionsOf(rows, after, definition.kind) });
  const versions = new Map(events.map(({ subject, version }) => [subject, version]));
  await store.save(
    tx,
    [...after].map(([id, state]) => ({ id, state, version: versions.get(`${definition.kind}/${id}`) ?? 0 })),
  );
  return { events };
}

/** The state of each that has an event, by id. */
function evolved<State, Initial, Event>(
  { kind, initial, evolve }: Of<State, Initial, Event>['definition'],
  states: ReadonlyMap<string, State>,
  made: readonly { readonly subject: string }[],
): ReadonlyMap<string, State | undefined> {
  const after = new Map<string, State | undefined>();
  for (const event of made) {
    const id = event.subject.slice(kind.length + 1);
    const before = after.has(id) ? after.get(id) : states.get(id);
    // An event of this aggregate's is one of its types: `decide` can answer no other.
    after.set(id, evolve(before ?? initial, event as unknown as Event));
  }
  return after;
}

/** By subject, of those that have a row; what has none may have had one before. */
function versionsOf(
  rows: ReadonlyMap<string, Pick<Current<unknown>, 'version'>>,
  after: ReadonlyMap<string, unknown>,
  kind: string,
): ReadonlyMap<string, number> {
  return new Map(
    [...after.keys()].flatMap((id) => {
      const row = rows.get(id);
      return row ? [[`${kind}/${id}`, row.version] as const] : [];
    }),
  );
}
