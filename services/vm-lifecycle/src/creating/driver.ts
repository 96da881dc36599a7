import type { TaskHandler } from '@huismeester/events';
import { pauseLeftMs } from '../core/retry.ts';
import { cleaningUp } from './cleaning.ts';
import { cloning, planned } from './cloning.ts';
import type { CreatingContext, Next } from './context.ts';
import type { Stored } from './creations.ts';
import { configuring, resizing, starting, waitingForAddress } from './steps.ts';
import { readCreation } from './store.ts';

/** How many creations are gone on with at once: few, so that decisions of policy always find room. */
export const atOnce = 8;

const steps = {
  planned,
  cloning,
  configuring,
  resizing,
  starting,
  'waiting-for-address': waitingForAddress,
  'cleaning-up': cleaningUp,
} as const;

/** So many steps follow each other in one run; more than there are, so that one that goes in circles is seen by its pauses. */
const stepsOfARun = 12;

/**
 * The task that goes on with a creation from whatever is written of it, and holds nothing in memory that matters: it may be ended at any moment. What is
 * not written is looked for in Proxmox before anything is asked again.
 */
export function createDriver(context: CreatingContext): TaskHandler {
  return async ({ key }, signal) => {
    for (let count = 0; count < stepsOfARun; count += 1) {
      signal.throwIfAborted();
      const made = await readCreation(context.database.orm, key);
      if (made === undefined) return undefined;
      const next = await goOn(context, made);
      if (next === 'over') return undefined;
      if (next !== 'next') return { againAt: new Date(context.clock.now().getTime() + next) };
    }
    return { againAt: new Date(context.clock.now().getTime() + 1_000) };
  };
}

async function goOn(context: CreatingContext, made: Stored): Promise<Next> {
  const { open, state, hypervisor } = made;
  const { step, notBefore } = state;
  if (!open || step === 'done' || step === 'failed' || step === 'given-up') return 'over';
  const site = context.sites.get(hypervisor);
  // Settings no longer have it; when they do again, the next start goes on.
  if (site === undefined) return 60_000;
  const pause = pauseLeftMs(notBefore === undefined ? undefined : new Date(notBefore), context.clock.now());
  return pause > 0 ? pause : await steps[step](context, site, made);
}
