import { expect, test } from 'vitest';
import type { Desired } from './desired.ts';
import type { Guest } from './guest.ts';
import type { Request } from './request.ts';
import { nodeResource, vmResource } from './resource.ts';

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
  target: 'vm/101',
  state: 'stopped',
  generation: 7,
  mode: 'enforce',
  decision: 'd7',
  correlation: 'c',
  reached: false,
  givenUp: false,
};
const request: Request = {
  target: 'vm/101',
  hypervisor: 'pve',
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
  expect(vmResource({ guest })).toEqual(said);
  expect(vmResource({ guest }, { blind: 'its node is offline' }).status).toBe('unknown');
});

test('how it last came up and went off', () => {
  const started = { at: '2026-11-22T09:00:00.000Z', by: 'person' as const, correlationid: 'c1' };
  const stopped = {
    at: '2026-11-22T17:31:20.000Z',
    by: 'huismeester' as const,
    decision: 'd7',
    tier: 'power',
    correlationid: 'c2',
  };
  expect(vmResource({ guest, history: { started, stopped, gaveUp: 3 } })).toMatchObject({ started, stopped });
  expect(vmResource({ guest, history: { stopped } })).not.toHaveProperty('started');
  expect(vmResource({ guest, history: { gaveUp: 3 } })).not.toHaveProperty('gaveUp');
});

test('where it is reached is for its owner and the team', () => {
  const of = { guest, owned: { id: '101-0a0b0c0d', owner: 'ann', address: '10.0.0.5', user: 'debian' } };
  const reached = { address: '10.0.0.5', ssh: 'ssh debian@10.0.0.5' };
  expect(vmResource(of, {}, { person: 'ann', seesOwners: false })).toMatchObject({ mine: true, ...reached });
  expect(vmResource(of, {}, { person: 'team', seesOwners: true })).toMatchObject(reached);
  const others = vmResource(of, {}, { person: 'bob', seesOwners: false });
  expect(JSON.stringify(others)).not.toMatch(/10\.0\.0\.5|debian|ann/);
});

test('what is wanted of it, and how that stands', () => {
  expect(vmResource({ guest, desired })).toMatchObject({ desired: 'stopped', generation: 7 });
  expect(vmResource({ guest, desired, request }).act).toBe('shutdown, attempt 2: under way');
  const failed: Request = { ...request, phase: 'failed', error: 'got timeout' };
  expect(vmResource({ guest, desired, request: failed }).act).toBe(
    'shutdown, attempt 2 failed: got timeout; it will be tried again',
  );
  expect(vmResource({ guest, desired: { ...desired, givenUp: true }, request: failed }).act).toMatch(
    /given up$/,
  );
  expect(
    vmResource({ guest, desired, request: { ...failed, decision: 'd6' } }, { waiting: 'no quorum' }).act,
  ).toBe('waiting: no quorum');
});

test('of a node: what is wanted of it, what was asked, and with which other its id would collide', () => {
  const node = { id: 'pve-b-n1-2', hypervisor: 'pve-b', node: 'n1', online: true };
  const asked = { ...desired, target: 'node/pve-b-n1-2' as const };
  const shutdown = { ...request, target: asked.target, act: 'shutdown' as const, upids: [] };
  expect(nodeResource({ node, history: {}, desired: asked, request: shutdown })).toEqual({
    ...node,
    collides: 'pve-b-n1',
    desired: 'stopped',
    generation: 7,
    act: 'shutdown, attempt 2: under way',
  });
});
