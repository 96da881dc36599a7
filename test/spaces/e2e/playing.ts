import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@huismeester/testkit';
import { type Estate, openEstate } from './estate.ts';
import { type Closers, raise } from './power-supply.ts';
import type { LaterRow, Row } from './row.ts';

/** What was done in a row, or why it could not be played. */
export interface Played {
  readonly does: readonly string[];
  readonly finds: readonly string[];
  readonly failure: unknown;
}

const rowLimitMs = 110_000;
/** Whatever else would be done is due by then: two looks, and what follows. */
const afterwardsMs = 3_000;
const threeHoursMs = 3 * 3_600_000;

/** Plays all rows side by side in one estate. Rejects only when that could not be set up. */
export function playAll(rows: readonly Row[], database: string): Promise<Played[]> {
  return closing(async (closers) => {
    const supplies = await raise(rows, closers);
    const estate = await openEstate(rows, { supplies, database, closers });
    return await judged(
      estate,
      estate.plots.map((plot, index) => supplies[index]?.play(plot)),
    );
  });
}

/** Plays all rows side by side; once each has come to where Huismeester is to be killed, it is, and runs again 3 h later. */
export function playLater(rows: readonly LaterRow[], database: string): Promise<Played[]> {
  return closing(async (closers) => {
    const onUpsd = rows.map((row) => ({ ...row, on: 'upsd' as const, play: row.afterwards }));
    const supplies = await raise(onUpsd, closers);
    const estate = await openEstate(rows, { supplies, database, closers });
    const all = (phase: 'first' | 'lastly' | 'meanwhile') =>
      Promise.allSettled(estate.plots.map((plot, index) => rows[index]?.[phase]?.(plot)));
    const before = [await all('first'), await all('lastly')];
    await estate.program.kill();
    before.push(await all('meanwhile'));
    await estate.program.start({ laterMs: threeHoursMs });
    return await judged(
      estate,
      estate.plots.map(async (plot, index) => {
        for (const phase of before) {
          const played = phase[index];
          if (played?.status === 'rejected') throw played.reason;
        }
        await rows[index]?.afterwards(plot);
      }),
    );
  });
}

async function closing<T>(run: (closers: Closers) => Promise<T>): Promise<T> {
  const closers: Closers = [];
  try {
    return await run(closers);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** A row that waits for ever must not keep the others from being judged. */
async function judged(estate: Estate, playing: readonly (Promise<void> | undefined)[]): Promise<Played[]> {
  const over = new AbortController();
  const overdue = sleep(rowLimitMs, undefined, { signal: over.signal, ref: false }).then(() => {
    throw new Error(`it was not played to its end in ${rowLimitMs} ms`);
  });
  const played = await Promise.allSettled(playing.map((row) => Promise.race([row, overdue])));
  over.abort();
  await overdue.catch(() => {
    // Nobody waits for it any more.
  });
  const end = performance.now() + afterwardsMs;
  await waitFor('what follows', () => performance.now() > end);
  return await Promise.all(
    estate.plots.map(async (plot, index) => {
      const result = played[index];
      return {
        does: await estate.deedsOn(plot),
        finds: await estate.violationsOn(plot),
        failure: result?.status === 'rejected' ? result.reason : undefined,
      };
    }),
  );
}
