import { expect, test } from 'vitest';
import { failureOf, isTaken, isTriedAgain } from './failure.ts';

test.each([
  ["can't lock file '/var/lock/qemu-server/lock-9000.conf' - got timeout", 'locked', 'locked'],
  ['VM is locked (backup)', undefined, 'locked'],
  ['detected modified configuration - file changed by other user? Try again.', 'domain', 'locked'],
  ['clone failed: no space left on device', undefined, 'storage-full'],
  ["storage 'local-lvm' does not have enough free space", undefined, 'storage-full'],
  ['not enough space on storage', 'domain', 'storage-full'],
  ['Permission check failed (/vms/9000, VM.Clone)', 'forbidden', 'forbidden'],
  ['connect ECONNREFUSED', 'connection', 'unreachable'],
  ["Configuration file 'nodes/pve1/qemu-server/904.conf' does not exist", 'not-found', 'gone'],
  ['something else', 'domain', 'refused'],
])('%s is %s: %s', (reason, code, failure) => {
  expect(failureOf({ call: 'clone', reason, ...(code !== undefined && { code }) }).failure).toBe(failure);
});

test('a number that is taken is told from other refusals', () => {
  const reasons = [
    'unable to create VM 904: config file already exists',
    "unable to create VM 904 - VM 904 already exists on node 'pve1'",
    'CT 904 already exists',
    "can't lock file '/var/lock/qemu-server/lock-904.conf' - got timeout",
    'no space left',
  ];
  expect(reasons.map((reason) => isTaken({ reason }))).toEqual([true, true, true, false, false]);
});

test('what passes by itself is waited for, half an hour at most; what was refused is tried three times', () => {
  const minute = 60_000;
  expect(isTriedAgain('locked', { sinceMs: 29 * minute, failures: 80 })).toBe(true);
  expect(isTriedAgain('unreachable', { sinceMs: 31 * minute, failures: 2 })).toBe(false);
  expect(isTriedAgain('refused', { sinceMs: 0, failures: 2 })).toBe(true);
  expect(isTriedAgain('refused', { sinceMs: 0, failures: 3 })).toBe(false);
  expect(isTriedAgain('storage-full', { sinceMs: 0, failures: 1 })).toBe(false);
});
