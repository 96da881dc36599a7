import { expect, test } from 'vitest';
import { carries, intentOf, intentText } from './intent.ts';

const creation = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4e';
const owner = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';

test('what is written is read again, also among what people wrote around it', () => {
  const text = intentText({ creation, owner });
  expect(intentOf(text)).toEqual({ creation, owner });
  expect(intentOf(`# my wiki\r\n${text.replaceAll('\n', '\r\n')}\r\nmore`)).toEqual({ creation, owner });
  expect(carries(text, creation)).toBe(true);
  expect(carries(text, owner)).toBe(false);
});

test.each([
  undefined,
  '',
  'huismeester',
  `huismeester: ${creation}`,
  `huismeester: ${creation} owner:jan`,
  `see huismeester: ${creation} owner:${owner}`,
  `huismeester: ${creation} owner:${owner} and more`,
])('%j is no intent', (text) => {
  expect(intentOf(text)).toBeUndefined();
});
