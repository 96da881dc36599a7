import type { UpsHistory } from '@huismeester/contracts';
import { createLoop } from '@huismeester/events';
import type { Clock, Going } from '@huismeester/service';
import { historyOf, type Sample, sampleEveryMs } from '../core/history.ts';
import type { HistoryStore, Recorded } from './store.ts';

/** What changed is written so long afterwards, ms: not while a power cut is reacted to. */
const writeAfterMs = 10_000;
const pruneEveryMs = 3_600_000;
const hourMs = 3_600_000;
/** While nothing can be written so many are kept in memory, the newest. */
const mostWaiting = 5_000;

export interface HistoryOptions {
  readonly clock: Clock;
  readonly store: HistoryStore;
  /** Each UPS by its id, and how it is seen now; undefined until it was looked at. */
  readonly upses: ReadonlyMap<string, { sample(): Sample | undefined }>;
  readonly failed: (error: unknown) => void;
}

/** What is asked of a history: the last so many hours, in at most so many points. */
export interface HistoryQuery {
  readonly hours: number;
  readonly points: number;
}

/** Records how each UPS is, each minute and when its mains or its contact change. */
export interface History extends Going {
  /** To be called when something of a UPS changed. */
  changed(ups: string): void;
  read(ups: string, query: HistoryQuery): Promise<UpsHistory>;
}

/** What is recorded is in answers at once; it is written by itself, beside nothing that somebody waits for. */
export function createHistory({ clock, store, upses, failed }: HistoryOptions): History {
  const last = new Map<string, Sample['mains']>();
  const waiting: Recorded[] = [];
  let takenMs: number | undefined;
  let prunedMs: number | undefined;
  let cancelWrite: (() => void) | undefined;

  const take = (ups: string, sample = upses.get(ups)?.sample()) => {
    if (sample === undefined) return;
    last.set(ups, sample.mains);
    waiting.push({ ups, ...sample });
    if (waiting.length > mostWaiting) waiting.shift();
  };
  const write = async () => {
    const batch = [...waiting];
    if (batch.length === 0) return;
    await store.add(batch);
    const written = new Set(batch);
    waiting.splice(0, waiting.length, ...waiting.filter((each) => !written.has(each)));
  };
  const prune = async (nowMs: number) => {
    if (prunedMs !== undefined && nowMs - prunedMs < pruneEveryMs) return;
    await store.prune([...upses.keys()]);
    prunedMs = nowMs;
  };
  const loop = createLoop({
    everyMs: sampleEveryMs,
    clock,
    backoff: { firstMs: writeAfterMs, longestMs: sampleEveryMs },
    onError: failed,
    async pass() {
      const nowMs = clock.monotonicMs();
      if (takenMs === undefined || nowMs - takenMs >= sampleEveryMs) {
        takenMs = nowMs;
        for (const ups of upses.keys()) take(ups);
      }
      await write();
      await prune(nowMs);
      return takenMs + sampleEveryMs - clock.monotonicMs();
    },
  });
  return {
    start: loop.start,
    async close() {
      cancelWrite?.();
      await loop.close();
      await write().catch(failed);
    },
    changed(ups) {
      const sample = upses.get(ups)?.sample();
      if (sample === undefined || sample.mains === last.get(ups)) return;
      take(ups, sample);
      const wake = () => {
        cancelWrite = undefined;
        loop.wake();
      };
      cancelWrite ??= clock.after(writeAfterMs, wake, { background: true });
    },
    async read(ups, { hours, points }) {
      const toMs = clock.now().getTime();
      const fromMs = toMs - hours * hourMs;
      // First: what is written meanwhile is then in both, and counts once.
      const recent = waiting.filter((each) => each.ups === ups && each.atMs >= fromMs && each.atMs <= toMs);
      const stored = await store.read(ups, fromMs, toMs);
      const samples = [...stored, ...recent.map(({ ups: _, ...sample }) => sample)];
      return historyOf(ups, samples, points);
    },
  };
}
