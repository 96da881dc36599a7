import type { Reads } from '@huismeester/service';
import { sql } from 'drizzle-orm';
import { machine } from './schema.ts';

/** Counts for each machine how often a UPS went on battery. */
export const fromUpsMonitor: Reads = {
  from: 'ups-monitor',
  handlers: {
    'ups.on-battery': async (tx) => {
      await tx.update(machine).set({ outages: sql`${machine.outages} + 1` });
    },
  },
  // What was before the machines came counts for none.
  snapshot: () => Promise.resolve(),
};
