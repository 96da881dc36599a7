import type { CreationStep } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, newEvent, refuse } from '@huismeester/events';
import { type Failure, isTriedAgain } from '../core/creating/failure.ts';
import { sinceMs } from '../core/retry.ts';
import type { CreatingContext, Next } from './context.ts';
import { type CreationEvent, createTask, creations, type Stored } from './creations.ts';
import { readTurns } from './store.ts';

const actor = 'service:vm-lifecycle';

/** What is written of a creation, unless it has gone on meanwhile. */
interface Recorded {
  readonly events: readonly CreationEvent[];
  readonly scope?: string | readonly string[];
  /** Under the lock: whether it may be written. */
  readonly unless?: (tx: Tx) => Promise<boolean>;
}

/** Writes down what became of a creation, if it still is where it was read. Whoever waits for the same template is woken when its turn ends. */
export async function record(context: CreatingContext, made: Stored, recorded: Recorded): Promise<boolean> {
  const { database, log, tasks } = context;
  const { events, scope, unless } = recorded;
  const outcome = await database.transaction(async (tx) => {
    const done = await creations.handle(tx, {
      log,
      id: made.id,
      actor,
      only: 'existing',
      ...(scope !== undefined && { scope }),
      read: async () => (await unless?.(tx)) === true,
      decide: (now, not) => {
        const same = now?.open === true && now.state.step === made.state.step && now.vmid === made.vmid;
        return same && !not ? events : refuse('gone-on', 'It has gone on meanwhile');
      },
    });
    if (!isRefusal(done) && made.state.step === 'cloning' && done.state?.state.step !== 'cloning') {
      const [following] = await readTurns(tx, { hypervisor: made.hypervisor, template: made.state.template });
      if (following) await tasks().enqueue(tx, createTask(following.id));
    }
    return done;
  });
  return !isRefusal(outcome);
}

/** About to do the next step, or to wait for it. */
export function stepBegun(
  { id, vmid }: Pick<Stored, 'id' | 'vmid'>,
  step: CreationStep,
  more: { readonly node?: string } = {},
) {
  return newEvent('creation.step-begun', `creation/${id}`, { creation: id, step, vmid, ...more });
}

/** Goes on to the next step. */
export async function begin(context: CreatingContext, made: Stored, step: CreationStep): Promise<Next> {
  await record(context, made, { events: [stepBegun(made, step)] });
  return 'next';
}

/** Proxmox works at it: its task is looked at until it ends. */
export async function accepted(context: CreatingContext, made: Stored, upid: string): Promise<Next> {
  const data = { creation: made.id, step: made.state.step, upid };
  await record(context, made, { events: [newEvent('creation.step-accepted', `creation/${made.id}`, data)] });
  return 'next';
}

/**
 * A step did not work: it is tried again later, or what was made is cleaned up. What was asked to start is its owner's: that is left as it is, and
 * shown.
 */
export async function failed(context: CreatingContext, made: Stored, failure: Failure): Promise<Next> {
  const { state, id } = made;
  const subject = `creation/${id}`;
  const began = state.steps.findLast(({ step }) => step === state.step)?.at ?? '';
  const failures = state.failures + 1;
  const since = sinceMs(new Date(began), context.clock.now());
  const again = isTriedAgain(failure.failure, { sinceMs: since, failures });
  const said = newEvent('creation.step-failed', subject, {
    creation: id,
    step: state.step,
    ...failure,
    attempt: failures,
    again,
  });
  if (again) {
    await record(context, made, { events: [said] });
    return 'next';
  }
  const cleans = state.step !== 'planned' && state.startAsked !== true;
  const end = cleans
    ? stepBegun(made, 'cleaning-up')
    : endedBadly(made, { ...failure, step: state.step, left: state.startAsked === true });
  await record(context, made, { events: [said, end] });
  return 'next';
}

/** It could not be made; `left`: whether something of it still stands in Proxmox. */
export function endedBadly(
  { id }: Pick<Stored, 'id'>,
  data: Failure & { readonly step: CreationStep; readonly left: boolean },
) {
  const { step, failure, error, left } = data;
  return newEvent('creation.failed', `creation/${id}`, { creation: id, step, failure, error, left });
}
