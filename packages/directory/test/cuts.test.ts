import { skipWithout } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { DirectoryError } from '../src/index.ts';
import { type Fate, startMeter } from './meter.ts';
import { directoryAt, forever, group, somebody, unit, type World, world } from './set-up.ts';

const entries = (suffix: string) =>
  unit(suffix, 'people') +
  unit(suffix, 'groups') +
  somebody(suffix, 'p1', { number: 1 }) +
  somebody(suffix, 'p2', { number: 2 }) +
  somebody(suffix, 'p3', { number: 3 }) +
  group(suffix, 'outer', 'groupOfNames', [
    `member: uid=p1,ou=people,${suffix}`,
    `member: cn=inner,ou=groups,${suffix}`,
  ]) +
  group(suffix, 'inner', 'groupOfNames', [
    `member: UID=p2,ou=people,${suffix}`,
    `member: uid=p3,ou=people,${suffix}`,
  ]);

/** Does it for each, some at a time. */
async function forEach(
  items: readonly number[],
  atOnce: number,
  work: (item: number) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

describe.skipIf(skipWithout('slapd'))('an answer that ends too early', () => {
  let one: World;

  beforeAll(async () => {
    one = await world({ entries });
  });

  const reading = (port: number, answerMs: number) => {
    const { suffix } = one.at;
    const groups = { team: `cn=outer,ou=groups,${suffix}` };
    return directoryAt({ port, suffix }, { groups }, { connectMs: 20_000, answerMs }).read(forever);
  };
  const loggingIn = (port: number, answerMs: number) =>
    directoryAt({ port, suffix: one.at.suffix }, {}, { connectMs: 20_000, answerMs }).logIn(
      'p2',
      'secret-p2',
      forever,
    );

  /** What comes of it over a relay that lets `most` bytes pass; undefined where it rejects with an error as it should be. */
  const over = async <T>(ask: (port: number, answerMs: number) => Promise<T>, most: number, fate: Fate) => {
    const meter = await startMeter(one.at.port, most, fate);
    try {
      return { value: await ask(meter.port, fate === 'stall' ? 150 : 20_000), passed: meter.passed() };
    } catch (error) {
      expect(error).toBeInstanceOf(DirectoryError);
      expect(error).toMatchObject({ reason: 'no-answer' });
      return undefined;
    } finally {
      await meter.close();
    }
  };

  it.each([['read', reading] as const, ['login', loggingIn] as const])(
    'is no answer to a %s, at whatever byte',
    async (_, ask) => {
      const whole = await over<unknown>(ask, Number.POSITIVE_INFINITY, 'end');
      if (!whole) throw new Error('it fails without a cut, too');
      const { value, passed } = whole;
      expect(value).toBeDefined();
      expect(await over<unknown>(ask, passed, 'end')).toMatchObject({ value });
      const cuts = Array.from({ length: passed }, (_, most) => most);
      await forEach(cuts, 8, async (most) => {
        expect(await over<unknown>(ask, most, most % 2 === 0 ? 'end' : 'reset')).toBeUndefined();
      });
      const stalls = cuts.filter((most) => most % 9 === 0 || most > passed - 20);
      await forEach(stalls, 40, async (most) => {
        expect(await over<unknown>(ask, most, 'stall')).toBeUndefined();
      });
    },
  );
});
