import { Writable } from 'node:stream';
import { createLogger, systemClock } from '@huismeester/service';
import { waitFor } from '@huismeester/testkit';
import { expect, test } from 'vitest';
import { initialState } from './core/state.ts';
import { usualTiming } from './core/timing.ts';
import { UpsPoller, type UpsPollerOptions } from './poller.ts';
import { UpsTrouble } from './ports.ts';

function pollerOf(options: Pick<UpsPollerOptions, 'reader' | 'logger'>, saved: string[] = []): UpsPoller {
  return new UpsPoller({
    state: initialState('rack'),
    store: {
      load: async () => initialState('rack'),
      save: async (_, events) => void saved.push(...events.map(({ type }) => type)),
    },
    clock: systemClock,
    every: { status: 1, variables: 3_600_000 },
    timing: usualTiming,
    changed: () => undefined,
    ...options,
  });
}

test('nothing follows from a look that was in progress when it was closed', async () => {
  const answers: ((tokens: ReadonlySet<string>) => void)[] = [];
  const saved: string[] = [];
  const reader = {
    status: () => new Promise<ReadonlySet<string>>((resolve) => answers.push(resolve)),
    variables: async () => ({ charge_pct: 90 }),
  };
  const poller = pollerOf({ reader, logger: createLogger({ level: 'silent' }) }, saved);
  const answer = async (nth: number) => {
    const give = await waitFor(`look ${nth}`, () => answers[nth - 1]);
    give(new Set(['OB']));
  };
  poller.start();
  await answer(1);
  await waitFor('a second look', () => answers.length >= 2);
  const closed = poller.close();
  await answer(2);
  await closed;
  expect(saved).toEqual([]);
});

test('a UPS that cannot be read is logged once, with the reason, without a stack trace', async () => {
  const logged: string[] = [];
  let looks = 0;
  const status = async () => {
    looks += 1;
    throw new UpsTrouble('unreachable', 'UPS "rack" cannot be read', { cause: new Error('ECONNREFUSED') });
  };
  const write = (chunk: Buffer, _: string, done: () => void) => {
    logged.push(String(chunk));
    done();
  };
  const logger = createLogger({ level: 'warn', destination: new Writable({ write }) });
  const poller = pollerOf({ reader: { status, variables: async () => ({}) }, logger });
  poller.start();
  await waitFor('several looks', () => looks > 3);
  await poller.close();
  expect(logged).toHaveLength(1);
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({
    ups: 'rack',
    reason: 'UPS "rack" cannot be read (ECONNREFUSED)',
  });
  expect(logged[0]).not.toContain('    at ');
  expect(logged[0]).not.toContain('stack');
});
