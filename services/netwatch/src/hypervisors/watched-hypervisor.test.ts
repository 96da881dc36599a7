import { createRatedClock } from '@huismeester/clock';
import { waitFor } from '@huismeester/testkit';
import { afterEach, expect, test } from 'vitest';
import type { Signal } from '../core/world.ts';
import { WatchedHypervisor } from './watched-hypervisor.ts';

const id = 'hypervisor/pve';
const watched: WatchedHypervisor[] = [];
afterEach(async () => {
  for (const each of watched.splice(0)) await each.close();
});

/** A minute takes 60 ms as a rule. */
function watching({ here = false, rate = 1000, wasDown = false } = {}) {
  const clock = createRatedClock({ rate });
  const posted: Signal[] = [];
  const around = { lost: false };
  const log = { isRead: true };
  const each = new WatchedHypervisor({
    hypervisor: 'pve',
    here,
    pollMs: 2_000,
    wasDown,
    clock,
    reports: { post: (signals) => posted.push(...signals) },
    around,
    isRead: () => log.isRead,
    failed: (error) => {
      throw error;
    },
  });
  watched.push(each);
  each.start();
  const says = (failed: boolean) => each.takeIn({ failed, since: { time: clock.now().getTime() } });
  const sights = () => posted.map((signal) => (signal.kind === 'sight' ? signal.sight : signal.kind));
  const seen = (...expected: string[]) => waitFor(`${expected}`, () => `${sights()}` === `${expected}`);
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  return { each, clock, around, log, posted, says, sights, seen, wait };
}

test('what vm-lifecycle says is what is seen of it', async () => {
  const { each, says, seen } = watching();
  says(false);
  await seen('answers');
  says(true);
  await seen('answers', 'fails');
  each.takeIn(undefined);
  await seen('answers', 'fails', 'unseen');
});

test('once another machine answers again, nothing is seen until vm-lifecycle has looked again', async () => {
  const { each, around, clock, posted, says, sights, seen, wait } = watching();
  says(false);
  await seen('answers');
  around.lost = true;
  says(true);
  await wait(60_000);
  expect(sights()).toEqual(['answers']);
  expect(each.isClear(id, 0)).toBe(false);

  around.lost = false;
  const regainedMs = clock.monotonicMs();
  each.fromZero(new Set([id]));
  says(false);
  await seen('answers', 'answers');
  expect(clock.monotonicMs() - regainedMs).toBeGreaterThanOrEqual(18_000);
  const [, signal] = posted;
  if (signal?.kind !== 'sight') throw new Error('not a sight');
  expect(signal.since.ms).toBeGreaterThanOrEqual(regainedMs);
});

test('one on this machine is seen all the same', async () => {
  const { around, says, seen } = watching({ here: true });
  around.lost = true;
  says(true);
  await seen('fails');
});

test('that it refuses connections would have been said after three polls', () => {
  const { each, clock } = watching();
  const now = clock.monotonicMs();
  expect(each.isClear(id, now)).toBe(false);
  expect(each.isClear(id, now - 6_000)).toBe(true);
});

test('from a start on it is seen when vm-lifecycle has looked, too; that it was down is known at once', async () => {
  const begun = watching();
  const startedMs = begun.clock.monotonicMs();
  begun.says(false);
  await begun.seen('answers');
  expect(begun.clock.monotonicMs() - startedMs).toBeGreaterThanOrEqual(17_000);
  const others = [watching({ rate: 1, wasDown: true }), watching({ rate: 1 })];
  const down = watching({ rate: 1, wasDown: true });
  others[0]?.says(false);
  others[1]?.says(true);
  down.says(true);
  await down.seen('fails');
  expect(others.map(({ sights }) => sights())).toEqual([[], []]);
});

test('while the log cannot be read nothing is known of it', async () => {
  const { log, posted, says, seen, wait, clock } = watching();
  says(false);
  await seen('answers');
  log.isRead = false;
  await seen('answers', 'unseen');
  log.isRead = true;
  const readMs = clock.monotonicMs();
  await wait(1);
  await seen('answers', 'unseen', 'answers');
  const signal = posted.at(-1);
  if (signal?.kind !== 'sight') throw new Error('not a sight');
  expect(signal.since.ms).toBeGreaterThanOrEqual(readMs);
});
