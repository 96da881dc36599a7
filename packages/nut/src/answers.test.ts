import { describe, expect, it } from 'vitest';
import { type AnswerReader, readList, readOk, readText, readValue } from './answers.ts';
import { NutError, NutProtocolError } from './errors.ts';

const prefix = ['VAR', 'rack', 'ups.status'];

it.each(['OK', 'OK TRACKING 1234', 'OK PRIMARY-GRANTED'])('takes %j for OK', (line) => {
  expect(readOk('SET')(line)).toEqual({ value: undefined });
});

it('reads a value, whatever the case of the names', () => {
  expect(readValue('GET', prefix)('VAR Rack UPS.STATUS "OL CHRG"')).toEqual({ value: 'OL CHRG' });
});

it('reads a line of free text, quotes and all', () => {
  expect(readText('VER')('upsd 2.8 "beta')).toEqual({ value: 'upsd 2.8 "beta' });
});

describe('readList', () => {
  const feed = (lines: string[], read: AnswerReader<string[][]>) => lines.map((line) => read(line));

  it('gives the columns of each row after END', () => {
    const lines = ['BEGIN LIST VAR rack', 'VAR rack a "1"', 'VAR rack b ""', 'END LIST VAR rack'];
    const answers = feed(lines, readList('LIST VAR rack', ['VAR', 'rack']));
    expect(answers.slice(0, 3)).toEqual([undefined, undefined, undefined]);
    expect(answers[3]).toEqual({
      value: [
        ['a', '1'],
        ['b', ''],
      ],
    });
  });

  it.each([
    [['VAR rack a "1"']],
    [['BEGIN LIST VAR attic']],
    [['BEGIN LIST VAR rack', 'VAR attic a "1"']],
    [['BEGIN LIST VAR rack', 'END LIST VAR attic']],
    [['BEGIN LIST VAR rack', 'BEGIN LIST VAR rack']],
  ])('refuses %j', (lines) => {
    expect(() => feed(lines, readList('LIST', ['VAR', 'rack']))).toThrow(NutProtocolError);
  });
});

describe('an ERR', () => {
  it.each([
    readOk,
    readText,
    (name: string) => readValue(name, prefix),
    (name: string) => readList(name, prefix),
  ])('becomes a NutError with its code', (reader) => {
    const read = reader('GET VAR rack x');
    expect(() => read('ERR DATA-STALE')).toThrow(NutError);
    expect(() => read('ERR DATA-STALE')).toThrow('upsd answered DATA-STALE to GET VAR rack x');
  });

  it('may have a code that nobody knows yet', () => {
    expect(() => readOk('SET')('ERR ON-HOLIDAY since "june"')).toThrow(
      expect.objectContaining({ code: 'ON-HOLIDAY' }),
    );
  });
});

it.each([
  ['SSH-2.0-OpenSSH_9.2', readOk('SET')],
  ['ERR', readOk('SET')],
  ['VAR rack ups.load "1"', readValue('GET', prefix)],
  ['VAR rack ups.status', readValue('GET', prefix)],
  ['VAR rack ups.status OL CHRG', readValue('GET', prefix)],
])('takes %j for no answer', (line, read) => {
  expect(() => read(line)).toThrow(NutProtocolError);
});
