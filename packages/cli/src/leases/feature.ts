import type { Feature } from '../feature.ts';
import { addClock } from './clock.ts';
import { addLease } from './lease.ts';
import { addNotices } from './notices.ts';

/** What leases and notices add to the command line. */
export const leases: Feature = {
  commands: [addLease, addClock, addNotices],
  examples: ['lease preview --days 7', 'notices --state queued'],
};
