import type { Tx } from '@huismeester/database';
import { newEvent, type Refusal, refuse } from '@huismeester/events';
import type { CreatingContext } from './context.ts';
import { createTask, creations, type Stored } from './creations.ts';

/** Who asks, and for which creation; of another person’s it is as if there was none. */
interface Choice {
  readonly id: string;
  readonly actor: string;
  readonly maySee: (made: Pick<Stored, 'owner'>) => boolean;
  readonly mayAct: (made: Pick<Stored, 'owner'>) => boolean;
  readonly matches: (made: Stored) => boolean;
}

/** Tries what failed once more; its number and quota were kept for that. */
export function retryCreation(tx: Tx, context: CreatingContext, choice: Choice): Promise<Stored | Refusal> {
  return choose(tx, context, choice, ({ id }) =>
    newEvent('creation.retried', `creation/${id}`, { creation: id }),
  );
}

/** Gives up what failed: its number and its part of the quota are free. What may still stand in Proxmox is left there. */
export function giveUpCreation(tx: Tx, context: CreatingContext, choice: Choice): Promise<Stored | Refusal> {
  return choose(tx, context, choice, ({ id, state }) =>
    newEvent('creation.given-up', `creation/${id}`, { creation: id, left: state.left === true }),
  );
}

async function choose(
  tx: Tx,
  { log, tasks }: CreatingContext,
  { id, actor, maySee, mayAct, matches }: Choice,
  event: (
    made: Stored,
  ) => ReturnType<typeof newEvent<'creation.retried'>> | ReturnType<typeof newEvent<'creation.given-up'>>,
): Promise<Stored | Refusal> {
  const done = await creations.handle(tx, {
    log,
    id,
    actor,
    only: 'existing',
    ifMatch: ({ state }) => matches({ ...state, id }),
    decide: (made) => {
      if (made === undefined || !maySee(made)) return refuse('not-found', `There is no creation ${id}`);
      if (!mayAct(made))
        return refuse('not-yours', 'Only its owner, and the infrateam, may do this', { clause: 'PART-3' });
      const { step } = made.state;
      if (step === 'failed') return [event({ ...made, id })];
      return refuse('not-failed', `Only what failed is tried again or given up; this one is ${step}`);
    },
  });
  if ('refused' in done) return done;
  if (!done.state) throw new Error(`creation ${id} has no state`);
  if (done.state.open) await tasks().enqueue(tx, createTask(id));
  return { ...done.state, id };
}
