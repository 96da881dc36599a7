import { createCommitBatch, type Database, type Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { eq, notInArray } from 'drizzle-orm';
import { nothingReported, type Reported } from '../core/reported.ts';
import { initialState, type UpsState } from '../core/state.ts';
import type { UpsStore } from '../ports.ts';
import { ups } from '../schema.ts';
import { type Kept, reportStored, type Save, saveAll, subjectOf } from './save.ts';

type Row = typeof ups.$inferSelect;

/** The store of states, with the log that they are written with. */
export function createStore(database: Database, log: EventLog): UpsStore {
  // A power cut is news of every UPS at the same moment.
  const batch = createCommitBatch<Save, Kept>({
    database,
    writeAll: (tx, saves) => saveAll(tx, log, saves),
  });
  /** By UPS, as stored: who failed to save loads again, and knows then whether it was saved after all. */
  const all = new Map<string, Kept>();
  return {
    async load(id) {
      const [row] = await database.orm.select().from(ups).where(eq(ups.id, id));
      const reported = row?.reported ?? (await foldLog(database, log, id));
      all.set(id, { cut: row?.cut ?? null, reported });
      return stateOf(id, row);
    },
    async save(state, events, time) {
      const before = all.get(state.id) ?? { cut: null, reported: nothingReported };
      all.set(state.id, await batch.write({ ...before, state, events, time }));
    },
  };
}

const pageSize = 1_000;

/** What a program that did not store it yet has reported of a UPS, as far as its log goes back. */
async function foldLog(database: Database, log: EventLog, id: string): Promise<Reported> {
  let reported = nothingReported;
  for (let after: number | undefined = 0; after !== undefined; ) {
    const { events } = await log.read({ after, limit: pageSize, subject: subjectOf(id) });
    reported = events.reduce(reportStored, reported);
    after = events.length < pageSize ? undefined : events.at(-1)?.position;
  }
  await database.orm.update(ups).set({ reported }).where(eq(ups.id, id));
  return reported;
}

interface Loaded {
  readonly state: UpsState;
  /** Of its newest event. */
  readonly version: number;
  readonly reported: Reported;
}

/** The states of all UPSes that have one, with what was reported of them. */
export async function loadAll(reader: Pick<Tx, 'select'>): Promise<Loaded[]> {
  const rows = await reader.select().from(ups).orderBy(ups.id);
  return rows.map((row) => {
    return { state: stateOf(row.id, row), version: row.version, reported: row.reported ?? nothingReported };
  });
}

/**
 * Gives each of these UPSes a row, and forgets the state of every other one; returns the ids of those. Their rows stay, so
 * that their topics can be cleared even if the broker is away now, and a UPS that returns begins as one never seen.
 */
export async function keepOnly(database: Database, ids: readonly string[]): Promise<string[]> {
  return await database.transaction(async (tx) => {
    const rows = ids.map((id) => ({ id, version: 0, state: initialState(id), reported: nothingReported }));
    if (rows.length > 0) await tx.insert(ups).values(rows).onConflictDoNothing();
    const gone = await tx
      .select({ id: ups.id })
      .from(ups)
      .where(notInArray(ups.id, [...ids]));
    for (const { id } of gone) {
      await tx
        .update(ups)
        .set({ state: initialState(id), cut: null, reported: nothingReported })
        .where(eq(ups.id, id));
    }
    return gone.map(({ id }) => id);
  });
}

/** Each field that an older program did not store has its initial value. */
function stateOf(id: string, row: Row | undefined): UpsState {
  return { ...initialState(id), ...row?.state };
}
