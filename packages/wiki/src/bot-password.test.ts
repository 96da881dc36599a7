import { expect, it } from 'vitest';
import { isUsableBotPassword } from './bot-password.ts';

it.each([
  ['0123456789abcdefghijklmnopqrstuv', true],
  ['0123456789abcdefghijklmnopqrstuvw', true],
  ['w'.repeat(200), true],
  ['0123456789abcdefghijklmnopqrstu', false],
  ['0123456789abcdefghijklmnopqrstux', false],
  ['0123456789ABCDEFGHIJKLMNOPQRSTUV', false],
  ['0123456789abcdefghijklmnopqrstuv\n', false],
  ['', false],
])('a bot password of %j can be used: %s', (password, expected) => {
  expect(isUsableBotPassword(password)).toBe(expected);
});
