import { expect, test } from 'vitest';
import type { Guest } from './guest.ts';
import type { Desired, Request } from './plan.ts';
import { toResource } from './resource.ts';

const guest: Guest = {
  id: '101',
  hypervisor: 'pve',
  vmid: 101,
  kind: 'qemu',
  name: 'web',
  class: 'core',
  pool: 'core',
  node: 'pve1',
  status: 'running',
  changedAt: new Date(0),
};
const desired: Desired = {
  vm: '101',
  state: 'stopped',
  generation: 7,
  mode: 'enforce',
  decision: 'd7',
  correlation: 'c',
  reached: false,
  givenUp: false,
};
const request: Request = {
  vm: '101',
  act: 'shutdown',
  generation: 7,
  decision: 'd7',
  correlation: 'c',
  attempt: 2,
  tries: 1,
  phase: 'accepted',
  node: 'pve1',
  intendedAt: new Date(0),
};

test('what is said of it, and no more', () => {
  const { changedAt: _, ...said } = guest;
  expect(toResource({ guest })).toEqual(said);
  expect(toResource({ guest }, { blind: 'its node is offline' }).status).toBe('unknown');
});

test('what is wanted of it, and how that stands', () => {
  expect(toResource({ guest, desired })).toMatchObject({ desired: 'stopped', generation: 7 });
  expect(toResource({ guest, desired, request }).act).toBe('shutdown, attempt 2: under way');
  const failed: Request = { ...request, phase: 'failed', error: 'got timeout' };
  expect(toResource({ guest, desired, request: failed }).act).toBe(
    'shutdown, attempt 2 failed: got timeout; it will be tried again',
  );
  expect(toResource({ guest, desired: { ...desired, givenUp: true }, request: failed }).act).toMatch(
    /given up$/,
  );
  expect(
    toResource({ guest, desired, request: { ...failed, decision: 'd6' } }, { waiting: 'no quorum' }).act,
  ).toBe('waiting: no quorum');
});
