import { describe, expect, test } from 'vitest';
import { isHung } from './force.ts';
import type { Situation } from './plan.ts';
import { ago, desired, off, plan, request, see } from './reconcile.fixtures.ts';
import type { Request } from './request.ts';

const timedOut = 'VM quit/powerdown failed - got timeout';
const ended = (exit: string) => see({}, { task: { state: 'ended', ok: false, exit } });
const failed: Request = { ...request, phase: 'failed', error: timedOut, tries: 1, notBefore: ago(-1_000) };
const forced = (change: Partial<Situation>) => plan({ forceStop: true, ...change });

test.each<[string, boolean]>([
  [timedOut, true],
  ['container did not stop', true],
  ['ha-manager did not do it in time', true],
  ['the task is gone without a trace: it did not go down in time', true],
  ["can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout", false],
  ['VM is locked (backup)', false],
  ['the task is gone without a trace', false],
  ['unexpected status', false],
  ['no answer, and no trace of it', false],
])('a shutdown that ended with “%s” was given all its time: %s', (error, hung) => {
  expect(isHung({ act: 'shutdown', error })).toBe(hung);
  expect(isHung({ act: 'start', error })).toBe(false);
});

describe('a guest that does not shut down', () => {
  test('is asked again, where settings do not allow more', () => {
    expect(plan({ request: { ...failed, notBefore: ago(0) } })).toMatchObject({ do: 'shutdown', attempt: 2 });
  });

  test('is stopped at once where they do, which is recorded with its reason', () => {
    expect(forced({ request: failed })).toEqual({ do: 'stop', attempt: 2, tries: 1, because: timedOut });
  });

  test('is stopped even if other failures had used up its tries', () => {
    const last = { request: { ...request, tries: 2 }, ...ended(timedOut) };
    expect(plan(last)).toMatchObject({ do: 'fail', retry: false });
    expect(forced(last)).toMatchObject({ do: 'fail', retry: true });
  });

  test.each<[string, Partial<Situation>]>([
    ['it is off by now', { request: failed, ...see(off) }],
    ['somebody is at work on it', { request: failed, ...see({ lock: 'backup' }) }],
    ['it is paused', { request: failed, ...see({ paused: true }) }],
    ['the decision is another one by now', { request: failed, desired: { ...desired, decision: 'd8' } }],
    ['it is to run again', { request: failed, desired: { ...desired, state: 'running' } }],
    [
      'the decision is too old',
      { request: failed, desired: { ...desired, validUntil: ago(1).toISOString() } },
    ],
    ['it is on hold', { request: failed, desired: { ...desired, decision: 'd8', state: 'hands-off' } }],
    ['its shutdown failed of something else', { request: { ...failed, error: 'no such disk' } }],
    ['its shutdown was never asked for', { request: undefined }],
    ['its shutdown still runs', { request, ...see({}, { task: { state: 'running' } }) }],
    ['it failed to start', { request: { ...failed, act: 'start' } }],
  ])('is not stopped when %s', (_, change) => {
    expect(forced(change).do).not.toBe('stop');
  });
});

describe('a stop', () => {
  const stop: Request = { ...request, act: 'stop', attempt: 2, tries: 1 };

  test('that is done is done', () => {
    expect(
      forced({ request: stop, ...see(off, { task: { state: 'ended', ok: true, exit: 'OK' } }) }).do,
    ).toBe('done');
  });

  test('is made once: when its task fails, the guest is given up', () => {
    expect(forced({ request: stop, ...ended('failed to kill') })).toMatchObject({ do: 'fail', retry: false });
  });

  test.each<[string, Partial<Situation>]>([
    ['a lock kept it from being done', { request: stop, ...ended('VM is locked (backup)') }],
    ['nothing is seen of it', { request: { ...stop, phase: 'intended' } }],
  ])('is made again when %s', (_, change) => {
    expect(forced(change)).toMatchObject({ do: 'fail', retry: true });
    const error = 'why it failed';
    const again = { ...stop, phase: 'failed' as const, error, notBefore: ago(0) };
    expect(forced({ request: again })).toMatchObject({ do: 'stop', attempt: 3, because: error });
  });

  test('is not made again once settings no longer allow it', () => {
    expect(plan({ request: { ...stop, phase: 'failed', error: 'x' } }).do).toBe('shutdown');
  });
});
