import { type Database, rows } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import { reportEntry } from '../schema.ts';
import { type Entry, reportSources } from './core/entry.ts';

/** Numbers of entries in one statement: more keeps the event loop, or a database in this process, too long. */
const page = 1_000;

/** What is collected, and by source the number of the last entry. */
export interface CollectedEntries {
  readonly entries: readonly Entry[];
  readonly seqs: Readonly<Record<string, number>>;
}

/**
 * Reads all that is collected, in pages, each in a statement of its own: a transaction would keep a database that has one connection from everybody
 * else. What a reader commits meanwhile is left out as a whole, by the last number that each source had at the start.
 */
export async function readCollected({ orm }: Pick<Database, 'orm'>): Promise<CollectedEntries> {
  const seqs = await lastSeqs(orm);
  const last = Math.max(0, ...Object.values(seqs));
  const entries: Entry[] = [];
  for (let after = 0; after < last; after += page) {
    for (const entry of await readPage(orm, after)) {
      if (entry.seq <= (seqs[entry.source] ?? 0)) entries.push(entry);
    }
    // A database in this process may answer without a turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { entries, seqs };
}

/** By source the number of its last entry; each from the end of an index. */
async function lastSeqs(orm: Database['orm']): Promise<Record<string, number>> {
  const found = await orm.execute(sql`
    select source, (select max(seq)::float8 from ${reportEntry} as each where each.source = named.source) as seq
      from jsonb_array_elements_text(${JSON.stringify(reportSources)}::jsonb) as named(source)`);
  const last = rows<{ source: string; seq: number | null }>(found);
  return Object.fromEntries(last.flatMap(({ source, seq }) => (seq === null ? [] : [[source, seq]])));
}

/** In plain rows, as the readers have written them: there may be a hundred thousand. */
async function readPage(orm: Database['orm'], after: number): Promise<Entry[]> {
  const found = await orm.execute(sql`
    select seq::float8 as seq, source, round(extract(epoch from time) * 1000)::float8 as time, type, subject,
      is_state as "isState", data from ${reportEntry} where seq > ${after} and seq <= ${after + page} order by seq`);
  return rows<Entry>(found);
}
