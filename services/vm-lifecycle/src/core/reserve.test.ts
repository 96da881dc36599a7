import { describe, expect, it } from 'vitest';
import { type Intended, overReserve, placeFor, type StorageNow } from './reserve.ts';

const gib = 1024 ** 3;
const node = (name: string, usedGib: number, online = true) => ({
  name,
  online,
  memory: { used: usedGib * gib, total: 64 * gib },
});
const disks = (usedGib: number, more: Partial<StorageNow> = {}): StorageNow => ({
  storage: 'disks',
  shared: false,
  active: true,
  usedBytes: usedGib * gib,
  totalBytes: 100 * gib,
  ...more,
});
const known = (
  nodes: ReturnType<typeof node>[],
  { intended = [], storages = [] }: { intended?: Intended[]; storages?: [string, StorageNow[]][] } = {},
) => ({
  readings: { at: new Date(0), nodes, storages: new Map(storages) },
  intended,
  reserve: { memory: 85, storage: 90 },
});
const asked = { memoryMib: 4096, storage: 'disks', diskGib: 20 };
const intent = (more: Partial<Intended> = {}): Intended => ({
  node: 'pve1',
  possible: [],
  memoryMib: 0,
  diskGib: 0,
  ...more,
});

describe('what is kept free', () => {
  it('of memory, what is about to be used included; and it is said what to stop', () => {
    const nodes = [node('pve1', 44)];
    const where = { ...asked, node: 'pve1' };
    // 85 % of 64 GiB are 54.4.
    expect(overReserve(known(nodes, { intended: [intent({ memoryMib: 6144 })] }), where)).toBeUndefined();
    expect(overReserve(known(nodes, { intended: [intent({ memoryMib: 7168 })] }), where, ['104'])).toEqual(
      expect.objectContaining({
        code: 'quota-exceeded',
        clause: 'PART-2',
        errors: [
          {
            field: 'memory of node pve1',
            found: 'used 52224, asked 4096',
            allowed: '55705 MiB of 65536; stop one of 104, or ask its owner to',
          },
        ],
      }),
    );
    // Of another node's nothing counts here, and of what is not known nothing is refused.
    const other = [intent({ node: 'pve2', memoryMib: 9_999_999 })];
    expect(overReserve(known(nodes, { intended: other }), where)).toBeUndefined();
    expect(overReserve(known([], { intended: other }), { ...where, node: 'pve2' })).toBeUndefined();
  });

  it('of a storage, the disks that are about to be made included; one that is shared is filled from every node', () => {
    const where = { ...asked, node: 'pve1' };
    const over = (intended: Intended[], storage = disks(50)) =>
      overReserve(known([node('pve1', 1)], { intended, storages: [['pve1', [storage]]] }), where);
    const field = 'storage disks';
    expect(over([])).toBeUndefined();
    expect(over([intent({ storage: 'disks', diskGib: 20 })])).toBeUndefined();
    expect(over([intent({ storage: 'disks', diskGib: 21 })])).toMatchObject({ errors: [{ field }] });
    // It is not known where that grows.
    expect(over([intent({ diskGib: 21 })])).toMatchObject({ errors: [{ field }] });
    expect(over([intent({ storage: 'others', diskGib: 21 })])).toBeUndefined();
    const away = intent({ node: 'pve2', storage: 'disks', diskGib: 21 });
    expect(over([away])).toBeUndefined();
    expect(over([away], disks(50, { shared: true }))).toMatchObject({ errors: [{ field }] });
  });
});

describe('where a VM is placed', () => {
  it('on the online node with most memory free, of those where it can stand', () => {
    const nodes = [node('pve1', 40), node('pve2', 10), node('pve3', 0, false)];
    expect(placeFor(known(nodes), { ...asked, possible: ['pve1', 'pve2', 'pve3'] })).toEqual({
      node: 'pve2',
    });
    expect(placeFor(known(nodes), { ...asked, possible: ['pve1'] })).toEqual({ node: 'pve1' });
    const taken = [intent({ node: 'pve2', memoryMib: 31 * 1024 })];
    expect(placeFor(known(nodes, { intended: taken }), { ...asked, possible: ['pve1', 'pve2'] })).toEqual({
      node: 'pve1',
    });
  });

  it('on none whose reserve it would use, or that is not online', () => {
    const full = placeFor(known([node('pve1', 51)]), { ...asked, possible: ['pve1'] });
    expect(full).toEqual({
      failure: 'no-room',
      error: 'There is not enough room: memory of node pve1 is kept below 85 %',
    });
    const off = placeFor(known([node('pve1', 0, false)]), { ...asked, possible: ['pve1'] });
    expect(off).toMatchObject({ failure: 'unreachable' });
    const intended = [intent({ memoryMib: 2048 })];
    expect(placeFor(known([node('pve1', 50)]), { ...asked, possible: ['pve1'] })).toEqual({ node: 'pve1' });
    expect(placeFor(known([node('pve1', 50)], { intended }), { ...asked, possible: ['pve1'] })).toMatchObject(
      { failure: 'no-room' },
    );
  });

  it('what has no node yet counts where most is free, one after the other', () => {
    const nodes = [node('pve1', 50), node('pve2', 48)];
    const possible = ['pve1', 'pve2'];
    const one = intent({ node: undefined, possible, memoryMib: 3072 });
    const used = (intended: Intended[]) =>
      possible.map(
        (name) =>
          overReserve(known(nodes, { intended }), { ...asked, memoryMib: 99_999, node: name })?.errors?.[0]
            ?.found,
      );
    // pve1 has 14 GiB left, pve2 16; then 14 and 13, 11 and 13.
    expect(used([one, one, one])).toEqual([
      `used ${50 * 1024 + 3072}, asked 99999`,
      `used ${48 * 1024 + 2 * 3072}, asked 99999`,
    ]);
  });
});
