import type { StoredEvent } from '@huismeester/contracts';
import { createCommitBatch, type Database, statement, type Tx } from '@huismeester/database';
import type { EventLog, NewEvent } from '@huismeester/events';
import { eq, notInArray } from 'drizzle-orm';
import type { UpsEvent } from '../core/events.ts';
import { initialState, type UpsState } from '../core/state.ts';
import type { UpsStore } from '../ports.ts';
import { ups } from '../schema.ts';

type Row = typeof ups.$inferSelect;

/** The aggregate that a UPS's events belong to. */
export function subjectOf(id: string): string {
  return `ups/${id}`;
}

/** The on-battery event of a power cut: what follows in it names this as its cause. */
type Cause = NonNullable<NewEvent['cause']>;

/** The store of states, with the log that they are written with. */
export function createStore(database: Database, log: EventLog): UpsStore {
  // A power cut is news of every UPS at the same moment.
  const batch = createCommitBatch<Save, Cause | null>({
    database,
    writeAll: (tx, saves) => saveAll(tx, log, saves),
  });
  /** By UPS, as stored: who failed to save loads again, and knows then whether it was saved after all. */
  const cuts = new Map<string, Cause | null>();
  return {
    async load(id) {
      const [row] = await database.orm.select().from(ups).where(eq(ups.id, id));
      cuts.set(id, row?.cut ?? null);
      return stateOf(id, row);
    },
    async save(state, events, time) {
      cuts.set(state.id, await batch.write({ state, events, time, cut: cuts.get(state.id) ?? null }));
    },
  };
}

/** The states of all UPSes that have one, with the versions of their newest events. */
export async function loadAll(reader: Pick<Tx, 'select'>): Promise<{ state: UpsState; version: number }[]> {
  const rows = await reader.select().from(ups).orderBy(ups.id);
  return rows.map((row) => ({ state: stateOf(row.id, row), version: row.version }));
}

/**
 * Gives each of these UPSes a row, and forgets the state of every other one; returns the ids of those. Their rows stay, so
 * that their topics can be cleared even if the broker is away now, and a UPS that returns begins as one never seen.
 */
export async function keepOnly(database: Database, ids: readonly string[]): Promise<string[]> {
  return await database.transaction(async (tx) => {
    const rows = ids.map((id) => ({ id, version: 0, state: initialState(id) }));
    if (rows.length > 0) await tx.insert(ups).values(rows).onConflictDoNothing();
    const gone = await tx
      .select({ id: ups.id })
      .from(ups)
      .where(notInArray(ups.id, [...ids]));
    for (const { id } of gone) {
      await tx
        .update(ups)
        .set({ state: initialState(id), cut: null })
        .where(eq(ups.id, id));
    }
    return gone.map(({ id }) => id);
  });
}

/** Each field that an older program did not store has its initial value. */
function stateOf(id: string, row: Row | undefined): UpsState {
  return { ...initialState(id), ...row?.state };
}

interface Save {
  readonly state: UpsState;
  readonly events: readonly UpsEvent[];
  readonly time: Date;
  /** The power cut that went on before these events. */
  readonly cut: Cause | null;
}

/** Writes all with two appends and one update, however many they are; returns the power cut in which each is then. */
async function saveAll(tx: Tx, log: EventLog, saves: readonly Save[]): Promise<(Cause | null)[]> {
  const firsts = saves.map(({ events }) => events.findIndex(({ type }) => type === 'ups.on-battery') + 1);
  const until = saves.map((save, index) => entriesOf(save, save.events.slice(0, firsts[index]), save.cut));
  const before = await appendAll(tx, log, until);
  const cuts = saves.map((save, index) => (firsts[index] ? (before[index]?.at(-1) ?? null) : save.cut));
  const from = saves.map((save, index) =>
    entriesOf(save, save.events.slice(firsts[index]), cuts[index] ?? null),
  );
  const after = await appendAll(tx, log, from);
  const kept = saves.map(({ state }, index) => (state.mains === 'on-battery' ? causeOf(cuts[index]) : null));
  const rows = saves.map(({ state }, index) => {
    const version = [...(before[index] ?? []), ...(after[index] ?? [])].at(-1)?.version ?? null;
    return { id: state.id, state, cut: kept[index], version };
  });
  await statement(tx, update, [JSON.stringify(rows)]);
  return kept;
}

const update = `
  update ups_monitor.ups as u set state = e.state, cut = e.cut, version = coalesce(e.version, u.version)
  from jsonb_to_recordset($1) as e(id text, state jsonb, cut jsonb, version integer) where u.id = e.id`;

function entriesOf({ state, time }: Save, events: readonly UpsEvent[], cause: Cause | null): NewEvent[] {
  const common = { subject: subjectOf(state.id), time, ...(cause ? { cause } : {}) };
  return events.map(({ type, data }) => ({ ...common, type, data }));
}

/** Appends all in their order; the answer has them as they were given. */
async function appendAll(
  tx: Tx,
  log: EventLog,
  groups: readonly (readonly NewEvent[])[],
): Promise<StoredEvent[][]> {
  const stored = await log.append(tx, groups.flat());
  let from = 0;
  return groups.map(({ length }) => {
    from += length;
    return stored.slice(from - length, from);
  });
}

function causeOf(event: Cause | null | undefined): Cause | null {
  return event ? { id: event.id, correlationid: event.correlationid } : null;
}
