import { type Clock, Unanswered } from '@huismeester/service';
import type { Inside, Membership } from '../inside.ts';
import { readDirectory } from '../people/directory-row.ts';

/**
 * Policy's clock and ours may be this far apart, ms: as much as policy lets the civil clock jump. More is a jump since policy was asked, or a host
 * whose clock is wrong.
 */
const mostApartMs = 3_600_000;

/** Whether what ends by time may end now. */
export interface Certainty {
  /** The directory was read whole since the start, and is known now. */
  readonly directoryKnown: boolean;
  /** Whether policy believes the civil clock, and this time of it is the one that has passed since; false while policy gives no answer. */
  clockBelieved(now: Date): boolean;
}

/** Asks whether directory and clock can be relied upon: while one cannot, nothing of the team closes or ends by time. Never inside a transaction. */
export async function readCertainty({
  database,
  memory,
  ask,
  clock,
}: Pick<Membership, 'database' | 'ask' | 'clock'> & Pick<Inside, 'memory'>): Promise<Certainty> {
  const row = await readDirectory(database.orm);
  const isRead = memory.latest() !== undefined && memory.trouble === undefined;
  return { directoryKnown: isRead && row?.state === 'known', clockBelieved: await askClock(ask, clock) };
}

async function askClock(ask: Membership['ask'], clock: Clock): Promise<Certainty['clockBelieved']> {
  const asked = clock.monotonicMs();
  try {
    const { believed, now: stood } = await ask('policy', 'clock', {});
    const began = Date.parse(stood) - asked;
    return (now) => believed && Math.abs(now.getTime() - began - clock.monotonicMs()) <= mostApartMs;
  } catch (error) {
    if (error instanceof Unanswered) return () => false;
    throw error;
  }
}
