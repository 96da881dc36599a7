import type { UpsHistory } from '@huismeester/contracts';
import { createLoop, type Loop } from '@huismeester/events';
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

/**
 * Records how each UPS is, each minute and when its mains or its contact change. What is recorded is in answers at once; it is written by itself, beside
 * nothing that somebody waits for.
 */
export class History implements Going {
  readonly #options: HistoryOptions;
  readonly #loop: Loop;
  readonly #last = new Map<string, Sample['mains']>();
  /** Not written yet. */
  #waiting: readonly Recorded[] = [];
  #takenMs: number | undefined;
  #prunedMs: number | undefined;
  #cancelWrite: (() => void) | undefined;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#loop = createLoop({
      everyMs: sampleEveryMs,
      clock: options.clock,
      backoff: { firstMs: writeAfterMs, longestMs: sampleEveryMs },
      onError: options.failed,
      pass: () => this.#pass(),
    });
  }

  start(): void {
    this.#loop.start();
  }

  async close(): Promise<void> {
    this.#cancelWrite?.();
    await this.#loop.close();
    await this.#write().catch(this.#options.failed);
  }

  /** To be called when something of a UPS changed. */
  changed(ups: string): void {
    const { clock, upses } = this.#options;
    const sample = upses.get(ups)?.sample();
    if (sample === undefined || sample.mains === this.#last.get(ups)) return;
    this.#take(ups, sample);
    const wake = () => {
      this.#cancelWrite = undefined;
      this.#loop.wake();
    };
    this.#cancelWrite ??= clock.after(writeAfterMs, wake, { background: true });
  }

  async read(ups: string, { hours, points }: HistoryQuery): Promise<UpsHistory> {
    const { clock, store } = this.#options;
    const toMs = clock.now().getTime();
    const fromMs = toMs - hours * hourMs;
    // First: what is written meanwhile is then in both, and counts once.
    const recent = this.#waiting.filter(
      (each) => each.ups === ups && each.atMs >= fromMs && each.atMs <= toMs,
    );
    const stored = await store.read(ups, fromMs, toMs);
    return historyOf(ups, [...stored, ...recent.map(({ ups: _, ...sample }) => sample)], points);
  }

  #take(ups: string, sample: Sample): void {
    this.#last.set(ups, sample.mains);
    this.#waiting = [...this.#waiting, { ups, ...sample }].slice(-mostWaiting);
  }

  /** Takes the samples of a minute when it is over, and writes what waits; answers in how many ms the next minute is over. */
  async #pass(): Promise<number> {
    const { clock, upses } = this.#options;
    const nowMs = clock.monotonicMs();
    if (this.#takenMs === undefined || nowMs - this.#takenMs >= sampleEveryMs) {
      this.#takenMs = nowMs;
      for (const [id, ups] of upses) {
        const sample = ups.sample();
        if (sample) this.#take(id, sample);
      }
    }
    await this.#write();
    await this.#prune(nowMs);
    return this.#takenMs + sampleEveryMs - clock.monotonicMs();
  }

  async #write(): Promise<void> {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    await this.#options.store.add(batch);
    const written = new Set(batch);
    this.#waiting = this.#waiting.filter((each) => !written.has(each));
  }

  async #prune(nowMs: number): Promise<void> {
    if (this.#prunedMs !== undefined && nowMs - this.#prunedMs < pruneEveryMs) return;
    await this.#options.store.prune([...this.#options.upses.keys()]);
    this.#prunedMs = nowMs;
  }
}
