import { describe, expect, test } from 'vitest';
import type { Desired } from './desired.ts';
import { failedAttempt, type NodePlan, type NodeSituation, planNode } from './node-plan.ts';
import type { NodeRequest } from './request.ts';
import type { NodeTarget } from './target.ts';

const now = new Date('2026-11-22T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const down: Desired<NodeTarget> = {
  target: 'node/pve-pve1',
  state: 'stopped',
  generation: 3,
  mode: 'enforce',
  decision: 'd3',
  correlation: 'c',
  reached: false,
  givenUp: false,
};
const up: Desired<NodeTarget> = { ...down, state: 'running', generation: 4, decision: 'd4' };
const shutdown: NodeRequest = {
  target: 'node/pve-pve1',
  tries: 0,
  hypervisor: 'pve',
  node: 'pve1',
  act: 'shutdown',
  generation: 3,
  decision: 'd3',
  correlation: 'c',
  attempt: 1,
  phase: 'accepted',
  intendedAt: ago(10_000),
};
const wake: NodeRequest = { ...shutdown, act: 'wake', generation: 4, decision: 'd4', notBefore: ago(-5_000) };
const failed: NodeRequest = { ...shutdown, phase: 'failed', error: 'refused', notBefore: ago(0) };
const longAgo = ago(400_000);

type Row = [string, Partial<NodeSituation>, Partial<NodePlan>];
const plan = (change: Partial<NodeSituation>) =>
  planNode({
    now,
    desired: down,
    request: undefined,
    online: true,
    settings: { nodeShutdown: 'huismeester', wake: 'wol' },
    deadlineMs: 240_000,
    ...change,
  });

describe('nothing is done about a node', () => {
  test.each<Row>([
    ['of which nothing was decided', { desired: undefined }, { why: 'no decision' }],
    ['that is hands-off', { desired: { ...down, state: 'hands-off' } }, { why: 'hands-off' }],
    ['in dry-run', { desired: { ...down, mode: 'dry-run' } }, { why: 'dry-run' }],
    [
      'whose decision is too old',
      { desired: { ...down, validUntil: ago(0).toISOString() } },
      { why: 'expired' },
    ],
    ['that was there already', { desired: { ...down, reached: true } }, { why: 'reached' }],
    ['that was given up', { desired: { ...down, givenUp: true } }, { why: 'given up' }],
    [
      'that settings leave to upsmon',
      { settings: { nodeShutdown: 'upsmon' } },
      { why: 'settings leave it to upsmon' },
    ],
    [
      'that a person switches on',
      { desired: up, online: false, settings: { nodeShutdown: 'huismeester', wake: 'manual' } },
      { why: 'a person switches it on' },
    ],
    [
      'that comes back with its UPS',
      { desired: up, online: false, settings: { nodeShutdown: 'huismeester', wake: 'ups-cycle' } },
      { why: 'it comes back with the outlets of its UPS' },
    ],
  ])('%s', (_, change, why) => {
    expect(plan(change)).toEqual({ do: 'nothing', ...why });
  });
});

describe('a node that is to go down', () => {
  test.each<Row>([
    ['is asked', {}, { do: 'request', act: 'shutdown', attempt: 1 }],
    ['is asked no more when it is off', { online: false }, { do: 'done' }],
    ['that cannot be seen is waited for', { online: undefined }, { do: 'wait', why: 'it cannot be seen' }],
    ['is watched once it was asked', { request: shutdown }, { do: 'wait', why: 'it is going down' }],
    [
      'is watched too when its answer was lost',
      { request: { ...shutdown, phase: 'intended' } },
      { do: 'wait' },
    ],
    ['is down', { request: shutdown, online: false }, { do: 'done' }],
    [
      'that cannot be seen any more may well be down, and is asked nothing',
      { request: { ...shutdown, intendedAt: longAgo }, online: undefined },
      { do: 'wait', why: 'it cannot be seen whether it went down' },
    ],
    [
      'that is still up after its time is asked again',
      { request: { ...shutdown, intendedAt: longAgo } },
      { do: 'fail', retry: true, again: 0, error: 'it is still up 400 s after it was asked to shut down' },
    ],
    [
      'is asked three times at most',
      { request: { ...shutdown, attempt: 3, intendedAt: longAgo } },
      { do: 'fail', retry: false },
    ],
    [
      'is asked again with the reason, after a refusal',
      { request: failed },
      { do: 'request', act: 'shutdown', attempt: 2, because: 'refused' },
    ],
    [
      'is left alone for a while after a refusal',
      { request: { ...failed, notBefore: ago(-700) } },
      { do: 'wait', again: 700 },
    ],
    [
      'under a newer decision begins anew',
      { request: { ...failed, decision: 'd2', attempt: 3, notBefore: longAgo } },
      { do: 'request', attempt: 1 },
    ],
    [
      'and was asked under an older decision is watched first',
      { request: { ...shutdown, decision: 'd2' } },
      { do: 'wait', why: 'it is going down' },
    ],
  ])('%s', (_, change, expected) => {
    expect(plan(change)).toMatchObject(expected);
  });

  test('a request that surely did not arrive is tried again, later each time, three times in all', () => {
    expect([1, 2, 3].map((attempt) => failedAttempt(attempt, 'no'))).toMatchObject([
      { retry: true, again: 1_000 },
      { retry: true, again: 2_000 },
      { retry: false },
    ]);
  });
});

describe('a node that is wanted back', () => {
  const back = { desired: up, online: false };
  test.each<Row>([
    ['is woken', back, { do: 'request', act: 'wake', attempt: 1 }],
    ['is woken too when it cannot be seen', { ...back, online: undefined }, { do: 'request', act: 'wake' }],
    ['is there', { ...back, online: true }, { do: 'done' }],
    ['is sent no second packet at once', { ...back, request: wake }, { do: 'wait', again: 5_000 }],
    [
      'is sent the next when it is time',
      { ...back, request: { ...wake, notBefore: ago(0) } },
      { do: 'send' },
    ],
    [
      'is sent the first if the process ended before it was',
      { ...back, request: { ...shutdown, act: 'wake', decision: 'd4', phase: 'intended' } },
      { do: 'send' },
    ],
    ['came back', { ...back, online: true, request: wake }, { do: 'done' }],
    [
      'did not come back in time',
      { ...back, desired: { ...up, validUntil: ago(0).toISOString() }, request: wake },
      { do: 'fail', retry: false, error: 'it did not come back in time' },
    ],
    [
      'and was woken under an older decision is woken under this one',
      { ...back, request: { ...wake, decision: 'd2' } },
      { do: 'close' },
    ],
    [
      'and is no longer: another power cut',
      { ...back, desired: { ...down, decision: 'd5' }, request: wake },
      { do: 'fail', retry: false, error: 'it is no longer wanted back' },
    ],
    [
      'in the midst of its shutdown is first let go down',
      { ...back, online: true, request: shutdown },
      { do: 'wait', why: 'it is going down' },
    ],
    ['after its shutdown is woken next', { ...back, request: shutdown }, { do: 'done' }],
    [
      'but never went down',
      { ...back, online: true, request: { ...shutdown, intendedAt: longAgo } },
      { do: 'fail', retry: false },
    ],
    [
      'and cannot be seen since its shutdown (it may have been the only one that answers) is woken next',
      { ...back, online: undefined, request: { ...shutdown, intendedAt: longAgo } },
      { do: 'close' },
    ],
  ])('%s', (_, change, expected) => {
    expect(plan(change)).toMatchObject(expected);
  });
});

describe('a clock that was set back', () => {
  const ahead = ago(-3_600_000);
  test('prolongs neither a shutdown nor a pause', () => {
    expect(plan({ request: { ...shutdown, intendedAt: ahead } })).toMatchObject({
      do: 'fail',
      error: 'it is still up, and the clock went back after it was asked to shut down',
    });
    expect(plan({ request: { ...failed, notBefore: ahead } }).do).toBe('request');
    expect(plan({ desired: up, online: false, request: { ...wake, notBefore: ahead } })).toEqual({
      do: 'send',
    });
  });
});
