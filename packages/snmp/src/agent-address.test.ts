import { createRatedClock } from '@huismeester/clock';
import { describe, expect, it } from 'vitest';
import { type Address, createAgentAddress } from './agent-address.ts';

const [one, other] = ['10.0.0.1', '10.0.0.2'].map((address) => ({ address, family: 4 })) as [
  Address,
  Address,
];
const away = () => Promise.reject(new Error('EAI_AGAIN'));
const hanging = () => new Promise<never>(() => undefined);

/** Its time is set by hand, but for timers, which are due soon. */
function addressBy(...answers: (() => Promise<Address>)[]) {
  let ms = 0;
  let asked = 0;
  const clock = { ...createRatedClock({ rate: 1_000 }), monotonicMs: () => ms };
  const lookUp = () => {
    asked += 1;
    return answers[asked - 1]?.() ?? away();
  };
  return {
    find: createAgentAddress({ host: 'switch.space', waitMs: 1_000, clock, lookUp }),
    asked: () => asked,
    pass: (passedMs: number) => {
      ms += passedMs;
    },
  };
}

describe('the address of an agent', () => {
  it('is the last one known while its name cannot be resolved, or not in time', async () => {
    const { find, pass, asked } = addressBy(async () => one, away, hanging);
    for (const lookUps of [1, 2, 3, 3]) {
      expect(await find()).toEqual(one);
      expect(asked()).toBe(lookUps);
      pass(60_000);
    }
  });

  it('is looked up anew after a while, and no more often', async () => {
    const { find, pass, asked } = addressBy(
      async () => one,
      async () => other,
    );
    await find();
    pass(29_000);
    expect([await find(), asked()]).toEqual([one, 1]);
    pass(2_000);
    expect([await find(), asked()]).toEqual([other, 2]);
  });

  it('is not known where it was never resolved, and is looked up each time then, once at a time', async () => {
    const late = Promise.withResolvers<Address>();
    const { find, asked } = addressBy(away, () => late.promise);
    await expect(find()).rejects.toThrow('EAI_AGAIN');
    const both = [find(), find()];
    expect(asked()).toBe(2);
    late.resolve(one);
    expect(await Promise.all(both)).toEqual([one, one]);
  });
});
