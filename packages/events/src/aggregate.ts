import type { EventType, StoredEvent } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { v7 as uuidv7 } from 'uuid';
import {
  type AggregateRows,
  type AggregateTable,
  aggregateRows,
  type Current,
  type LockedRow,
  lockScopes,
  type StateIn,
} from './aggregate-rows.ts';
import { allRows } from './all-rows.ts';
import { type AllHandled, type HandlingAll, handleAll } from './handle-all.ts';
import type { EventLog } from './log.ts';
import { type DecideContext, type Decided, type Made, stamp } from './made.ts';
import { isRefusal, type Refusal, refuse, stale } from './refusal.ts';

export interface AggregateDefinition<Table extends AggregateTable, Initial, Event> {
  /** The subject of its events is `<kind>/<id>`. */
  readonly kind: string;
  readonly table: Table;
  /** The state of one that has no row; a plain value, often undefined. */
  readonly initial: Initial;
  /** Pure. Undefined removes the row; the events stay, and the subject's versions go on. */
  readonly evolve: (state: StateIn<Table> | Initial, event: Event) => StateIn<Table> | undefined;
}

export interface Handling<State, Initial, Event, Extra> {
  readonly log: EventLog;
  readonly id: string;
  /** Who asks; it stands in each event. */
  readonly actor: string;
  /** The event that led to this. */
  readonly cause?: Pick<StoredEvent, 'id' | 'correlationid'>;
  /** `new`: refused with `exists` when there is one. `existing`: refused with `not-found` when there is none. Either, if left out. */
  readonly only?: 'new' | 'existing';
  /** Compared under the lock: refused with `stale` when it says no. From If-Match; not asked of one that does not exist. */
  readonly ifMatch?: (current: Current<State>) => boolean;
  /** What is locked beside the aggregate until the commit, by name: for a rule that spans aggregates (`quota/<person>`). */
  readonly scope?: string | readonly string[];
  /** Reads what the decision needs beside the state, under the locks; its answer is `extra`. */
  readonly read?: (tx: Tx, state: State | Initial) => Promise<Extra>;
  /** Pure: what follows from the command, nothing perhaps, or why it is refused. */
  readonly decide: (
    state: State | Initial,
    extra: Extra,
    context: DecideContext,
  ) => readonly Decided<Event>[] | Refusal;
}

/** What came of a command. */
export interface Handled<State> {
  /** Undefined when it has no row, or no more. */
  readonly state: State | undefined;
  /** Of its newest event; 0 if there never was one. */
  readonly version: number;
  readonly events: readonly StoredEvent[];
}

export interface Aggregate<Table extends AggregateTable, Initial, Event> {
  readonly kind: string;
  /**
   * Carries out a command in the caller's transaction: locks the row, decides, appends and saves. A {@link Refusal} has written
   * nothing. Locks are taken in the order scope, aggregate, head of the log, and held until the commit: nothing slow may follow,
   * and no second command in the same transaction. Not in the commit group, where others' works would wait for these locks.
   * Throws a VersionMismatch when the log knows another version of the subject than the row does: a fault, never a race.
   */
  handle<Extra = undefined>(
    tx: Tx,
    handling: Handling<StateIn<Table>, Initial, Event, Extra>,
  ): Promise<Handled<StateIn<Table>> | Refusal>;
  /**
   * Carries out one command about many of the kind, with as many statements as for a few: locks all rows, decides, appends, saves. A
   * {@link Refusal} has written nothing. Every command of the kind takes its scope, since there is no row to lock of what is new. The head of the log
   * is locked while the rows are saved.
   */
  handleAll<Extra = undefined>(
    tx: Tx,
    handling: HandlingAll<StateIn<Table>, Event, Extra>,
  ): Promise<AllHandled | Refusal>;
}

/** What is changed by commands alone: its events, its row, and how a row follows from events. */
export function aggregate<Table extends AggregateTable, Initial, Event extends Made<EventType>>(
  definition: AggregateDefinition<Table, Initial, Event>,
): Aggregate<Table, Initial, Event> {
  const { kind, table } = definition;
  const store = aggregateRows<StateIn<Table>>(table);
  return {
    kind,
    async handle(tx, handling) {
      const { log, id, scope = [] } = handling;
      await lockScopes(tx, log.service, [scope].flat());
      for (;;) {
        const row = await store.lock(tx, id, { log, subject: `${kind}/${id}` });
        const outcome = await attempt(tx, { definition, store, row }, handling);
        if (outcome !== 'made-meanwhile') return outcome;
        if (handling.only === 'new') return exists(kind, id);
      }
    },
    handleAll: (tx, handling) =>
      handleAll(tx, { definition, rows: allRows<StateIn<Table>>(table) }, handling),
  };
}

interface Attempt<Table extends AggregateTable, Initial, Event> {
  readonly definition: AggregateDefinition<Table, Initial, Event>;
  readonly store: AggregateRows<StateIn<Table>>;
  readonly row: LockedRow<StateIn<Table>>;
}

async function attempt<Table extends AggregateTable, Initial, Event extends Made<EventType>, Extra>(
  tx: Tx,
  { definition, store, row }: Attempt<Table, Initial, Event>,
  handling: Handling<StateIn<Table>, Initial, Event, Extra>,
): Promise<Handled<StateIn<Table>> | Refusal | 'made-meanwhile'> {
  const { kind, initial, evolve } = definition;
  const { log, id, read, decide } = handling;
  const refusal = refusedBefore(kind, row, handling);
  if (refusal) return refusal;
  const before = row.state ?? initial;
  // Without `read` the type of `extra` is undefined.
  const extra = (await read?.(tx, before)) as Extra;
  const now = log.now();
  const decided = decide(before, extra, { now, ids: uuidv7 });
  if (isRefusal(decided)) return decided;
  if (decided.length === 0) return { state: row.state, version: row.version, events: [] };
  const made = decided.map((event) => stamp(event, now, handling));
  const state = made.reduce<StateIn<Table> | undefined>(
    // An event of this aggregate's is one of its types: `decide` can answer no other.
    (so, event) => evolve(so ?? initial, event as unknown as Event),
    row.state,
  );
  const version = row.version + made.length;
  if (!(await store.save(tx, id, { before: row.state, state, version }))) return 'made-meanwhile';
  const expected = new Map([[`${kind}/${id}`, row.version]]);
  return { state, version, events: await log.append(tx, made, { expected }) };
}

function refusedBefore<State, Initial, Event, Extra>(
  kind: string,
  { state, version }: LockedRow<State>,
  { id, only, ifMatch }: Handling<State, Initial, Event, Extra>,
): Refusal | undefined {
  if (state === undefined) {
    return only === 'existing' ? refuse('not-found', `There is no ${kind} ${id}`) : undefined;
  }
  if (only === 'new') return exists(kind, id);
  if (ifMatch === undefined || ifMatch({ state, version })) return undefined;
  return stale(`${kind} ${id}`);
}

function exists(kind: string, id: string): Refusal {
  return refuse('exists', `There is a ${kind} ${id} already`);
}
