import { type Clock, systemClock } from '@huismeester/clock';
import type { ListedPort, PortIdentity, SwitchSettings } from '@huismeester/contracts';
import { expect, it } from 'vitest';
import { PortTable } from './port-table.ts';

const { signal } = new AbortController();
const state = { rows: new Map(), complete: true };
const port = (ifIndex: number, name: string, descr = name): ListedPort => ({ ifIndex, name, descr, type: 6 });
const te1: PortIdentity = { id: 'te1', by: 'name', key: 'te1' };

function tableOf(
  ports: SwitchSettings['ports'],
  identities: readonly PortIdentity[] = [],
  { needed = [], clock = systemClock }: { needed?: readonly string[]; clock?: Clock } = {},
) {
  const neverSeen: (readonly string[])[] = [];
  const table = new PortTable({
    settings: { id: 'sw1', ports } as SwitchSettings,
    memories: new Map([
      ['port/sw1/gi1', { errorsSaidAt: 1 }],
      ['port/sw1/te1', { setting: 'TenGigabitEthernet1' }],
    ]),
    said: () => 'down',
    identities,
    addIdentities: async () => undefined,
    needed,
    neverSeen: (found) => neverSeen.push(found),
    clock,
  });
  const take = (list: readonly ListedPort[], complete = true) =>
    table.take({ ports: list, complete, lower: new Map() }, state, signal);
  const seen = () =>
    [...table.ports.values()].map((each) => `${each.known.id}${each.isMissing ? ' missing' : ''}`);
  return { table, take, seen, neverSeen };
}

it('a port with a role that was missing before the start is known, and comes back as itself', async () => {
  const { table, take, seen } = tableOf({ te1: { role: 'uplink' }, te2: { role: 'core' } }, [te1]);
  await take([port(1, 'gi1')]);
  expect(seen()).toEqual(['gi1', 'te1 missing']);
  const missing = table.port('port/sw1/te1');
  expect([missing && table.roleOf(missing), missing?.watch.spoken]).toEqual(['uplink', 'fails']);
  await take([port(1, 'gi1')]);
  expect(seen()).toEqual(['gi1', 'te1 missing']);
  await take([port(1, 'gi1'), port(7, 'te1')]);
  expect(seen()).toEqual(['gi1', 'te1']);
  expect(table.port('port/sw1/te1')).toBe(missing);
});

it('a port that settings name otherwise than it is known by is the one that they meant when it was listed last', async () => {
  const { table, take, seen } = tableOf({ TenGigabitEthernet1: { role: 'uplink' } }, [te1]);
  await take([port(1, 'gi1')]);
  expect(seen()).toEqual(['gi1', 'te1 missing']);
  const missing = table.port('port/sw1/te1');
  expect(missing && table.roleOf(missing)).toBe('uplink');
  await take([port(1, 'gi1'), port(2, 'te1', 'TenGigabitEthernet1')]);
  expect(seen()).toEqual(['gi1', 'te1']);
});

it('no port is missing that has no role, is in the list by another name, or may be in the rest of a half list', async () => {
  const identities = [te1, { id: '7', by: 'index', key: '7' } as const];
  const ignored = tableOf({ te1: { role: 'ignore' } }, identities);
  await ignored.take([port(1, 'gi1')]);
  expect(ignored.seen()).toEqual(['gi1']);
  const renamed = tableOf({ 7: { role: 'uplink' } }, identities);
  await renamed.take([port(7, 'te1')]);
  expect(renamed.seen()).toEqual(['te1']);
  const half = tableOf({ te1: { role: 'uplink' } }, identities);
  await half.take([port(1, 'gi1')], false);
  expect(half.seen()).toEqual(['gi1']);
});

it('a port that left and came back is what this process knew, not what an earlier one left', async () => {
  const { table, take } = tableOf({});
  await take([port(1, 'gi1'), port(2, 'gi2')]);
  const before = table.port('port/sw1/gi1');
  if (before) before.errorsSaidAt = 2;
  expect(await take([port(2, 'gi2')])).toEqual(['port/sw1/gi1']);
  expect(table.port('port/sw1/gi1')).toBeUndefined();
  await take([port(1, 'gi1'), port(2, 'gi2')]);
  expect(table.port('port/sw1/gi1')?.errorsSaidAt).toBe(2);
});

it('a name of settings is that of one port: ifName before ifDescr before ifIndex', async () => {
  const { table, take } = tableOf({ 49: { role: 'uplink' }, 50: { role: 'core' } });
  await take([port(49, '1'), port(1, '49'), port(50, 'x'), port(3, 'y', '50'), port(51, '51')]);
  const roles = [...table.ports].map(([index, each]) => [index, table.roleOf(each)]);
  expect(roles).toEqual([
    [49, undefined],
    [1, 'uplink'],
    [50, undefined],
    [3, 'core'],
    [51, undefined],
  ]);
});

it('says once, after the first whole list, which ports that settings depend on were never seen', async () => {
  const needed = ['gi1', 'gi2', 'te1', 'no-such-port'].map((id) => `port/sw1/${id}`);
  const { take, neverSeen } = tableOf({}, [te1], { needed });
  await take([port(1, 'gi1')], false);
  await take([port(2, 'gi2')], false);
  expect(neverSeen).toEqual([]);
  await take([port(2, 'gi2')]);
  await take([port(2, 'gi2')]);
  expect(neverSeen).toEqual([['port/sw1/no-such-port']]);
});

it('says nothing where all of them were seen', async () => {
  const { take, neverSeen } = tableOf({}, [te1], { needed: ['port/sw1/te1', 'port/sw1/gi1'] });
  await take([port(1, 'gi1')]);
  expect(neverSeen).toEqual([]);
});

it('the list is due hourly, and at once after a restart', async () => {
  let ms = 5_000;
  const { table, take } = tableOf({}, [], { clock: { ...systemClock, monotonicMs: () => ms } });
  const whole = { rows: new Map([[1, {}]]), complete: true };
  const isDue = () => table.isListDue(whole, { time: ms, ms });
  expect(isDue()).toBe(true);
  await take([port(1, 'gi1')]);
  ms += 3_599_999;
  expect(isDue()).toBe(false);
  ms += 1;
  expect(isDue()).toBe(true);
  await take([port(1, 'gi1')]);
  expect(isDue()).toBe(false);
  table.forget();
  expect(isDue()).toBe(true);
});
