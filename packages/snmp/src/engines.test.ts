import { createRatedClock } from '@huismeester/clock';
import { expect, it } from 'vitest';
import { createEngines } from './engines.ts';

const engine = (n: number) => Buffer.from(`800000000${(0x100 + n).toString(16)}`, 'hex');

it('takes few new engines a minute, and those that were authenticated always', () => {
  let now = 0;
  const engines = createEngines({ ...createRatedClock(), monotonicMs: () => now });
  expect(engines.mayTry(engine(0))).toBe(true);
  engines.authenticated(engine(0));
  const tried = Array.from({ length: 100 }, (_, i) => engines.mayTry(engine(i + 1)));
  expect(tried.filter(Boolean)).toHaveLength(9);
  expect(engines.mayTry(engine(0))).toBe(true);
  now += 60_000;
  expect(engines.mayTry(engine(50))).toBe(true);
});

it('takes no engine id that is none, and remembers the last 16', () => {
  const engines = createEngines(createRatedClock());
  expect(engines.mayTry(Buffer.alloc(4))).toBe(false);
  expect(engines.mayTry(Buffer.alloc(33))).toBe(false);
  for (let i = 0; i < 17; i += 1) engines.authenticated(engine(i));
  for (let i = 0; i < 10; i += 1) engines.mayTry(engine(100 + i));
  expect(engines.mayTry(engine(0))).toBe(false);
  expect(engines.mayTry(engine(16))).toBe(true);
});
