import { describe, expect, it } from 'vitest';
import { identifyPorts, type ListedPort, type PortIdentity } from './port-identity.ts';

const none: ReadonlySet<string> = new Set();
const port = (ifIndex: number, name?: string, descr?: string, type = 6): ListedPort => ({
  ifIndex,
  type,
  ...(name !== undefined && { name }),
  ...(descr !== undefined && { descr }),
});

/** The ids of a list by ifIndex, and the identities as they are afterwards. */
function see(list: readonly ListedPort[], known: readonly PortIdentity[] = [], named = none) {
  const { ports, added } = identifyPorts(list, known, named);
  return {
    ids: Object.fromEntries(ports.map(({ ifIndex, id }) => [ifIndex, id])),
    labels: ports.map(({ label }) => label),
    known: [...known, ...added],
    added,
  };
}

describe('at first sight', () => {
  it('is by ifName if that is unique, else by ifDescr if that is, else by ifIndex', () => {
    const { added, ids } = see([
      port(1, 'Gi1/0/1', 'GigabitEthernet1/0/1'),
      port(2, 'Gi', 'GigabitEthernet1/0/2'),
      port(3, 'Gi', 'Ethernet'),
      port(4, undefined, 'Ethernet'),
      port(2_147_483_650, '', ''),
    ]);
    expect(added.map(({ by, key }) => `${by} ${key}`)).toEqual([
      'name Gi1/0/1',
      'descr GigabitEthernet1/0/2',
      'index 3',
      'index 4',
      'index 2147483650',
    ]);
    expect(ids).toEqual({
      1: 'gi1-0-1',
      2: 'gigabitethernet1-0-2',
      3: '3',
      4: '4',
      2147483650: '2147483650',
    });
  });

  it('is called by what people can read', () => {
    expect(see([port(1, 'Gi1', 'x'), port(2, '', 'Port 2'), port(3)]).labels).toEqual(['Gi1', 'Port 2', '3']);
  });

  it.each([
    ['Gi1/0/1', 'gi1-0-1'],
    ['ethernet 1/1/1 (uplink)', 'ethernet-1-1-1-uplink'],
    ['порт', 'port'],
    ['#-', 'port'],
    [`${'x'.repeat(39)}/1`, 'x'.repeat(39)],
  ])('makes an id of %s', (name, id) => {
    expect(Object.values(see([port(1, name)]).ids)).toEqual([id]);
  });

  it('keeps ids apart that look alike', () => {
    expect(Object.values(see([port(1, 'Gi1/0'), port(2, 'gi1-0'), port(3, 'GI1 0')]).ids)).toEqual([
      'gi1-0',
      'gi1-0-2',
      'gi1-0-3',
    ]);
  });
});

describe('of all interfaces', () => {
  it('those of ifType 6, 117 and 161 are ports, and what settings name by any name or number', () => {
    const list = [
      port(1, 'a', 'A', 6),
      port(2, 'b', 'B', 117),
      port(3, 'c', 'C', 161),
      port(4, 'Vl1', 'Vlan1', 53),
      port(5, 'lo', 'Loopback', 24),
      port(6, 'x', 'X', 1),
      { ifIndex: 7, name: 'without a type' },
    ];
    expect(Object.keys(see(list).ids)).toEqual(['1', '2', '3']);
    const named = new Set(['Vlan1', 'lo', '6', 'without a type']);
    expect(Object.keys(see(list, [], named).ids)).toHaveLength(7);
  });
});

describe('later', () => {
  const first = [port(1, 'Gi1', 'D1'), port(2, 'Gi2', 'D2'), port(7, 'Gi7', 'D7')];
  const { known } = see(first);

  it('is the same, however the switch numbers its interfaces now', () => {
    const swapped = see([port(2, 'Gi1', 'D1'), port(1, 'Gi2', 'D2'), port(40, 'Gi7', 'D7')], known);
    expect(swapped.ids).toEqual({ 2: 'gi1', 1: 'gi2', 40: 'gi7' });
    expect(swapped.added).toEqual([]);
  });

  it('stays by its name when another port has its description, and by its description when its name is repeated', () => {
    expect(see([port(1, 'Gi1', 'D2'), port(2, 'Gi2', 'D1')], known).ids).toEqual({ 1: 'gi1', 2: 'gi2' });
    const byDescr = see([port(1, 'Gi', 'D1'), port(2, 'Gi', 'D2')]);
    expect(see([port(1, 'Gi', 'D2'), port(2, 'Gi', 'D1')], byDescr.known).ids).toEqual({ 1: 'd2', 2: 'd1' });
    // Names that became unique give no new ids.
    expect(see([port(1, 'Gi1', 'D1'), port(2, 'Gi2', 'D2')], byDescr.known).ids).toEqual({
      1: 'd1',
      2: 'd2',
    });
  });

  it('keeps its id while others come and go', () => {
    const { ids, known: after } = see([port(3, 'gi-1', 'D1'), port(2, 'Gi2', 'D2')], known);
    expect(ids).toEqual({ 3: 'gi-1', 2: 'gi2' });
    expect(see(first, after).ids).toEqual({ 1: 'gi1', 2: 'gi2', 7: 'gi7' });
  });
});
