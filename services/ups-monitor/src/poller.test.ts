import { createLogger, systemClock } from '@huismeester/service';
import { waitFor } from '@huismeester/testkit';
import { expect, test } from 'vitest';
import { initialState } from './core/state.ts';
import { usualTiming } from './core/timing.ts';
import { UpsPoller } from './poller.ts';

test('nothing follows from a look that was in progress when it was closed', async () => {
  const answers: ((tokens: ReadonlySet<string>) => void)[] = [];
  const saved: string[] = [];
  const poller = new UpsPoller({
    state: initialState('rack'),
    reader: {
      status: () => new Promise((resolve) => answers.push(resolve)),
      variables: async () => ({ charge_pct: 90 }),
    },
    store: {
      load: async () => initialState('rack'),
      save: async (_, events) => void saved.push(...events.map(({ type }) => type)),
    },
    clock: systemClock,
    logger: createLogger({ level: 'silent' }),
    every: { status: 1, variables: 3_600_000 },
    timing: usualTiming,
    changed: () => undefined,
  });
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
