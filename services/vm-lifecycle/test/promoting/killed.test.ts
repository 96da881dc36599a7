import { expect, test } from 'vitest';
import { killedAt, openPromoting } from './killed-everywhere.ts';

// Every moment is in killed.long.ts.
test('a VM is moved once to the pool of its class, though the process that moved it was killed before it knew', {
  timeout: 300_000,
}, async () => {
  const promoting = await openPromoting('token', 1);
  try {
    expect(await killedAt(promoting, 10)).toBe(true);
  } finally {
    await promoting.close();
  }
});
