import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const names = ['host', 'port', 'password', 'anonymousRead'];

test.each([
  ['prot', 'port'],
  ['Host', 'host'],
  ['pasword', 'password'],
  ['anonymousread', 'anonymousRead'],
  ['colour', undefined],
  ['', undefined],
  ['ghost', 'host'],
])('"%s" was meant to be %s', (wrong, meant) => expect(nearest(wrong, names)).toBe(meant));

test('of nothing, nothing', () => expect(nearest('a', [])).toBeUndefined());
