import type { Tx } from '@huismeester/database';
import { isRefusal, type NewEvent, newEvent, refuse } from '@huismeester/events';
import type { ActRow } from '../core/act.ts';
import type { ActPlan } from '../core/act-plan.ts';
import { nothingAlong } from '../leasing/rows.ts';
import { endOwnerships } from '../owning/end.ts';
import { actScope, acts, type StoredAct } from './acts.ts';
import type { AskingContext } from './context.ts';
import { keptFrom } from './kept.ts';

const actor = 'service:vm-lifecycle';

/**
 * Writes down what is about to be asked. False, and nothing may be sent, when something keeps it from being done since it was looked at, or when the act
 * is over or was asked already.
 */
export async function recordAsked(
  { database, log }: AskingContext,
  stored: StoredAct,
  { attempt, step, because, node }: ActPlan & { do: 'ask' } & { readonly node: string },
): Promise<boolean> {
  const { id, vm, state } = stored;
  const data = {
    act: id,
    vm,
    what: state.what,
    node,
    attempt,
    ...(step && { step }),
    ...(because !== undefined && { because }),
  };
  const done = await database.transaction((tx) =>
    acts.handle(tx, {
      log,
      id,
      actor,
      only: 'existing',
      scope: actScope(vm),
      read: () => keptFrom(tx, stored),
      decide: (row, kept) => {
        if (!row?.open || row.state.attempt !== state.attempt)
          return refuse('superseded', 'it goes on elsewhere');
        if (kept !== undefined) return refuse('kept', kept);
        return [newEvent('act.asked', `act/${id}`, data)];
      },
    }),
  );
  return !isRefusal(done);
}

/** Proxmox took it: as this task, or did it at once. */
export async function recordAccepted(
  context: AskingContext,
  stored: StoredAct,
  upid: string | undefined,
): Promise<void> {
  const { id, vm, state } = stored;
  const data = { act: id, vm, what: state.what, ...(upid !== undefined && { upid }) };
  await change(context, stored, newEvent('act.accepted', `act/${id}`, data));
}

/** It was done. Whose a deleted VM was, and its lease, end in the same transaction. */
export async function recordDone(
  context: AskingContext,
  stored: StoredAct,
  { pending }: { readonly pending?: boolean | undefined },
): Promise<void> {
  const { database, log, logger } = context;
  const { id, vm, state } = stored;
  const { what, ownership, by } = state;
  const data = { act: id, vm, what, ...(pending && { pending }) };
  await database.transaction(async (tx) => {
    const along = nothingAlong();
    if (what === 'delete' && ownership !== undefined) {
      const gone = [{ vm, ownership, because: 'deleted', actor: by } as const];
      await endOwnerships(tx, log, along, { gone, now: log.now() });
    }
    await changeIn(tx, context, stored, newEvent('act.done', `act/${id}`, data));
    if (along.events.length > 0) await log.append(tx, along.events, { expected: along.expected });
  });
  logger.info({ act: id, vm, what }, 'what a person asked was done');
}

/** It was not done, and is not tried again. */
export async function recordFailed(context: AskingContext, stored: StoredAct, error: string): Promise<void> {
  const { id, vm, state } = stored;
  const data = { act: id, vm, what: state.what, error };
  await change(context, stored, newEvent('act.failed', `act/${id}`, data));
  context.logger.warn({ act: id, vm, what: state.what, error }, 'what a person asked failed');
}

type Change = NewEvent<'act.accepted'> | NewEvent<'act.done'> | NewEvent<'act.failed'>;

async function change(context: AskingContext, stored: StoredAct, event: Change): Promise<void> {
  await context.database.transaction((tx) => changeIn(tx, context, stored, event));
}

/** Nothing when the act is over. */
async function changeIn(tx: Tx, { log }: AskingContext, { id }: StoredAct, event: Change): Promise<void> {
  const decide = (row: ActRow | undefined) => (row?.open ? [event] : []);
  await acts.handle(tx, { log, id, actor, decide });
}
