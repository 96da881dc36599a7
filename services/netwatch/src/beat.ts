import { type Clock, createLoop } from '@huismeester/clock';
import type { Going } from '@huismeester/service';
import type { Store } from './adapters/store.ts';
import { nowOf } from './clock.ts';
import type { Now } from './core/moment.ts';
import type { Signal } from './core/world.ts';
import type { Ledger } from './ledger.ts';

/** How often it is written down that this service looks, ms: after a crash no more than this is lost of what was known. */
const beatMs = 10_000;
/** Without a beat for longer than this nothing counts as known since the last one, ms. */
const pausedMs = 3 * beatMs;

export interface BeatOptions {
  readonly clock: Clock;
  readonly store: Pick<Store, 'beat'>;
  readonly ledger: Pick<Ledger, 'post'>;
  /** After each beat. */
  readonly tick: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes down every while that this service looks, and once more at its end: of a restart in good order nothing is lost. While the
 * process was suspended with its machine, or could write nothing down for long, it counts as off.
 */
export function createBeat({ clock, store, ledger, tick, failed }: BeatOptions): Going {
  let last: Now | undefined;
  /** By the civil clock: the monotonic one stands still while a machine is suspended. */
  const isPaused = (now: Now) => last !== undefined && now.time - last.time > pausedMs;
  const beat = async (now: Now) => {
    await store.beat(new Date(now.time));
    last = now;
  };
  const loop = createLoop({
    everyMs: beatMs,
    clock,
    onError: failed,
    pass: async () => {
      const now = nowOf(clock);
      const paused: Signal[] = last && isPaused(now) ? [{ kind: 'paused', since: last }] : [];
      await beat(now);
      ledger.post(paused);
      tick();
      return undefined;
    },
  });
  return {
    start: loop.start,
    close: async () => {
      await loop.close();
      const now = nowOf(clock);
      if (!isPaused(now)) await beat(now).catch(failed);
    },
  };
}
