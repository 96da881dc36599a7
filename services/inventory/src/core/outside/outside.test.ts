import type {
  Hypervisor,
  IncidentResource,
  NodeEntity,
  OwnershipEntity,
  ProbeResource,
  Ups,
  VmEntity,
} from '@huismeester/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OutsideFact } from './fact.ts';
import { withKnownSince } from './fact.ts';
import { thingNeeds } from './needs.ts';
import { foldUps, type UpsEvent, upsFrom } from './ups.ts';
import { factsOf, type OutsideSettings, seenThings } from './view.ts';
import {
  foldHypervisor,
  foldNode,
  foldOwnership,
  foldVm,
  hypervisorFrom,
  nodeFrom,
  ownershipFrom,
  type VmEvent,
  vmFrom,
} from './vms.ts';
import { incidentFact, incidentFrom, type WatchedEvent, watchedBy, watchedFrom } from './watched.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString();
const place = { vm: '104', hypervisor: 'pve', node: 'pve1', class: 'participant' } as const;

/* fold(events) = from the snapshot: a reader that begins with it knows the same. Each act is an event and what it makes of the entity. */

type Act<Entity> = (time: string) => { event: { type: string; data: object }; entity: Partial<Entity> };

const vmActs: readonly Act<VmEntity>[] = [
  (time) => ({
    event: { type: 'vm.started', data: { ...place, node: 'pve2', cause: 'person' } },
    entity: {
      status: 'running',
      node: 'pve2',
      started: { at: time, by: 'person', correlationid: 'c' },
    },
  }),
  (time) => ({
    event: { type: 'vm.stopped', data: { ...place, cause: 'guest' } },
    entity: { status: 'stopped', node: 'pve1', stopped: { at: time, by: 'guest', correlationid: 'c' } },
  }),
  () => ({
    event: { type: 'vm.moved', data: { ...place, node: 'pve3', from: 'pve1' } },
    entity: { node: 'pve3' },
  }),
  () => ({ event: { type: 'vm.renamed', data: { vm: '104', name: 'web2' } }, entity: { name: 'web2' } }),
  () => ({
    event: { type: 'vm.reclassified', data: { vm: '104', from: 'participant', to: 'core', pool: 'core' } },
    entity: { class: 'core' },
  }),
  () => ({
    event: { type: 'vm.identified', data: { vm: '104', incarnation: 'uuid-1' } },
    entity: { incarnation: 'uuid-1' },
  }),
];

const upsActs: readonly Act<Ups>[] = [
  (time) => ({
    event: { type: 'ups.found', data: { ups: 'rack', after: 'unknown', status: 'OL' } },
    entity: { contact: 'ok', reported: reportedAt(time) },
  }),
  (time) => ({
    event: { type: 'ups.lost', data: { ups: 'rack', contact: 'unreachable', on_battery: false } },
    entity: { contact: 'unreachable', reported: reportedAt(time) },
  }),
  (time) => ({
    event: { type: 'ups.stale', data: { ups: 'rack', contact: 'stale', on_battery: false } },
    entity: { contact: 'stale', reported: reportedAt(time) },
  }),
  (time) => ({
    event: { type: 'ups.on-battery', data: { ups: 'rack', since: time } },
    entity: { mains: 'on-battery', since: time },
  }),
  (time) => ({
    event: { type: 'ups.on-mains', data: { ups: 'rack', since: time } },
    entity: { mains: 'on-mains', since: time },
  }),
];

function reportedAt(contactSince: string) {
  return { contactSince, low: false, forced: false, evidence: [] };
}

const vm: VmEntity = {
  id: '104',
  hypervisor: 'pve',
  vmid: 104,
  kind: 'qemu',
  name: 'web',
  class: 'participant',
  pool: 'participant',
  node: 'pve1',
  status: 'running',
  foundAt: at(0),
};
const ups: Ups = {
  id: 'rack',
  contact: 'unknown',
  mains: 'unknown',
  status: [],
  low: false,
  forced: false,
  stuckForced: false,
  replaceBattery: false,
  testing: false,
};

const choices = (acts: readonly unknown[]) =>
  fc.array(fc.nat({ max: acts.length - 1 }), { minLength: 1, maxLength: 12 });

test('a VM is the same from the snapshot as from its events, whatever happened to it', () => {
  fc.assert(
    fc.property(choices(vmActs), (chosen) => {
      const found = { ...place, vmid: 104, kind: 'qemu', name: 'web', pool: 'participant', running: true };
      let fact = foldVm(undefined, { type: 'vm.found', time: at(0), data: found } as VmEvent);
      let entity = vm;
      for (const [index, act] of chosen.entries()) {
        const time = at(index + 1);
        const done = vmActs[act]?.(time);
        fact = foldVm(fact, { ...done?.event, time } as VmEvent);
        entity = { ...entity, ...done?.entity };
        expect(vmFrom(entity)).toEqual(fact);
      }
    }),
  );
});

test('so is a UPS', () => {
  fc.assert(
    fc.property(choices(upsActs), (chosen) => {
      let [fact, entity]: [OutsideFact | undefined, Ups] = [undefined, ups];
      for (const [index, act] of chosen.entries()) {
        const time = at(index);
        const done = upsActs[act]?.(time);
        fact = foldUps(fact, { ...done?.event, time } as UpsEvent);
        entity = { ...entity, ...done?.entity };
        expect(upsFrom(entity)).toEqual(fact);
      }
    }),
  );
});

test('of a node and a hypervisor a snapshot lacks since when, which stays as it was known', () => {
  const data = { id: 'pve-pve1', hypervisor: 'pve', node: 'pve1' };
  const node: NodeEntity = { ...data, online: false };
  const event = { type: 'node.offline', time: at(1), data } as Parameters<typeof foldNode>[1];
  const folded = foldNode(undefined, event);
  expect(withKnownSince(folded, nodeFrom(node))).toEqual(folded);
  expect(foldNode(folded, { ...event, time: at(2) })).toEqual(folded);
  const hypervisor: Hypervisor = { id: 'pve', reachable: true, quorate: true };
  const reachable = { type: 'hypervisor.reachable', time: at(1), data: { hypervisor: 'pve', quorate: true } };
  const known = foldHypervisor(undefined, reachable as Parameters<typeof foldHypervisor>[1]);
  expect(withKnownSince(known, hypervisorFrom(hypervisor))).toEqual(known);
});

test('whose a VM is is the same from the snapshot, while it is offered and when it is gone', () => {
  const which = { ownership: '104-1', vm: '104', hypervisor: 'pve', vmid: 104, incarnation: 'uuid-1' };
  const offer = { to: 'b', by: 'person:a', since: at(1) };
  const story: [string, object, OwnershipEntity][] = [
    ['ownership.begun', { ...which, owner: 'a', project: 'p', how: 'created' }, { ...which, owner: 'a' }],
    ['ownership.offered', { ...which, to: 'b', by: 'person:a' }, { ...which, owner: 'a', offer }],
    [
      'ownership.accepted',
      { ownership: '104-1', vm: '104', owner: 'b', project: 'p' },
      { ...which, owner: 'b' },
    ],
    ['ownership.ended', { ownership: '104-1', vm: '104', because: 'deleted' }, { ...which, ended: true }],
    ['ownership.offered', { ...which, to: 'c', by: 'team' }, { ...which, offer }],
    [
      'ownership.offer-ended',
      { ownership: '104-1', vm: '104', to: 'c', how: 'declined' },
      { ...which, ended: true },
    ],
  ];
  let fact: OutsideFact | undefined;
  for (const [type, data, entity] of story) {
    fact = foldOwnership(fact, { type, data } as Parameters<typeof foldOwnership>[1]);
    expect(ownershipFrom(entity)).toEqual(fact);
  }
});

const probe = (state: ProbeResource['state'], more: Partial<ProbeResource> = {}): ProbeResource => ({
  id: 'website',
  kind: 'http',
  target: '',
  core: true,
  flapping: false,
  state,
  ...more,
});
const down = { thing: 'probe/website', state: 'down', core: true, since: at(2) } as const;
const incident: IncidentResource = {
  id: '1',
  state: 'open',
  root: 'switch/sw1',
  since: at(2),
  core: true,
  outage: false,
  members: [down, { ...down, thing: 'switch/sw1', state: 'up' }],
  others: [],
  correlationid: 'c',
};

const settings: OutsideSettings = {
  ups: [{ id: 'rack' }],
  switches: [
    { id: 'sw1', poweredBy: ['rack', 'desk'], dependsOn: [] },
    { id: 'sw2', poweredBy: [], dependsOn: ['port/sw1/gi1', 'mains/rack'] },
  ],
  probes: [
    { id: 'website', poweredBy: [], dependsOn: ['vm/104', ['switch/sw1', 'port/sw2/a', 'port/sw2/b']] },
    { id: 'other', poweredBy: [], dependsOn: [['switch/sw1', 'mains/rack']] },
  ],
  hypervisors: [{ id: 'pve', nodes: { pve1: { poweredBy: ['rack'] } }, dependsOn: ['switch/sw1'] }],
} as unknown as OutsideSettings;

const view = (...facts: readonly OutsideFact[]) => seenThings(factsOf(facts, settings), settings);
const website = (...facts: readonly OutsideFact[]) => view(...facts).get('probe/website');

test('a probe that an incident explains is down by it alone, and up again once that is closed', () => {
  const up = watchedBy({ type: 'probe.up', data: { probe: 'website', since: at(1) } } as WatchedEvent);
  const explained = watchedFrom('probe', probe('down', { since: at(2), because: 'switch/sw1' }));
  const open = incidentFact(incident);
  expect(incidentFrom(incident)).toEqual(open);
  expect(incidentFrom({ ...incident, state: 'closed' })).toBeUndefined();
  for (const known of [up, explained]) {
    expect(website(known, open)).toEqual({ state: 'down', since: at(2) });
    expect(website(known)?.state).toBe('up');
  }
  expect(watchedFrom('probe', probe('up', { since: at(1) }))).toEqual(up);
});

test('nothing is known of switches and probes while netwatch sees no other machine', () => {
  const lost = incidentFact({ ...incident, root: 'vantage/main', members: [], since: at(5) });
  const fact = watchedFrom('probe', probe('up', { since: at(1) }));
  expect(website(fact, lost, incidentFact(incident))).toEqual({ state: 'unknown', since: at(5) });
});

test('what settings name is there before it is seen, and not once they name it no more', () => {
  const gone = [
    upsFrom({ ...ups, id: 'gone' }),
    watchedFrom('switch', { id: 'gone', state: 'up' }),
    vmFrom({ ...vm, hypervisor: 'gone' }),
  ];
  expect([...view(...gone).keys()].toSorted((a, b) => a.localeCompare(b))).toEqual([
    'hypervisor/pve',
    'node/pve-pve1',
    'probe/other',
    'probe/website',
    'switch/sw1',
    'switch/sw2',
    'ups/rack',
  ]);
  expect(view(...gone).get('ups/rack')).toEqual({ state: 'unknown' });
});

test('a VM has its node by id, its class, name, and its owner only while it is the same guest', () => {
  const owned = ownershipFrom({
    ownership: '104-1',
    vm: '104',
    hypervisor: 'pve',
    vmid: 104,
    incarnation: 'uuid-1',
    owner: 'a',
  }) as OutsideFact;
  const node = nodeFrom({ id: 'pve-pve1-2', hypervisor: 'pve', node: 'pve1', online: true });
  const seen = (incarnation: string) => view(owned, node, vmFrom({ ...vm, incarnation })).get('vm/104');
  const same = { state: 'running', since: at(0), class: 'participant', name: 'web', node: 'pve-pve1-2' };
  expect(seen('uuid-1')).toEqual({ ...same, owner: 'a' });
  expect(seen('uuid-2')).toEqual(same);
});

test('a VM is unknown while its node or hypervisor is away, or Proxmox does not say; a node while its hypervisor is', () => {
  const on = nodeFrom({ id: 'pve-pve1', hypervisor: 'pve', node: 'pve1', online: true });
  const off = { ...on, online: false, since: at(3) };
  const gone: OutsideFact = { kind: 'hypervisor', id: 'pve', reachable: false, since: at(4) };
  const states = (...facts: readonly OutsideFact[]) => {
    const things = view(...facts);
    return ['vm/104', 'node/pve-pve1'].map((each) => things.get(each)?.state);
  };
  expect(states(vmFrom(vm), on)).toEqual(['running', 'online']);
  expect(states(vmFrom(vm), off)).toEqual(['unknown', 'offline']);
  expect(states(vmFrom(vm), on, gone)).toEqual(['unknown', 'unknown']);
  expect(states(vmFrom({ ...vm, status: 'unknown' }), on)).toEqual(['unknown', 'online']);
  expect(view(vmFrom(vm), on, gone).get('vm/104')).toMatchObject({ since: at(4), name: 'web' });
});

test('what things need, by settings and by Proxmox', () => {
  const node = nodeFrom({ id: 'pve-pve1', hypervisor: 'pve', node: 'pve1', online: true });
  const found = thingNeeds(factsOf([node, vmFrom(vm)], settings), settings);
  expect(found.map(({ from, kind, to, source }) => `${from} ${kind} ${to.join('|')} (${source})`)).toEqual([
    'hypervisor/pve depends-on switch/sw1 (settings)',
    'node/pve-pve1 powered-by ups/rack (settings)',
    'hypervisor/pve runs-on node/pve-pve1 (proxmox)',
    'switch/sw1 powered-by ups/rack|ups/desk (settings)',
    'switch/sw2 depends-on switch/sw1 (settings)',
    'probe/website depends-on vm/104 (settings)',
    'probe/website depends-on switch/sw1|switch/sw2 (settings)',
    'vm/104 runs-on node/pve-pve1 (proxmox)',
  ]);
});
