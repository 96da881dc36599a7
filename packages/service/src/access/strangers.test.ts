import { expect, test } from 'vitest';
import { createStrangers } from './strangers.ts';

test('an address that showed many tokens which do not exist is refused for a while, and no other', () => {
  let now = 0;
  const strangers = createStrangers(() => now);
  const show = (address: string, times: number) => {
    for (let n = 0; n < times; n += 1) strangers.count(address);
  };
  show('10.0.0.7', 29);
  strangers.check('10.0.0.7');
  show('10.0.0.7', 1);
  expect(() => strangers.check('10.0.0.7')).toThrow(/30 tokens from 10\.0\.0\.7/);
  strangers.check('10.0.0.8');
  now = 10_001;
  strangers.check('10.0.0.7');
  show('2001:db8:1:2::1', 20);
  show('2001:db8:1:2::2', 20);
  expect(() => strangers.check('2001:db8:1:2:3::3')).toThrow();
  strangers.check('2001:db8:1:3::1');
});
