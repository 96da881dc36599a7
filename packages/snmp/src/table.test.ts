import { describe, expect, it } from 'vitest';
import { createTableReading } from './table.ts';
import type { Varbind } from './value.ts';

const [admin, oper] = ['1.3.7', '1.3.8'];
const cell = (oid: string, value: number): Varbind => ({ oid, type: 2, value });
const end = (oid: string): Varbind => ({ oid, type: 0x82, value: null });

describe('rows', () => {
  it('are aligned by index, where a column lacks a row, and runs past its end', () => {
    const table = createTableReading([admin, oper], []);
    table.next(9);
    table.take([
      [cell('1.3.7.1', 11), cell('1.3.7.3', 13), cell('1.3.7.2147483650', 15), cell('1.3.8.1', 21)],
      [cell('1.3.8.1', 21), cell('1.3.8.2', 22), cell('1.3.8.3', 23), cell('1.3.9.1', 99)],
    ]);
    expect(table.next(9)).toBeUndefined();
    expect(table.result()).toEqual({
      scalars: [],
      complete: [true, true],
      rows: new Map([
        ['1', [11, 21]],
        ['2', [undefined, 22]],
        ['3', [13, 23]],
        ['2147483650', [15, undefined]],
      ]),
    });
    expect([...table.result().rows.keys()]).toEqual(['1', '2', '3', '2147483650']);
  });

  it('go on from where each column is, when an answer is shorter than asked', () => {
    const table = createTableReading([admin, oper], []);
    table.next(9);
    expect(table.take([[cell('1.3.7.1', 1), cell('1.3.7.2', 1)], [cell('1.3.8.1', 2)]])).toBe(3);
    expect(table.rowsRead()).toBe(1);
    expect(table.next(9)).toEqual({ oids: ['1.3.7.2', '1.3.8.1'], scalars: 0, columns: 2 });
    expect(table.take([[end('1.3.7.2')]])).toBe(1);
    expect(table.next(9)).toEqual({ oids: ['1.3.8.1'], scalars: 0, columns: 1 });
    expect(table.take([])).toBe(0);
  });

  it.each([
    ['the same again', '1.3.7.2'],
    ['a step back', '1.3.7.1'],
    ['a step back out of the column', '1.3.6.9'],
  ])('end with %s: partial, and what was read is kept', (_, oid) => {
    const table = createTableReading([admin, oper], []);
    table.next(9);
    table.take([
      [cell('1.3.7.1', 1), cell('1.3.7.2', 2), cell(oid, 3), cell('1.3.7.9', 4)],
      [cell('1.3.8.1', 5), end('1.3.8.1')],
    ]);
    expect(table.next(9)).toBeUndefined();
    const { complete, rows } = table.result();
    expect(complete).toEqual([false, true]);
    expect(rows).toEqual(
      new Map([
        ['1', [1, 5]],
        ['2', [2, undefined]],
      ]),
    );
  });

  it('of an agent that makes them up for ever come to an end', () => {
    const table = createTableReading([admin], []);
    let steps = 0;
    for (; table.next(9); steps += 1)
      table.take([Array.from({ length: 1_000 }, (_, i) => cell(`1.3.7.${steps * 1_000 + i + 1}`, 1))]);
    expect(steps).toBe(33);
    const { complete, rows } = table.result();
    expect(complete).toEqual([false]);
    expect(rows.size).toBe(32_768);
  });
});

describe('scalars', () => {
  it('come first, are asked once, and are undefined where something else answers', () => {
    const table = createTableReading([admin], ['1.3.1.3.0', '1.3.1.4.0']);
    expect(table.next(9)).toEqual({ oids: ['1.3.1.3', '1.3.1.4', '1.3.7'], scalars: 2, columns: 1 });
    table.take([[cell('1.3.1.3.0', 42)], [cell('1.3.1.5.0', 7)], [cell('1.3.7.1', 1)]]);
    expect(table.next(9)).toEqual({ oids: ['1.3.7.1'], scalars: 0, columns: 1 });
    expect(table.result().scalars).toEqual([42, undefined]);
  });

  it('that an answer leaves out are asked again', () => {
    const table = createTableReading([admin], ['1.3.1.3.0', '1.3.1.4.0']);
    table.next(9);
    table.take([[cell('1.3.1.3.0', 42)]]);
    expect(table.next(9)).toEqual({ oids: ['1.3.1.4', '1.3.7'], scalars: 1, columns: 1 });
    expect(table.next(1)).toEqual({ oids: ['1.3.1.4'], scalars: 1, columns: 0 });
  });
});

it('noSuchName of v1 ends what it names, or the only one that was asked', () => {
  const table = createTableReading([admin, oper], []);
  table.next(9);
  expect(table.nothingAfter(undefined)).toBe(false);
  expect(table.nothingAfter('1.3.99')).toBe(false);
  expect(table.nothingAfter('1.3.7')).toBe(true);
  expect(table.next(9)).toEqual({ oids: ['1.3.8'], scalars: 0, columns: 1 });
  expect(table.nothingAfter(undefined)).toBe(true);
  expect(table.next(9)).toBeUndefined();
  expect(table.result().complete).toEqual([true, true]);
});
