import { describe, expect, test } from 'vitest';
import type { Desired } from './desired.ts';
import type { GuestTask } from './guest.ts';
import type { Situation } from './plan.ts';
import { ago, desired, off, plan, request, see, task } from './reconcile.fixtures.ts';
import type { Request } from './request.ts';
import type { GuestTarget } from './target.ts';

describe('what is wanted', () => {
  test.each<[string, Desired<GuestTarget> | undefined]>([
    ['no decision', undefined],
    ['hands-off', { ...desired, state: 'hands-off' }],
    ['dry-run', { ...desired, mode: 'dry-run' }],
    ['expired', { ...desired, validUntil: ago(0).toISOString() }],
    ['reached', { ...desired, reached: true }],
    ['given up', { ...desired, givenUp: true }],
  ])('nothing is done: %s', (why, decision) => {
    expect(plan({ desired: decision })).toEqual({ do: 'nothing', why });
  });

  test('a running guest is shut down, a stopped one started', () => {
    expect(plan({})).toEqual({ do: 'shutdown', attempt: 1, tries: 0 });
    expect(plan({ desired: { ...desired, state: 'running' }, ...see(off) })).toEqual({
      do: 'start',
      attempt: 1,
      tries: 0,
    });
  });

  test('a decision that is valid a while longer holds', () => {
    expect(plan({ desired: { ...desired, validUntil: '2026-11-22T12:00:01Z' } }).do).toBe('shutdown');
  });

  test('what is there already is done', () => {
    expect(plan(see(off)).do).toBe('done');
  });
});

describe('look before each act', () => {
  test.each<[string, Partial<Situation>, string]>([
    ['a blind eye', { look: { blind: 'the node is offline' } }, 'the node is offline'],
    ['a lock', see({ lock: 'backup' }), 'it is locked (backup)'],
    ['a lock on a guest that is off already', see({ ...off, lock: 'backup' }), 'it is locked (backup)'],
    ['a task', see({}, { tasks: [task({ type: 'qmigrate', user: 'jan@pve' })] }), 'its task qmigrate runs'],
    ['a task of ours that nobody remembers', see({}, { tasks: [task({})] }), 'its task qmshutdown runs'],
    [
      'no quorum for a start',
      { desired: { ...desired, state: 'running' }, ...see(off, { quorate: false }) },
      'no quorum',
    ],
  ])('waits for %s', (_, change, why) => {
    expect(plan(change)).toMatchObject({ do: 'wait', why, again: expect.any(Number) });
  });

  test('no quorum does not keep a guest from going down', () => {
    expect(plan(see({}, { quorate: false })).do).toBe('shutdown');
  });

  test('a hibernated guest is off, and may be started', () => {
    const hibernated = see({ ...off, lock: 'suspended' });
    expect(plan(hibernated).do).toBe('done');
    expect(plan({ ...hibernated, desired: { ...desired, state: 'running' } }).do).toBe('start');
  });

  test('a task that ended, or an open console, is not waited for', () => {
    expect(plan(see({}, { tasks: [task({ running: false })] })).do).toBe('shutdown');
    expect(plan(see({}, { tasks: [task({ type: 'vncproxy', user: 'jan@pve' })] })).do).toBe('shutdown');
  });

  test('a paused guest: recorded once, then looked at again, then shut down when it runs', () => {
    const first = plan(see({ paused: true }));
    expect(first).toMatchObject({ do: 'refuse', act: 'shutdown', attempt: 1, tries: 0, retry: true });
    const error = 'VM is paused - cannot shutdown';
    const refused: Request = { ...request, phase: 'failed', error, notBefore: ago(-60_000) };
    expect(plan({ ...see({ paused: true }), request: refused }).do).toBe('wait');
    expect(plan({ request: refused })).toMatchObject({ do: 'shutdown', attempt: 2, tries: 0 });
  });
});

describe('a request whose answer was lost', () => {
  const intended: Request = { ...request, phase: 'intended' };
  delete (intended as { upid?: string }).upid;

  test.each([true, false])('is adopted when its task is found, running: %s', (alive) => {
    const found = see(alive ? {} : off, { tasks: [task({ running: alive })] });
    expect(plan({ request: intended, ...found })).toEqual({ do: 'adopt', upid: 'UPID:9' });
  });

  test.each<[string, Partial<GuestTask>]>([
    ['of somebody else', { user: 'jan@pve' }],
    ['of our account but another token', { user: 'hm@pve!other' }],
    ['of another kind', { type: 'qmstart' }],
    ['from long before', { startedAt: ago(3_600_000) }],
  ])('a task %s is no trace of it', (_, other) => {
    const plan1 = plan({ request: intended, ...see({}, { tasks: [task({ ...other, running: false })] }) });
    expect(plan1).toMatchObject({ do: 'fail', retry: true });
  });

  test('the task of an earlier request is never adopted twice', () => {
    expect(plan({ request: intended, upids: ['UPID:9'], ...see({}, { tasks: [task({})] }) }).do).toBe('fail');
  });

  test('gets a while to show a trace', () => {
    expect(plan({ request: { ...intended, intendedAt: ago(1_000) } })).toMatchObject({
      do: 'wait',
      again: 4_000,
    });
  });

  test('is repeated when nothing is seen of it, and says why', () => {
    const failed = plan({ request: intended });
    expect(failed).toMatchObject({
      do: 'fail',
      error: 'no answer, and no trace of it',
      retry: true,
      tries: 1,
    });
    const request2: Request = {
      ...intended,
      phase: 'failed',
      error: 'no answer, and no trace of it',
      tries: 1,
    };
    expect(plan({ request: request2 })).toEqual({
      do: 'shutdown',
      attempt: 2,
      tries: 1,
      because: 'no answer, and no trace of it',
    });
  });

  test('is not repeated when the guest is where it should be', () => {
    expect(plan({ request: intended, ...see(off) }).do).toBe('done');
  });
});

describe('a request in flight', () => {
  const end = (exit: string, ok = false) => ({ task: { state: 'ended' as const, ok, exit } });

  test.each<[string, Desired<GuestTarget> | undefined]>([
    [
      'the newest decision wants the opposite',
      { ...desired, decision: 'd8', generation: 8, state: 'running' },
    ],
    ['dry-run since', { ...desired, decision: 'd8', generation: 8, mode: 'dry-run' }],
    ['no decision any more', undefined],
  ])('is watched to its end: %s', (_, newest) => {
    expect(plan({ request, desired: newest, ...see({}, { task: { state: 'running' } }) }).do).toBe('wait');
    expect(plan({ request, desired: newest, ...see(off, end('OK', true)) }).do).toBe('done');
    expect(plan({ request, desired: newest, ...see({}, end('got timeout')) })).toMatchObject({
      do: 'fail',
      retry: false,
    });
  });

  test('of a decision that became too old is watched to its end, and is not given up', () => {
    const old = { ...desired, validUntil: ago(1).toISOString() };
    expect(plan({ request, desired: old, ...see(off, end('OK', true)) }).do).toBe('done');
    expect(plan({ request, desired: old, ...see({}, end('got timeout')) })).toMatchObject({ retry: true });
  });

  test('that ended well, but was turned back since, is over and not tried again', () => {
    expect(plan({ request, ...see({}, end('OK', true)) }).do).toBe('undone');
    expect(plan({ request: { ...request, act: 'stop' }, ...see({}, end('OK', true)) }).do).toBe('undone');
    const start: Request = { ...request, act: 'start' };
    expect(plan({ request: start, ...see(off, end('OK', true)) })).toMatchObject({
      do: 'fail',
      retry: false,
    });
  });

  test('a time-out fails and is tried again, three times in all', () => {
    const exit = 'VM quit/powerdown failed - got timeout';
    for (const tries of [0, 1]) {
      const seen = plan({ request: { ...request, tries }, ...see({}, end(exit)) });
      expect(seen).toMatchObject({ do: 'fail', error: exit, retry: true, tries: tries + 1 });
    }
    expect(plan({ request: { ...request, tries: 2 }, ...see({}, end(exit)) })).toMatchObject({
      retry: false,
    });
  });

  test('a failed task of a guest that is where it should be is done', () => {
    expect(plan({ request, ...see(off, end('got timeout')) }).do).toBe('done');
  });

  test.each(['VM is locked (backup)', "can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout"])(
    '%s does not count as a try',
    (exit) => {
      const seen = plan({ request: { ...request, attempt: 9, tries: 2 }, ...see({}, end(exit)) });
      expect(seen).toMatchObject({ do: 'fail', retry: true, tries: 2, again: 60_000 });
    },
  );

  test('waits before it is tried again', () => {
    const failed: Request = { ...request, phase: 'failed', error: 'no', tries: 1, notBefore: ago(-700) };
    expect(plan({ request: failed })).toMatchObject({ do: 'wait', again: 700 });
    expect(plan({ request: { ...failed, notBefore: ago(0) } })).toMatchObject({ do: 'shutdown', attempt: 2 });
  });

  test('a failure under an older decision does not hold up a newer one', () => {
    const failed: Request = {
      ...request,
      phase: 'failed',
      decision: 'd6',
      tries: 3,
      notBefore: ago(-60_000),
    };
    expect(plan({ request: failed })).toEqual({ do: 'shutdown', attempt: 1, tries: 0 });
  });

  test('of an HA-managed guest is only queued when its task is OK', () => {
    const queued = see({ ha: true }, end('OK', true));
    expect(plan({ request, ...queued }).do).toBe('wait');
    expect(plan({ request: { ...request, intendedAt: ago(240_000) }, ...queued }).do).toBe('fail');
    expect(plan({ request, ...see({ ...off, ha: true }, end('OK', true)) }).do).toBe('done');
  });

  test('whose guest HA is just starting on another node is not done, though it is off', () => {
    const starting = task({ type: 'qmstart', user: 'root@pam' });
    const change = { request, ...see(off, { task: { state: 'gone' }, tasks: [starting] }) };
    expect(plan(change)).toMatchObject({ do: 'wait', why: 'its task qmstart runs' });
  });

  test('whose task is gone is judged by what is', () => {
    expect(plan({ request, ...see(off, { task: { state: 'gone' } }) }).do).toBe('done');
    expect(plan({ request, ...see({}, { task: { state: 'gone' } }) }).do).toBe('fail');
  });
});

describe('a clock that was set back', () => {
  const ahead = ago(-3_600_000);

  test('prolongs no pause', () => {
    const paused = { ...request, phase: 'failed', error: 'no', notBefore: ahead } as const;
    expect(plan({ request: paused }).do).toBe('shutdown');
    expect(plan({ request: { ...paused, notBefore: ago(-60_000) } }).do).toBe('wait');
  });

  test('makes nobody wait for a lost answer until it is as late again', () => {
    const { upid: _, ...lost } = { ...request, phase: 'intended', intendedAt: ahead } as const;
    expect(plan({ request: lost })).toMatchObject({ do: 'fail', retry: true });
    // And what it led to is found, by the clock of Proxmox.
    expect(plan({ request: lost, ...see({}, { tasks: [task({})] }) })).toEqual({
      do: 'adopt',
      upid: 'UPID:9',
    });
    expect(plan({ request: { ...lost, intendedAt: ago(-900) } }).do).toBe('wait');
  });
});
