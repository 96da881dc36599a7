import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('of many at once each begins a while after the one before', async () => {
  const gate = createGate();
  const asked = performance.now();
  const begun = await Promise.all(Array.from({ length: 11 }, () => gate(async () => performance.now())));
  // Timers may be up to 1 ms early.
  expect(Math.max(...begun) - asked).toBeGreaterThanOrEqual(99);
});

test('four are checked at once, 32 wait, and the next is refused; whoever waits comes when another is done', async () => {
  const gate = createGate();
  const held = Promise.withResolvers<void>();
  let atOnce = 0;
  let most = 0;
  const work = async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await held.promise;
    atOnce -= 1;
  };
  const let36 = Array.from({ length: 36 }, () => gate(work));
  await expect(gate(work)).rejects.toMatchObject({ status: 429, code: 'too-many-logins' });
  held.resolve();
  await Promise.all(let36);
  expect(most).toBeLessThanOrEqual(4);
});
