import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

const wrong = async () => undefined;

test('after a wrong one the next begins a while later', async () => {
  const gate = createGate();
  const asked = performance.now();
  for (let n = 0; n < 3; n += 1) await gate.pass(wrong);
  const last = await gate.pass(async () => performance.now() - asked);
  // Timers may be up to 1 ms early.
  expect(last).toBeGreaterThanOrEqual(147);
});

test('right ones do not wait for each other', async () => {
  const gate = createGate();
  const asked = performance.now();
  for (let n = 0; n < 100; n += 1) await gate.pass(async () => n);
  // 50 ms after each would be 5 s.
  expect(performance.now() - asked).toBeLessThan(4_000);
});

test('four are checked at once, 32 wait, and the next is refused; whoever waits comes when another is done', async () => {
  const gate = createGate();
  const held = Promise.withResolvers<true>();
  let atOnce = 0;
  let most = 0;
  const check = async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await held.promise;
    atOnce -= 1;
    return true;
  };
  gate.refuseIfFull();
  const let36 = Array.from({ length: 36 }, () => gate.pass(check));
  await expect(gate.pass(check)).rejects.toMatchObject({ status: 429, code: 'too-many-logins' });
  expect(() => gate.refuseIfFull()).toThrow(expect.objectContaining({ status: 429 }));
  held.resolve(true);
  await Promise.all(let36);
  expect(most).toBe(4);
  gate.refuseIfFull();
});
