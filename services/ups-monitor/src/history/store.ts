import type { Database } from '@huismeester/database';
import { and, desc, eq, gte, lt, lte, notInArray } from 'drizzle-orm';
import type { Sample } from '../core/history.ts';
import { known } from '../core/known.ts';
import { sample } from '../schema.ts';

/** A sample of a UPS. */
export interface Recorded extends Sample {
  readonly ups: string;
}

export interface HistoryStore {
  add(samples: readonly Recorded[]): Promise<void>;
  /** Those of a UPS between two moments, ms since 1970, in the order in which they were recorded. */
  read(ups: string, fromMs: number, toMs: number): Promise<Sample[]>;
  /** Removes all but the newest of each of these UPSes, and those of every other. */
  prune(ids: readonly string[]): Promise<void>;
}

/**
 * So many samples of each UPS are kept: 48 h, also where the mains changed once a minute. They are counted, since the civil clock may have been wrong
 * when they were recorded, or be wrong now.
 */
const usualMost = 2 * 48 * 60;

/** `most`: how many samples of each UPS are kept. */
export function createHistoryStore({ orm }: Pick<Database, 'orm'>, most = usualMost): HistoryStore {
  return {
    async add(samples) {
      await orm.insert(sample).values(samples.map(({ atMs, ...seen }) => ({ at: new Date(atMs), ...seen })));
    },
    async read(ups, fromMs, toMs) {
      const within = [gte(sample.at, new Date(fromMs)), lte(sample.at, new Date(toMs))];
      const rows = await orm
        .select()
        .from(sample)
        .where(and(eq(sample.ups, ups), ...within))
        .orderBy(sample.position);
      return rows.map(sampleOfRow);
    },
    async prune(ids) {
      await orm.delete(sample).where(notInArray(sample.ups, [...ids]));
      for (const ups of ids) {
        const [oldest] = await orm
          .select({ position: sample.position })
          .from(sample)
          .where(eq(sample.ups, ups))
          .orderBy(desc(sample.position))
          .offset(most - 1)
          .limit(1);
        if (!oldest) continue;
        await orm.delete(sample).where(and(eq(sample.ups, ups), lt(sample.position, oldest.position)));
      }
    },
  };
}

function sampleOfRow(row: typeof sample.$inferSelect): Sample {
  const { at, mains, charge_pct, runtime_s, load_pct, power_w, input_v } = row;
  const numbers = Object.entries({ charge_pct, runtime_s, load_pct, power_w, input_v }).map(
    ([name, value]) => [name, value ?? undefined],
  );
  return { atMs: at.getTime(), mains, ...known(Object.fromEntries(numbers)) };
}
