import type { Tx } from '@huismeester/database';
import { newEvent, type Refusal, refuse } from '@huismeester/events';
import type { Amounts } from '../core/quota.ts';
import { quotaScope } from '../quota/account.ts';
import type { CreatingContext } from './context.ts';
import { createTask, creations, type Stored } from './creations.ts';
import { readCreation } from './store.ts';

/** Who asks, and for which creation; of another person’s it is as if there was none. */
interface Choice {
  readonly id: string;
  readonly actor: string;
  readonly maySee: (made: Pick<Stored, 'owner'>) => boolean;
  readonly mayAct: (made: Pick<Stored, 'owner'>) => boolean;
  readonly matches: (made: Stored) => boolean;
}

/** Tries what failed once more, within its owner's quota: its number and name were kept for that, what it would use was not. */
export async function retryCreation(
  tx: Tx,
  context: CreatingContext,
  choice: Choice,
): Promise<Stored | Refusal> {
  const found = await readCreation(tx, choice.id);
  const retried = ({ id }: Stored) => newEvent('creation.retried', `creation/${id}`, { creation: id });
  return await choose(tx, context, choice, retried, found?.owner);
}

/** What a creation that failed uses once it goes on, beside what is left of it. */
function usedAgain({ left, cores, memoryMib, diskGib }: Stored['state']): Partial<Amounts> {
  return left === true ? { cores, memoryMib } : { vms: 1, cores, memoryMib, diskGib };
}

/** Gives up what failed: its number and its name are free. What may still stand in Proxmox is left there. */
export function giveUpCreation(tx: Tx, context: CreatingContext, choice: Choice): Promise<Stored | Refusal> {
  return choose(tx, context, choice, ({ id, state }) =>
    newEvent('creation.given-up', `creation/${id}`, { creation: id, left: state.left === true }),
  );
}

async function choose(
  tx: Tx,
  { log, tasks, ports }: CreatingContext,
  { id, actor, maySee, mayAct, matches }: Choice,
  event: (
    made: Stored,
  ) => ReturnType<typeof newEvent<'creation.retried'>> | ReturnType<typeof newEvent<'creation.given-up'>>,
  /** Whose quota it takes. */
  takesOf?: string,
): Promise<Stored | Refusal> {
  const done = await creations.handle(tx, {
    log,
    id,
    actor,
    only: 'existing',
    ifMatch: ({ state }) => matches({ ...state, id }),
    scope: takesOf === undefined ? [] : [quotaScope(takesOf)],
    read: async (_, made) =>
      made && takesOf !== undefined ? await ports.takeQuota(tx, takesOf, usedAgain(made.state)) : undefined,
    decide: (made, over) => {
      if (made === undefined || !maySee(made)) return refuse('not-found', `There is no creation ${id}`);
      if (!mayAct(made))
        return refuse('not-yours', 'Only its owner, and the infrateam, may do this', {
          clause: 'PART-3',
          errors: [{ field: 'person', allowed: 'its owner, and the infrateam' }],
        });
      const { step } = made.state;
      if (step === 'failed') return over ?? [event({ ...made, id })];
      return refuse('not-failed', `Only what failed is tried again or given up; this one is ${step}`, {
        errors: [{ field: 'id', found: `a creation that is ${step}`, allowed: 'one that failed' }],
      });
    },
  });
  if ('refused' in done) return done;
  if (!done.state) throw new Error(`creation ${id} has no state`);
  if (done.state.open) await tasks().enqueue(tx, createTask(id));
  return { ...done.state, id };
}
