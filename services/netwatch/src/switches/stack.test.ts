import { systemClock } from '@huismeester/clock';
import type { SwitchSettings } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { PortTable } from './port-table.ts';
import { stackOf } from './stack.ts';
import type { WatchedSwitch } from './watched-switch.ts';

/** The stack of a switch with gi1 (1), gi2 (2), a link aggregation po1 (100) and a VLAN (200), which is no port. */
async function stackBy(lower: Readonly<Record<number, readonly number[]>>) {
  const table = new PortTable({
    settings: { id: 'sw1', ports: {} } as unknown as SwitchSettings,
    memories: new Map(),
    said: () => undefined,
    identities: [],
    addIdentities: async () => undefined,
    needed: [],
    neverSeen: () => undefined,
    clock: systemClock,
  });
  const ports = [
    { ifIndex: 1, name: 'Gi1', type: 6 },
    { ifIndex: 2, name: 'Gi2', type: 117 },
    { ifIndex: 100, name: 'Po1', type: 161 },
    { ifIndex: 200, name: 'Vlan1', type: 53 },
  ];
  const stack = new Map(Object.entries(lower).map(([index, below]) => [Number(index), below]));
  const state = { rows: new Map(), complete: true };
  await table.take({ ports, complete: true, lower: stack }, state, new AbortController().signal);
  const watched = { ports: table.ports, about: { list: table.list } } as unknown as WatchedSwitch;
  return Object.fromEntries(stackOf(watched).map(({ id, lower: below }) => [id, below]));
}

test.each<[string, Readonly<Record<number, readonly number[]>>, readonly string[]]>([
  ['none, if the agent has no stack', {}, []],
  ['its members, by their ids', { 100: [1, 2] }, ['gi1', 'gi2']],
  ['not itself, as some agents say', { 100: [100, 2] }, ['gi2']],
  ['nothing that is no port, or not in the list', { 100: [200, 999, 1], 200: [1] }, ['gi1']],
])('a link aggregation is made of %s', async (_, lower, members) => {
  expect(await stackBy(lower)).toEqual({ gi1: [], gi2: [], po1: members });
});
