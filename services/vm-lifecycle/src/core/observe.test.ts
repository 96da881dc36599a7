import { nodeId } from '@huismeester/contracts';
import { describe, expect, test } from 'vitest';
import type { Guest, ListedGuest, Listing } from './guest.ts';
import { guestId, type Known, observe, observeFailure } from './observe.ts';

const web: Guest = {
  id: 'b-101',
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
const known: Known = {
  hypervisor: 'pve',
  prefix: 'b-',
  contact: { reachable: true, quorate: true },
  nodes: new Map([
    ['pve1', { id: 'pve-pve1', online: true }],
    ['pve2', { id: 'pve-pve2', online: true }],
  ]),
  nodeIds: new Set(['pve-pve1', 'pve-pve2']),
  guests: [web],
};
const listed: ListedGuest = {
  vmid: 101,
  kind: 'qemu',
  name: 'web',
  class: 'core',
  pool: 'core',
  node: 'pve1',
  status: 'running',
};
const listing: Listing = {
  guests: [listed],
  nodes: [
    { name: 'pve1', online: true },
    { name: 'pve2', online: true },
  ],
  quorate: true,
};
const nobody = new Map<string, number>();
const look = (change: Partial<Listing>, before: Known = known) =>
  observe(before, nobody, { ...listing, ...change });
const types = (observation: ReturnType<typeof observe>) => observation.facts.map((fact) => fact.type);

test('ids carry the prefix; node ids are lower case and clean', () => {
  expect(guestId('b-', 101)).toBe('b-101');
  expect(nodeId('pve', 'PVE_1.lan')).toBe('pve-pve-1-lan');
});

test('nothing new says nothing', () => {
  expect(look({})).toEqual({ facts: [], suspects: [], missing: new Map() });
});

test('the first look finds hypervisor, nodes and guests', () => {
  const first = look({}, { ...known, contact: undefined, nodes: new Map(), guests: [] });
  expect(types(first)).toEqual(['hypervisor.reachable', 'node.online', 'node.online', 'vm.found']);
  expect(first.facts[3]).toEqual({
    type: 'vm.found',
    subject: 'vm/b-101',
    data: {
      vm: 'b-101',
      hypervisor: 'pve',
      node: 'pve1',
      class: 'core',
      vmid: 101,
      kind: 'qemu',
      name: 'web',
      pool: 'core',
      running: true,
    },
  });
});

describe('a guest', () => {
  test('in another state is only suspected', () => {
    const seen = look({ guests: [{ ...listed, status: 'stopped' }] });
    expect(seen.facts).toEqual([]);
    expect(seen.suspects).toEqual([{ guest: web, to: 'stopped' }]);
  });

  test('that moved, was renamed or reclassified says so, and is suspected where it is now', () => {
    const now: ListedGuest = {
      ...listed,
      name: 'www',
      node: 'pve2',
      class: 'space-wide',
      pool: 'sw',
      status: 'stopped',
    };
    const seen = look({ guests: [now] });
    expect(types(seen)).toEqual(['vm.renamed', 'vm.reclassified', 'vm.moved']);
    expect(seen.facts[1]?.data).toEqual({ vm: 'b-101', from: 'core', to: 'space-wide', pool: 'sw' });
    expect(seen.facts[2]?.data).toMatchObject({ node: 'pve2', from: 'pve1', class: 'space-wide' });
    expect(seen.suspects[0]?.guest.node).toBe('pve2');
  });

  test('whose name the cluster forgot keeps it; one that never had any is called by its number', () => {
    const guests: ListedGuest[] = [{ ...listed, name: undefined }];
    expect(look({ guests }).facts).toEqual([]);
    expect(look({ guests }, { ...known, guests: [] }).facts[0]?.data).toMatchObject({ name: '101' });
  });

  test('whose status is unknown says nothing, and is not found either', () => {
    const guests: ListedGuest[] = [{ ...listed, status: 'unknown' }];
    expect(look({ guests })).toMatchObject({ facts: [], suspects: [] });
    expect(look({ guests }, { ...known, guests: [] }).facts).toEqual([]);
  });

  test.each(['stopped', 'running', 'unknown'] as const)(
    'on an offline node, shown as %s, is unknown',
    (status) => {
      const nodes = [
        { name: 'pve1', online: false },
        { name: 'pve2', online: true },
      ];
      const seen = look({ nodes, guests: [{ ...listed, status }] });
      expect(types(seen)).toEqual(['node.offline']);
      expect(seen.suspects).toEqual([]);
      expect(types(look({ nodes, guests: [{ ...listed, status }] }, { ...known, guests: [] }))).toEqual([
        'node.offline',
      ]);
    },
  );

  test('of another kind under its vmid is another guest', () => {
    expect(types(look({ guests: [{ ...listed, kind: 'lxc' }] }))).toEqual(['vm.unlisted', 'vm.found']);
  });
});

describe('missing is not deleted', () => {
  const none = { ...listing, guests: [] };

  test('unlisted after three listings in a row', () => {
    const first = observe(known, nobody, none);
    const second = observe(known, first.missing, none);
    const third = observe(known, second.missing, none);
    expect([first, second, third].map(types)).toEqual([[], [], ['vm.unlisted']]);
    expect(second.missing).toEqual(new Map([['b-101', 2]]));
  });

  test('the count starts anew when it was there in between', () => {
    const twice = observe(known, new Map([['b-101', 2]]), listing);
    expect(observe(known, twice.missing, none).missing).toEqual(new Map([['b-101', 1]]));
  });

  test('a listing without quorum, or of a cluster that lost its node, is no witness', () => {
    const before = new Map([['b-101', 2]]);
    const noQuorum = observe(known, before, { ...none, quorate: false });
    const nodeOff = observe(known, before, { ...none, nodes: [{ name: 'pve1', online: false }] });
    for (const seen of [noQuorum, nodeOff]) {
      expect(types(seen)).not.toContain('vm.unlisted');
      expect(seen.missing).toEqual(before);
    }
  });
});

describe('the hypervisor', () => {
  test('quorum lost and gained', () => {
    expect(look({ quorate: false }).facts).toEqual([
      {
        type: 'hypervisor.quorum-changed',
        subject: 'hypervisor/pve',
        data: { hypervisor: 'pve', quorate: false },
      },
    ]);
  });

  test('a node that left its cluster is offline', () => {
    const seen = look({ nodes: [{ name: 'pve1', online: true }] });
    expect(seen.facts).toEqual([
      {
        type: 'node.offline',
        subject: 'node/pve-pve2',
        data: { id: 'pve-pve2', hypervisor: 'pve', node: 'pve2' },
      },
    ]);
  });

  test('unreachable at the third failure, once', () => {
    expect([1, 2].flatMap((times) => observeFailure(known, times, 'timeout'))).toEqual([]);
    expect(observeFailure(known, 3, 'timeout')).toEqual([
      {
        type: 'hypervisor.unreachable',
        subject: 'hypervisor/pve',
        data: { hypervisor: 'pve', error: 'timeout' },
      },
    ]);
    expect(observeFailure({ ...known, contact: { reachable: false, quorate: true } }, 4, 'timeout')).toEqual(
      [],
    );
  });

  test('reachable again', () => {
    expect(types(look({}, { ...known, contact: { reachable: false, quorate: true } }))).toEqual([
      'hypervisor.reachable',
    ]);
  });
});
