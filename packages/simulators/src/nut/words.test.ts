import { expect, it } from 'vitest';
import { quoted, RequestParser } from './words.ts';

it.each([
  ['GET VAR rack ups.status\n', [['GET', 'VAR', 'rack', 'ups.status']]],
  ['SET VAR rack x "OB DISCHRG"\n', [['SET', 'VAR', 'rack', 'x', 'OB DISCHRG']]],
  ['PASSWORD "a\\"b\\\\c\\#d"\n', [['PASSWORD', 'a"b\\c#d']]],
  ['PASSWORD a\\ b # why\n', [['PASSWORD', 'a b']]],
  ['PASSWORD "a#b"\nVER\n', [['VER']]],
  ['A=B ""\n\nVER\n', [['A', '=', 'B', ''], [], ['VER']]],
  ['USERNAME caf\u00e9\r\n', [['USERNAME', 'caf']]],
  ['GET VAR rack "x\nVER\n', []],
])('reads %j', (text, requests) => {
  expect(new RequestParser().push(text)).toEqual(requests);
});

it('reads a request that comes in pieces', () => {
  const parser = new RequestParser();
  expect([...'GET "a \\"'].flatMap((character) => parser.push(character))).toEqual([]);
  expect(parser.push('b"\nVE')).toEqual([['GET', 'a "b']]);
  expect(parser.push('R\n')).toEqual([['VER']]);
});

it('quotes what the parser would take for something else', () => {
  const value = 'a "b" \\ #1';
  expect(new RequestParser().push(`X ${quoted(value)}\n`)).toEqual([['X', value]]);
});
