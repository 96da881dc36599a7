import type { EventData } from '@huismeester/contracts';
import type { How } from './start.ts';

/** How long one incarnation of a participant's VM may run (PART-4). */
export interface LeaseState {
  readonly vm: string;
  /** The person's id, as the lease began: after a hand-over it is the ownership that says whose it is. */
  readonly owner: string;
  readonly number: number;
  readonly started: Date;
  readonly ends: Date;
  readonly renewals: number;
  /** It ended before its time, such as with its guest. */
  readonly over: boolean;
  /**
   * Whether its onboot, which was on, is ours to turn on again: true once we turned it off at the lease's end; false from when that is about
   * to be asked, which is in no event; null: we did not.
   */
  readonly onbootBefore: boolean | null;
  /** When it ended before its last renewal; null: it was not renewed, or that was taken back. */
  readonly renewedFrom: Date | null;
}

type LeaseType =
  | 'lease.started'
  | 'lease.renewed'
  | 'lease.renewal-undone'
  | 'lease.ended'
  | 'lease.onboot-set';
export type LeaseFact = { [T in LeaseType]: { readonly type: T; readonly data: EventData<T> } }[LeaseType];

/** Folds an event of a lease into it; a lease that is over stays, so that the next one of its incarnation has another number. */
export function evolveLease(
  state: LeaseState | undefined,
  { type, data }: LeaseFact,
): LeaseState | undefined {
  if (type === 'lease.started') {
    const { vm, owner, number, started, ends } = data;
    const onbootBefore = state?.onbootBefore ?? null;
    const times = { started: new Date(started), ends: new Date(ends) };
    return { vm, owner, number, ...times, renewals: 0, over: false, onbootBefore, renewedFrom: null };
  }
  if (state === undefined) return undefined;
  if (type === 'lease.renewed' || type === 'lease.renewal-undone') {
    const renewedFrom = type === 'lease.renewed' ? state.ends : null;
    return { ...state, ends: new Date(data.ends), renewals: data.renewals, renewedFrom };
  }
  if (type === 'lease.ended') return { ...state, over: true };
  if (data.failed !== undefined)
    return isRefusedOff(state, data.onboot) ? { ...state, onbootBefore: null } : state;
  return { ...state, onbootBefore: data.onboot ? null : true };
}

function isRefusedOff({ onbootBefore }: LeaseState, onboot: boolean): boolean {
  return !onboot && onbootBefore === false;
}

/**
 * When a start was whose task is seen: it may be seen late, such as after we were off. It cannot have been before the guest was seen to be off, nor
 * lie ahead, whatever its node's clock says.
 */
export function startedAt(task: Date, { off, now }: { readonly off: Date; readonly now: Date }): Date {
  return new Date(Math.min(Math.max(task.getTime(), off.getTime()), now.getTime()));
}

/** A lease of this length, from its start on, or from now on; `before` is the one before it of the same incarnation. */
export function leaseStarted(
  { lease, vm, owner }: { readonly lease: string; readonly vm: string; readonly owner: string },
  before: LeaseState | undefined,
  {
    how,
    now,
    lengthMs,
    started = now,
  }: {
    readonly how: How;
    readonly now: Date;
    readonly lengthMs: number;
    readonly started?: Date | undefined;
  },
): EventData<'lease.started'> {
  const number = (before?.number ?? 0) + 1;
  const ends = new Date(started.getTime() + lengthMs);
  return { lease, vm, number, owner, started: started.toISOString(), ends: ends.toISOString(), how };
}

/** Whether a lease goes on that has come to its end. */
export function isEnded(state: Pick<LeaseState, 'over' | 'ends'> | undefined, now: Date): boolean {
  return state !== undefined && !state.over && state.ends <= now;
}

const hourS = 3_600;

/**
 * What is left until a lease ends, in seconds: in whole hours, and in whole minutes within the last two, so that it is published when it
 * says something new. Negative once it ended.
 */
export function leaseLeft(ends: Date, now: Date): number {
  const left = (ends.getTime() - now.getTime()) / 1000;
  const step = Math.abs(left) < 2 * hourS ? 60 : hourS;
  // No minus zero.
  return Math.floor(left / step) * step + 0;
}
