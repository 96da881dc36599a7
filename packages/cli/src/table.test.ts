import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createOutput } from './output.ts';
import { type Column, table } from './table.ts';

interface Row {
  id: string;
  name?: string;
}

const columns: Column<Row>[] = [
  { head: 'id', of: ({ id }) => id, style: () => 'red' },
  { head: 'name', of: ({ name }) => name },
];
const plain = output({});

function output(terminal: { isTTY?: boolean; columns?: number }, env: Record<string, string> = {}) {
  const stdout = Object.assign(new PassThrough(), terminal);
  return createOutput({ json: false, stdout, stderr: new PassThrough(), env });
}

it('aligns its columns, without blanks at the end', () => {
  const rows = [{ id: '104', name: 'wiki' }, { id: '1000' }];
  expect(table(rows, columns, plain, 'none')).toEqual(['id    name', '104   wiki', '1000']);
});

it('says what it is when there is no row', () => {
  expect(table([], columns, plain, 'There is none.')).toEqual(['There is none.']);
});

it('cuts what does not fit the terminal, and nothing where there is none', () => {
  const rows = [{ id: '104', name: 'a rather long name' }];
  const cut = table(rows, columns, output({ isTTY: true, columns: 12 }, { NO_COLOR: '1' }), '');
  expect(cut).toEqual(['id   name', '104  a rath…']);
  expect(table(rows, columns, plain, '')[1]).toBe('104  a rather long name');
});

it('cuts a column before the last one when even that does not fit', () => {
  const rows = [{ id: 'a-very-long-id', name: 'wiki' }];
  const cut = table(rows, columns, output({ isTTY: true, columns: 8 }, { NO_COLOR: '1' }), '');
  expect(cut[1]).toBe('a-very-…');
});

it('colours on a terminal alone, and not where NO_COLOR is set', () => {
  const rows = [{ id: '104' }];
  const red = '\u001b[31m';
  expect(table(rows, columns, output({ isTTY: true, columns: 80 }), '')[1]).toContain(red);
  expect(table(rows, columns, plain, '')[1]).toBe('104');
  expect(table(rows, columns, output({ isTTY: true, columns: 80 }, { NO_COLOR: '1' }), '')[1]).toBe('104');
});

it('shows control characters of others instead of obeying them', () => {
  const rows = [{ id: '104', name: 'a\u001b[2Jb\nc\u202e' }];
  expect(table(rows, columns, plain, '')[1]).toBe('104  a\\u{1b}[2Jb\\u{a}c\\u{202e}');
});
