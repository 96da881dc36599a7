import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWrong, mostRows, readTable, writeTable } from './table.ts';

const columns = { all: ['id', 'name', 'note'], required: ['id', 'name'] };
const read = (text: string) => {
  const found = readTable(text, columns);
  if (isWrong(found)) return found.map(({ field, found: what, allowed }) => `${field}: ${what} (${allowed})`);
  return found.map(({ line, cells }) => [line, Object.fromEntries(cells)]);
};

test.each([
  ['commas', 'id,name\r\na,Bar PC\r\n', [[2, { id: 'a', name: 'Bar PC' }]]],
  [
    'semicolons, a BOM, no end of the last line',
    '\ufeffid;name\na;Bar, PC',
    [[2, { id: 'a', name: 'Bar, PC' }]],
  ],
  ['old Macs', 'id,name\ra,b\r', [[2, { id: 'a', name: 'b' }]]],
  ['capitals and blanks in the header', ' ID , Name \na,b\n', [[2, { id: 'a', name: 'b' }]]],
  [
    'quotes, with lines in them',
    'id,name\na,"x\r\ny ""z"""\nb,c\n',
    [
      [2, { id: 'a', name: 'x\r\ny "z"' }],
      [4, { id: 'b', name: 'c' }],
    ],
  ],
  ['a quote in the middle is text', 'id,name\na,19" rack\n', [[2, { id: 'a', name: '19" rack' }]]],
  ['empty lines', 'id,name\n\n,\na,b\n\n', [[4, { id: 'a', name: 'b' }]]],
  ['cells beyond the last column, if they are empty', 'id,name\na,b,,\n', [[2, { id: 'a', name: 'b' }]]],
  ['a formula that was made a text', "id,name\na,'=1+1\n", [[2, { id: 'a', name: '=1+1' }]]],
  [
    'signs of formulas that were made texts, as other keyboards have them',
    "id,name\na,'＝1\n",
    [[2, { id: 'a', name: '＝1' }]],
  ],
  ['an apostrophe of its own', "id,name\na,'s nachts\n", [[2, { id: 'a', name: "'s nachts" }]]],
])('reads %s', (_, text, rows) => {
  expect(read(text)).toEqual(rows);
});

test.each([
  ['nothing', '', ['line 1, id: nothing (this column)', 'line 1, name: nothing (this column)']],
  ['a header alone', 'id,name\n', ['line 2: nothing (a line for each of them)']],
  [
    'one line that is no header',
    'a,Bar PC\n',
    expect.arrayContaining(['line 1: bar pc (each once: id, name, note)']),
  ],
  ['a column twice', 'id,name,name\na,b,c\n', ['line 1: name (each once: id, name, note)']],
  ['too few cells', 'id,name,note\na,b\n', ['line 2: 2 cells (3, as line 1 has)']],
  ['too many cells', 'id,name\na,b,c\n', ['line 2: 3 cells (2, as line 1 has)']],
  [
    'a quote that is not closed',
    'id,name\na,"b\nc,d\n',
    ['line 2: a quote that is not closed (a closing one)'],
  ],
  [
    'text after a quote',
    'id,name\na,"b"c\n',
    ['line 2: c… after a closing quote (, or the end of the line)'],
  ],
  ['a line of commas', ','.repeat(1_000_000), ['line 1: more than 200 cells (200 at most)']],
  [
    'too many lines',
    `id,name\n${'a,b\n'.repeat(mostRows + 1)}`,
    ['body: more than 10000 lines (10000 at most)'],
  ],
])('refuses %s', (_, text, wrong) => {
  expect(read(text)).toEqual(wrong);
});

const texts = fc.array(
  fc.record({
    id: fc.stringMatching(/^[a-z]{1,9}$/),
    name: fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n\'",; a') }),
    ),
    note: fc.string({ unit: 'binary' }),
  }),
  { minLength: 1, maxLength: 8 },
);

test('what is written is read as it was, and so does another program; a spreadsheet finds no formula in it', () => {
  fc.assert(
    fc.property(texts, (rows) => {
      const text = writeTable(columns.all, rows);
      expect(read(`\ufeff${text}`)).toEqual(rows.map((row) => [expect.any(Number), row]));
      const [, ...others] = parse(text, { record_delimiter: '\r\n' });
      for (const [index, cells] of others.entries()) {
        for (const [column, cell] of cells.entries()) {
          const was = Object.values(rows[index] ?? {})[column] ?? '';
          expect(cell).not.toMatch(/^[=+\-@\t\r]/);
          expect([was, `'${was}`]).toContain(cell);
        }
      }
    }),
  );
});
