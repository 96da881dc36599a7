import type { Move } from './promotion.ts';

/** A VM of a project, as our rows have it. */
export interface ProjectVm {
  readonly ownership: string;
  readonly vm: string;
  readonly vmid: number;
  readonly hypervisor: string;
  readonly incarnation: string;
  /** As last listed; undefined: it stands in no pool that settings name. */
  readonly listed?: { readonly pool: string; readonly incarnation: string | null } | undefined;
}

/** What is next for one VM on its way to a pool. */
export type MovePlan =
  | { readonly do: 'nothing' }
  | { readonly do: 'note'; readonly pool: string }
  | { readonly do: 'ask'; readonly pool: string }
  | { readonly do: 'wait'; readonly pool: string; readonly why: Waiting };

/** `by-hand`: settings name no promote token, so somebody gives the command. */
export type Waiting = 'no-pool' | 'not-listed' | 'another-guest' | 'not-identified' | 'by-hand';

/**
 * What is next for a VM: it is moved only while the guest that our rows know stands under its vmid, and is done when a listing shows it in the
 * pool, whoever put it there.
 */
export function planMove(
  { listed, incarnation }: Pick<ProjectVm, 'listed' | 'incarnation'>,
  before: Move | undefined,
  { pool, hasToken }: { readonly pool: string | undefined; readonly hasToken: boolean },
): MovePlan {
  if (pool === undefined) return { do: 'wait', pool: '', why: 'no-pool' };
  if (listed === undefined) return { do: 'wait', pool, why: 'not-listed' };
  if (listed.incarnation === null) return { do: 'wait', pool, why: 'not-identified' };
  if (listed.incarnation !== incarnation) return { do: 'wait', pool, why: 'another-guest' };
  const isNoted = before?.state === 'done' && before.pool === pool;
  if (listed.pool === pool) return isNoted ? { do: 'nothing' } : { do: 'note', pool };
  return hasToken ? { do: 'ask', pool } : { do: 'wait', pool, why: 'by-hand' };
}

/** What root on a node gives where settings name no token for it. */
export function moveCommand(pool: string, vmid: number): string {
  return `pveum pool modify ${pool} --vms ${vmid} --allow-move`;
}

/** Whether nothing is left to do or to wait for. */
export function areAllMoved(plans: readonly MovePlan[]): boolean {
  return plans.every((plan) => plan.do === 'nothing');
}

const lacking = 'the promote token needs';

/** Why a VM was not moved that the token may not move; `rights` are those that the call takes. */
export function lackingForMove(message: string, rights: string): string {
  return `${message}: ${lacking} ${rights}, of where it is and of where it goes`;
}

/** Whether somebody gives the command instead; of all other failures it is not known which guest it would move. */
export function isForPeople(error: string): boolean {
  return error.includes(lacking);
}
