import { describe, expect, it } from 'vitest';
import { createMib, type MibObject, type Twists } from './mib.ts';

function column(name: string, oid: number[], instances: number[], type: 'integer' | 'counter64' = 'integer') {
  const read: MibObject['read'] = (place) =>
    type === 'integer'
      ? { type, value: instances[place] ?? -1 }
      : { type, value: BigInt(instances[place] ?? -1) };
  return { name, oid, instances, read };
}

// Not in the order of the MIB; 3.9 has no instances.
const objects = [
  column('wide', [1, 3, 10], [1, 300, 2_147_483_650]),
  column('none', [1, 3, 9], []),
  column('big', [1, 3, 8], [1, 2], 'counter64'),
  column('scalar', [1, 3, 2], [0]),
];

/** All that a walk gets from the beginning, at most 12. */
function walk(v1 = false, twists: Twists = {}): string[] {
  const mib = createMib(objects, twists);
  const found: string[] = [];
  let oid: readonly number[] = [1, 3];
  while (found.length < 12) {
    const next = mib.next(oid, 0, v1);
    if (!next) break;
    found.push(next.oid.slice(2).join('.'));
    oid = next.oid;
  }
  return found;
}

describe('the MIB', () => {
  it('is walked in the order of the OIDs, instance by instance', () => {
    expect(walk()).toEqual(['2.0', '8.1', '8.2', '10.1', '10.300', '10.2147483650']);
  });

  it('has no Counter64 for SNMPv1', () => {
    expect(walk(true)).toEqual(['2.0', '10.1', '10.300', '10.2147483650']);
  });

  it('has a column that does not end', () => {
    expect(walk(false, { loop: 'wide' }).slice(4)).toEqual(Array(8).fill('10.300'));
    expect(walk(false, { stepBack: 'wide' }).slice(3)).toEqual(
      ['1', '300', '1', '300', '1', '300', '1', '300', '1'].map((row) => `10.${row}`),
    );
  });

  it.each([
    ['1.3.2.0', 0],
    ['1.3.10.300', 300],
    ['1.3.2', 'noSuchInstance'],
    ['1.3.10.299', 'noSuchInstance'],
    ['1.3.10.300.0', 'noSuchInstance'],
    ['1.3.9.1', 'noSuchObject'],
    ['1.3', 'noSuchObject'],
    ['2.1', 'noSuchObject'],
    ['0.1', 'noSuchObject'],
  ])('answers a GET of %s with %s', (oid, expected) => {
    const found = createMib(objects).get(oid.split('.').map(Number), 0);
    expect(found.type === 'integer' ? found.value : found.type).toBe(expected);
  });

  it.each([
    ['0.0', '1.3.2.0'],
    ['1.3.2', '1.3.2.0'],
    ['1.3.5', '1.3.8.1'],
    ['1.3.8.1.7', '1.3.8.2'],
    ['1.3.10', '1.3.10.1'],
    ['1.3.10.2', '1.3.10.300'],
    ['1.3.10.2147483650', undefined],
    ['1.4', undefined],
  ])('has after %s the instance %s', (oid, expected) => {
    expect(createMib(objects).next(oid.split('.').map(Number), 0, false)?.oid.join('.')).toBe(expected);
  });
});
