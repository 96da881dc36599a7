import type { Look } from '@huismeester/probes';
import type { Clock } from '@huismeester/service';
import { afterEach, expect, test } from 'vitest';
import { probeSettings } from '../../test/probe-settings.ts';
import { WatchedProbe } from './watched-probe.ts';

const good: Look = { outcome: 'up', answered: true };
const bad: Look = { outcome: 'down', reason: 'no-answer', answered: false };

let watched: WatchedProbe | undefined;
afterEach(() => watched?.close());

/** A probe on a clock that stands still but for the pauses between looks, which the test has pass. */
function watch({ core = false, every }: { readonly core?: boolean; readonly every?: string } = {}) {
  let ms = 0;
  let answer = good;
  let looks = 0;
  let pause: { readonly ms: number; readonly end: () => void } | undefined;
  const clock: Clock = {
    now: () => new Date(ms),
    monotonicMs: () => ms,
    after(delayMs, run) {
      // The deadline of a look, which ends before it.
      if (delayMs > 60_000) return () => undefined;
      pause = { ms: delayMs, end: run };
      return () => undefined;
    },
  };
  watched = new WatchedProbe({
    settings: probeSettings({ core, ...(every !== undefined && { every }) }),
    probe: async () => {
      looks += 1;
      return answer;
    },
    memory: {},
    clock,
    reports: { post: () => undefined, looked: () => undefined },
    around: { asked: () => undefined, lost: false },
    here: true,
    seen: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  const paused = async () => {
    while (!pause) await new Promise<void>((resolve) => setImmediate(resolve));
    return pause;
  };
  return {
    looks: () => looks,
    /** The pause after each of these looks, s. */
    async pausesAfter(answers: readonly Look[]): Promise<number[]> {
      const pauses: number[] = [];
      for (const each of answers) {
        answer = each;
        if (looks === 0) watched?.start();
        else await this.pass();
        pauses.push((await paused()).ms / 1000);
      }
      return pauses;
    },
    /** The pause passes, and so much more. */
    async pass(moreMs = 0): Promise<void> {
      const { ms: pauseMs, end } = await paused();
      pause = undefined;
      ms += pauseMs + moreMs;
      end();
    },
    paused,
  };
}

test.each([
  ['a probe every 30 s', {}, 30, 5],
  ['one that is core every 10 s', { core: true }, 10, 5],
  ['one whose settings say so as often as they say', { core: true, every: '1m' }, 60, 5],
  ['one that is looked at more often than that not less often', { every: '2s' }, 2, 2],
])('%s, and every 5 s while the verdict is in doubt', async (_, settings, usual, doubt) => {
  const pauses = watch(settings).pausesAfter([good, good, good, bad, bad, bad, bad, good, good, good]);
  expect(await pauses).toEqual([
    doubt, // No verdict yet.
    usual,
    usual,
    doubt,
    doubt,
    usual, // Down.
    usual,
    doubt,
    usual, // Up again.
    usual,
  ]);
});

test('looks that were missed in a pause of the process are not made up for', async () => {
  const play = watch();
  await play.pausesAfter([good, good]);
  await play.pass(3_600_000);
  expect([(await play.paused()).ms, play.looks()]).toEqual([30_000, 3]);
  await play.pass();
  expect([(await play.paused()).ms, play.looks()]).toEqual([30_000, 4]);
});
