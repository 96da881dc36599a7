import { expect, test } from 'vitest';
import { idOfName, nextCableId } from './item-id.ts';

test.each([
  ['Bar PC', 'bar-pc'],
  ['  Café «Ø» 3.0 ', 'cafe-3-0'],
  ['日本', 'item'],
  ['x'.repeat(80), 'x'.repeat(64)],
  ['sw1', 'sw1-3'],
  [`${'y'.repeat(70)}`, `${'y'.repeat(62)}-2`],
])('the id of %s', (name, id) => {
  const taken = ['sw1', 'sw1-2', 'y'.repeat(64)];
  expect(idOfName(name, (each) => taken.includes(each))).toBe(id);
});

test('cables are counted on, past ids that were chosen', () => {
  expect(nextCableId(() => false, 0)).toBe('c1');
  expect(nextCableId((id) => id === 'c3', 2)).toBe('c4');
});
