import { type Database, rows } from '@huismeester/database';
import { type Clock, gauge, type ServiceContext } from '@huismeester/service';
import { sql } from 'drizzle-orm';
import { notice as table } from '../schema.ts';

/** How often they are counted, ms. */
const everyMs = 10_000;

/** How many notices to people there are, by their state. */
export interface Counts {
  /** Counts them, unless that was just done. */
  refresh(): Promise<void>;
  latest(): ReadonlyMap<string, number>;
}

export function createCounts({ orm }: Pick<Database, 'orm'>, clock: Clock): Counts {
  let counts: ReadonlyMap<string, number> = new Map();
  let countedAt = Number.NEGATIVE_INFINITY;
  return {
    async refresh() {
      if (clock.monotonicMs() - countedAt < everyMs) return;
      countedAt = clock.monotonicMs();
      const found = rows<{ state: string; count: string }>(
        await orm.execute(
          sql`select state, count(*) as count from ${table} where person <> '' group by state`,
        ),
      );
      counts = new Map(found.map(({ state, count }) => [state, Number(count)]));
    },
    latest: () => counts,
  };
}

/** How many notices wait, and what became of the others. */
export function meterNotices(metrics: ServiceContext['metrics'], { latest }: Pick<Counts, 'latest'>): void {
  const about = {
    name: 'huismeester_notices',
    help: 'Notices to people, by what became of them: those that wait, and those that ended in the last 90 days',
    labels: {},
    sampleLabels: ['state'],
  };
  gauge(metrics, about, () => [...latest()].map(([state, value]) => ({ labels: { state }, value })));
}
