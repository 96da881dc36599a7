import { expect, test } from 'vitest';
import { killedAt, openPromoting } from './killed-everywhere.ts';

test.each([
  ['by the token', 'token', 12],
  ['by hand', 'none', 6],
] as const)(
  'a VM is moved %s once, wherever the process ends that sees to it',
  async (_, how, least) => {
    const promoting = await openPromoting(how, 40);
    try {
      let moments = 0;
      while (await killedAt(promoting, moments + 1)) moments += 1;
      expect(moments).toBeGreaterThanOrEqual(least);
    } finally {
      await promoting.close();
    }
  },
  900_000,
);
