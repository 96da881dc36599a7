import { Unanswered } from '@huismeester/service';
import type { Inside, Membership } from '../inside.ts';
import { readDirectory } from '../people/directory-row.ts';

/** Whether what ends by time may end now. */
export interface Certainty {
  /** The directory was read whole since the start, and is known now. */
  readonly directoryKnown: boolean;
  /** Policy believes the civil clock; false while policy gives no answer. */
  readonly clockBelieved: boolean;
}

/** Asks whether directory and clock can be relied upon: while one cannot, nothing of the team closes or ends by time. Never inside a transaction. */
export async function readCertainty({
  database,
  memory,
  ask,
}: Pick<Membership, 'database' | 'ask'> & Pick<Inside, 'memory'>): Promise<Certainty> {
  const row = await readDirectory(database.orm);
  const isRead = memory.latest() !== undefined && memory.trouble === undefined;
  return { directoryKnown: isRead && row?.state === 'known', clockBelieved: await isBelieved(ask) };
}

async function isBelieved(ask: Membership['ask']): Promise<boolean> {
  try {
    const { believed } = await ask('policy', 'clock', {});
    return believed;
  } catch (error) {
    if (error instanceof Unanswered) return false;
    throw error;
  }
}
