import { createCommitGroup, type Database, type Tx } from '@huismeester/database';
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

/** The store of states, with the log that they are written with. */
export function createStore(database: Database, log: EventLog): UpsStore {
  // A power cut is news of every UPS at the same moment.
  const group = createCommitGroup(database);
  return {
    load: async (id) => {
      const [row] = await database.orm.select().from(ups).where(eq(ups.id, id));
      return stateOf(id, row);
    },
    save: (state, events, time) => group.run((tx) => save(tx, log, state, events, time)),
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

async function save(
  tx: Tx,
  log: EventLog,
  state: UpsState,
  events: readonly UpsEvent[],
  time: Date,
): Promise<void> {
  const [row] = await tx.select({ cut: ups.cut }).from(ups).where(eq(ups.id, state.id));
  const begins = events.findIndex(({ type }) => type === 'ups.on-battery') + 1;
  const before = await append(tx, log, state.id, events.slice(0, begins), time, row?.cut);
  const cut = begins > 0 ? before.at(-1) : row?.cut;
  const after = await append(tx, log, state.id, events.slice(begins), time, cut);
  const kept = state.mains === 'on-battery' && cut ? { id: cut.id, correlationid: cut.correlationid } : null;
  const version = [...before, ...after].at(-1)?.version;
  await tx
    .update(ups)
    .set({ state, cut: kept, ...(version === undefined ? {} : { version }) })
    .where(eq(ups.id, state.id));
}

function append(
  tx: Tx,
  log: EventLog,
  id: string,
  events: readonly UpsEvent[],
  time: Date,
  cause: NewEvent['cause'] | null,
) {
  const common = { subject: subjectOf(id), time, ...(cause ? { cause } : {}) };
  return log.append(
    tx,
    events.map(({ type, data }) => ({ ...common, type, data })),
  );
}
