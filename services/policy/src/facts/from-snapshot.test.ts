import type { NodeEntity, VmEntity } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { evolveNode, type NodeEvent, nodeFrom } from './node.ts';
import { evolveGuest, type Guest, type GuestEvent, guestFrom } from './vm.ts';

/* fold(events) = from the snapshot: who begins with a snapshot in the middle of a power cut knows what was asked. */

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString();
const place = { vm: '101', hypervisor: 'pve', node: 'pve1', class: 'core' } as const;
const asked = { generation: 3, decision: 'd3', attempt: 1 } as const;
const vm: VmEntity = {
  id: '101',
  hypervisor: 'pve',
  vmid: 101,
  kind: 'qemu',
  name: 'web',
  class: 'core',
  pool: 'core',
  node: 'pve1',
  status: 'running',
  foundAt: at(0),
};
const [change, request] = [{ correlationid: 'c' }, { generation: 3, decision: 'd3', correlationid: 'c' }];

const story: [GuestEvent['type'], object, Partial<VmEntity>][] = [
  ['vm.found', { ...place, vmid: 101, kind: 'qemu', name: 'web', pool: 'core', running: true }, {}],
  [
    'vm.power-requested',
    { vm: '101', act: 'shutdown', ...asked },
    { asked: { act: 'shutdown', at: at(1), ...request } },
  ],
  [
    'vm.stopped',
    { ...place, cause: 'huismeester' },
    { status: 'stopped', stopped: { at: at(2), by: 'huismeester', ...change }, shutdown_s: 1 },
  ],
  [
    'vm.power-requested',
    { vm: '101', act: 'start', ...asked },
    { asked: { act: 'start', at: at(3), ...request } },
  ],
  ['vm.power-failed', { vm: '101', act: 'start', ...asked, error: 'no', retry: false }, { gaveUp: 3 }],
  [
    'vm.started',
    { ...place, cause: 'person' },
    { status: 'running', started: { at: at(5), by: 'person', ...change } },
  ],
];

test('a guest in the middle of a power cut is the same from the snapshot as from its events', () => {
  let folded: Guest | undefined;
  let entity = vm;
  for (const [second, [type, data, said]] of story.entries()) {
    folded = evolveGuest(folded, { type, data, time: at(second) } as GuestEvent);
    const { asked: _, ...known } = entity;
    entity = { ...known, ...said };
    expect(guestFrom(entity)).toEqual(folded);
  }
});

test('so is a node that was given up', () => {
  const known: NodeEntity = { id: 'pve-pve1', hypervisor: 'pve', node: 'pve1', online: true };
  const { id, hypervisor, node } = known;
  const seen = evolveNode(undefined, { type: 'node.online', data: { id, hypervisor, node } } as NodeEvent);
  expect(nodeFrom(known)).toEqual(seen);
  const data = { id, hypervisor, node, act: 'wake', ...asked, error: 'no', retry: false };
  const gaveUp = evolveNode(seen, { type: 'node.power-failed', data } as NodeEvent);
  expect(nodeFrom({ ...known, gaveUp: 3 })).toEqual(gaveUp);
});
