import type { Look } from '@huismeester/probes';
import { systemClock } from '@huismeester/service';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { probeSettings } from '../../test/probe-settings.ts';
import type { Signal } from '../core/world.ts';
import type { Memory } from '../memory.ts';
import { WatchedProbe } from './watched-probe.ts';

const good: Look = { outcome: 'up', answered: true };
const bad: Look = { outcome: 'down', reason: 'wrong-answer', answered: true };

let around: { asked: () => void; lost: boolean };
let answer: Look;
let signals: Signal[];
let watched: WatchedProbe;

beforeEach(() => {
  around = { asked: () => undefined, lost: false };
  signals = [];
});
afterEach(() => watched.close());

function watch(memory: Memory = {}): void {
  watched = new WatchedProbe({
    settings: probeSettings({ id: 'plugin', kind: 'command', command: ['check'], every: '1h' }),
    probe: async () => answer,
    memory,
    clock: systemClock,
    reports: { post: (more) => signals.push(...more), looked: () => undefined },
    around,
    here: false,
    seen: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  watched.start();
}

/** What so many looks signal that find this. */
async function looks(count: number, found: Look): Promise<string[]> {
  answer = found;
  signals = [];
  for (let each = 0; each < count; each += 1) await watched.lookNow();
  return signals.map((signal) => (signal.kind === 'sight' ? signal.sight : signal.kind));
}

test('what answers while no other machine does is seen to, and what fails says nothing of itself', async () => {
  answer = good;
  watch();
  expect(await looks(2, good)).toContain('answers');
  around.lost = true;
  expect(await looks(2, good)).toEqual(['answers']);
  expect(await looks(4, bad)).toEqual(['unseen']);
  expect(await looks(2, good)).toEqual(['answers']);
});

test('what flapped is stable by time also while no other machine answers', async () => {
  answer = bad;
  around.lost = true;
  watch({ flaps: { times: [Date.now() - 660_000], flapping: true } });
  expect(await looks(4, bad)).toEqual(['unseen', 'stable']);
});
