import type { Desired } from './desired.ts';
import type { GuestNow, GuestTask } from './guest.ts';
import type { Sight, Situation } from './plan.ts';
import { reconcile } from './reconcile.ts';
import type { Request } from './request.ts';
import type { GuestTarget } from './target.ts';

/* A VM that runs, a decision that it is to be stopped, and a request for that: what tests of the core begin with. */

const now = new Date('2026-11-22T12:00:00Z');
export const ago = (ms: number) => new Date(now.getTime() - ms);
const token = 'hm@pve!op';

export const desired: Desired<GuestTarget> = {
  target: 'vm/101',
  state: 'stopped',
  generation: 7,
  mode: 'enforce',
  decision: 'd7',
  correlation: 'c',
  reached: false,
  givenUp: false,
};
const running: GuestNow = { status: 'running', paused: false, ha: false };
export const off: GuestNow = { ...running, status: 'stopped' };
const sight: Sight = { guest: running, tasks: [], quorate: true };
export const see = (guest: Partial<GuestNow>, more: Partial<Sight> = {}) => ({
  look: { ...sight, guest: { ...running, ...guest }, ...more },
});
export const request: Request = {
  target: 'vm/101',
  hypervisor: 'pve',
  act: 'shutdown',
  generation: 7,
  decision: 'd7',
  correlation: 'c',
  attempt: 1,
  tries: 0,
  phase: 'accepted',
  node: 'pve1',
  upid: 'UPID:1',
  intendedAt: ago(10_000),
};
export const task = (more: Partial<GuestTask>): GuestTask => ({
  upid: 'UPID:9',
  type: 'qmshutdown',
  user: token,
  startedAt: ago(9_000),
  running: true,
  ok: false,
  ...more,
});
export const plan = (change: Partial<Situation>) =>
  reconcile({
    now,
    look: sight,
    desired,
    request: undefined,
    token,
    upids: [],
    haDeadlineMs: 240_000,
    shutdownTimeoutMs: 180_000,
    forceStop: false,
    ...change,
  });
