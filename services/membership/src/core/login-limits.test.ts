import { expect, test } from 'vitest';
import { createLoginLimits } from './login-limits.ts';

function limits() {
  const clock = { now: 0 };
  const made = createLoginLimits(() => clock.now);
  const attempt = (login: string, address: string, person?: string) => ({ login, person, address });
  return {
    clock,
    ...made,
    begin: (...args: Parameters<typeof attempt>) => made.begin(attempt(...args)),
    attempt,
  };
}

test('three wrong logins of one name in 5 minutes, then it waits until the first of them is 5 minutes old', () => {
  const { clock, begin } = limits();
  expect(begin('jan', '10.0.0.1')).toBe(0);
  clock.now = 60_000;
  expect([begin('jan', '10.0.0.2'), begin('jan', '10.0.0.3')]).toEqual([0, 0]);
  clock.now = 100_000;
  expect(begin('jan', '10.0.0.4')).toBe(200_000);
  expect(begin('piet', '10.0.0.1')).toBe(0);
  clock.now = 300_001;
  expect(begin('jan', '10.0.0.4')).toBe(0);
  expect(begin('jan', '10.0.0.4')).toBeGreaterThan(0);
});

test('many at once are no more than one after the other', () => {
  const { begin } = limits();
  const waits = Array.from({ length: 10 }, () => begin('jan', '10.0.0.1'));
  expect(waits.filter((ms) => ms === 0)).toHaveLength(3);
});

test('a person is locked under every login of theirs, and which those are is not said', () => {
  const { begin } = limits();
  for (const login of ['jan', 'jan@a', 'jan@b']) expect(begin(login, '10.0.0.1', 'p1')).toBe(0);
  expect(begin('jan@c', '10.0.0.1', 'p1')).toBe('locked');
  expect(begin('piet@c', '10.0.0.1', 'p2')).toBe(0);
});

test('twenty wrong logins from one address, whatever the names', () => {
  const { begin } = limits();
  const waits = Array.from({ length: 30 }, (_, n) => begin(`guess${n}`, '10.0.0.1'));
  expect(waits.filter((ms) => ms === 0)).toHaveLength(20);
  expect(begin('jan', '10.0.0.2')).toBe(0);
});

test('a right one forgets the wrong ones of that name, and one that nobody could judge does not count', () => {
  const { begin, good, takeBack, attempt } = limits();
  for (let n = 0; n < 40; n += 1) {
    expect(begin('jan', '10.0.0.1', 'p1')).toBe(0);
    if (n % 3 === 2) good(attempt('jan', '10.0.0.1', 'p1'));
    else takeBack(attempt('jan', '10.0.0.1', 'p1'));
  }
});
