import { expect, test } from 'vitest';
import type { Hold } from '../../facts/hold.ts';
import type { IncidentFact } from '../../facts/incident.ts';
import { type Facts, noFacts } from '../../facts/index.ts';
import { nodeKey } from '../../facts/node.ts';
import { plannedBy } from './planned.ts';

const since = '2026-11-30T12:00:00.000Z';
const member = (thing: string, state: 'up' | 'down' | 'unknown' = 'down') => ({
  thing,
  state,
  core: true,
  since,
});

function planned(root: string, members: IncidentFact['members'], ...targets: Hold['target'][]) {
  return plannedWith(noFacts, root, members, targets);
}

function plannedWith(
  facts: Facts,
  root: string,
  members: IncidentFact['members'],
  targets: readonly Hold['target'][],
) {
  const holds = targets.map((target): Hold => {
    return { id: `of ${target}`, target, since: 0, until: 10, because: 'work', by: 'jan' };
  });
  const known = { ...facts, hold: new Map(holds.map((each) => [each.id, each])) };
  const { whole, things, holds: found } = plannedBy(known, 9)({ root, members });
  return { whole, things: [...things], holds: [...found] };
}

const all = [member('switch/sw1'), member('probe/web'), member('probe/ldap')];

test('nothing is planned without a hold', () => {
  expect(planned('switch/sw1', all, 'probe/door')).toEqual({ whole: false, things: [], holds: [] });
  expect(planned('vm/104', [])).toEqual({ whole: false, things: [], holds: [] });
});

test('all of it is when its root is on hold, a member of it or not', () => {
  const things = all.map(({ thing }) => thing);
  const holds = ['of switch/sw1'];
  expect(planned('switch/sw1', all, 'switch/sw1')).toEqual({ whole: true, things, holds });
  expect(planned('switch/sw1', all.slice(1), 'switch/sw1')).toMatchObject({ whole: true, holds });
});

test('one member of several that is on hold makes itself planned, and not the others', () => {
  const holds = ['of probe/web'];
  expect(planned('switch/sw1', all, 'probe/web')).toEqual({ whole: false, things: ['probe/web'], holds });
});

test('it is as a whole once all that fails in it is on hold', () => {
  const back = [member('switch/sw1', 'up'), member('probe/web'), member('probe/ldap', 'unknown')];
  expect(planned('switch/sw1', back, 'probe/web', 'probe/ldap')).toMatchObject({ whole: true });
});

test('a switch holds its ports, and no others', () => {
  const port = [member('port/sw1/gi1')];
  expect(planned('port/sw1/gi1', port, 'switch/sw1')).toMatchObject({ whole: true });
  expect(planned('port/sw1/gi1', port, 'port/sw1/gi1')).toMatchObject({ whole: true });
  expect(planned('port/sw1/gi1', port, 'switch/sw10')).toMatchObject({ whole: false });
});

test('a hypervisor is planned when all of its nodes are on hold', () => {
  const nodes = [
    { id: 'pve-pve1', hypervisor: 'pve', node: 'pve1', online: false },
    { id: 'pve-pve2', hypervisor: 'pve', node: 'pve2', online: false },
    { id: 'b-b1', hypervisor: 'b', node: 'b1', online: true },
  ];
  const facts = {
    ...noFacts,
    node: new Map(nodes.map((each) => [nodeKey(each.hypervisor, each.node), each])),
  };
  const whole = (known: Facts, ...targets: Hold['target'][]) =>
    plannedWith(known, 'hypervisor/pve', [member('hypervisor/pve')], targets).whole;
  expect(whole(facts, 'node/pve-pve1')).toBe(false);
  expect(whole(facts, 'node/pve-pve1', 'node/pve-pve2')).toBe(true);
  expect(whole(noFacts)).toBe(false);
});
