import { milliseconds, type ProbeSettings } from '@huismeester/contracts';
import type { Look, Probe } from '@huismeester/probes';
import { type Clock, createPoller, type Poller } from '@huismeester/service';
import { v7 as uuidv7 } from 'uuid';
import { nowOf } from '../clock.ts';
import {
  type CertificateWatch,
  lookAtCertificate,
  newCertificateWatch,
  type ShownCertificate,
  worstOf,
} from '../core/certificate.ts';
import type { Now } from '../core/moment.ts';
import { type Counting, look as count, fromZero, newWatch, type ProbeWatch } from '../core/probe-watch.ts';
import { interrupted, judgeQuality, type Slowness } from '../core/slowness.ts';
import type { Said, Signal } from '../core/world.ts';
import type { Memory } from '../memory.ts';
import type { Around, Reports, Watched } from '../ports.ts';
import { datesOf, isGood, seenOf } from './found.ts';

/** While a verdict is in doubt it is looked for so often, ms. */
const doubtMs = 5_000;
const usualMs = 30_000;
const coreMs = 10_000;
/** A look ends by itself at its deadline; if it does not, the loop must not hang for it. */
const graceMs = 2_000;

export interface WatchedProbeOptions {
  readonly settings: ProbeSettings;
  readonly probe: Probe;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly reports: Reports;
  readonly around: Around;
  /** It is at this machine: whether it answers says nothing of the network. */
  readonly here: boolean;
  /** After each look. */
  readonly seen: () => void;
  readonly failed: (error: unknown) => void;
}

/** What the last look found, for people. */
export interface LastLook extends Look {
  readonly at: Now;
}

/** How often a probe is looked at, ms. */
function everyMsOf({ every, core }: Pick<ProbeSettings, 'every' | 'core'>): number {
  return every === undefined ? (core ? coreMs : usualMs) : milliseconds(every);
}

/** Looks at one service for as long as it runs, and reports what that comes to. */
export class WatchedProbe implements Watched {
  readonly id: string;
  readonly settings: ProbeSettings;
  readonly #options: WatchedProbeOptions;
  readonly #poller: Poller;
  readonly #counting: Counting;
  readonly #slowAboveMs: number;
  #watch: ProbeWatch;
  #slowness: Slowness;
  #certificates: CertificateWatch;
  #last: LastLook | undefined;
  /** When the newest good look began, monotonic ms. */
  #goodMs = -1;
  /** Looks that began before this do not count, monotonic ms. */
  #zeroMs = 0;
  /** No other machine answered at the last look. */
  #isLost = false;
  /** What is stored of it. */
  #remembered: string;
  /** Who waits for the next look that begins. */
  #waiting: (() => void)[] = [];

  constructor(options: WatchedProbeOptions) {
    const { settings, memory, clock, failed } = options;
    const { failed: failedLooks, of = failedLooks } = settings.down;
    const deadlineMs = milliseconds(settings.deadline);
    this.#options = options;
    this.settings = settings;
    this.id = `probe/${settings.id}`;
    this.#counting = { failed: failedLooks, of: Math.max(of, failedLooks), good: settings.up.good };
    this.#slowAboveMs = settings.slowAbove === undefined ? deadlineMs / 2 : milliseconds(settings.slowAbove);
    this.#watch = newWatch(memory.flaps);
    this.#slowness = { recent: [], ...(memory.degraded && { degraded: memory.degraded }) };
    this.#certificates = newCertificateWatch(memory.certificates);
    this.#remembered = JSON.stringify(this.memory);
    const look = (signal: AbortSignal) => this.#look(signal);
    const everyMs = everyMsOf(settings);
    this.#poller = createPoller({ everyMs, deadlineMs: deadlineMs + graceMs, clock, failed, look });
  }

  start(): void {
    this.#poller.start();
  }

  async close(): Promise<void> {
    await this.#poller.close();
    // No look begins any more.
    for (const ended of this.#waiting.splice(0)) ended();
  }

  now(): void {
    this.#poller.now();
  }

  /** Looks now; resolves when a look that began after this is over, or none will begin any more. */
  lookNow(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    this.#poller.now();
    return promise;
  }

  fromZero(things: ReadonlySet<string>): void {
    if (!things.has(this.id)) return;
    this.#watch = fromZero(this.#watch);
    this.#zeroMs = this.#options.clock.monotonicMs();
    this.#poller.now();
  }

  isClear(_: string, ms: number): boolean {
    return this.#goodMs >= ms;
  }

  get looked(): boolean {
    return this.#last !== undefined;
  }

  /** The last look, for people. */
  get last(): LastLook | undefined {
    return this.#last;
  }

  /** The certificate to show: of several that the last looks found, the worst. */
  get certificate(): ShownCertificate | undefined {
    return worstOf(this.#certificates);
  }

  get memory(): Memory {
    const { degraded } = this.#slowness;
    const { said } = this.#certificates;
    return {
      flaps: this.#watch.flaps,
      ...((said.open || said.stages.length > 0) && { certificates: said }),
      ...(degraded && { degraded }),
    };
  }

  async #look(signal: AbortSignal): Promise<number | undefined> {
    const { probe, clock, seen, reports } = this.#options;
    const waiting = this.#waiting.splice(0);
    try {
      const began = nowOf(clock);
      const found = await probe(signal);
      signal.throwIfAborted();
      const inDoubt = this.#take(found, began);
      seen();
      reports.looked();
      return inDoubt ? doubtMs : undefined;
    } finally {
      for (const ended of waiting) ended();
    }
  }

  /** Whether the verdict is in doubt after this look. */
  #take(found: Look, began: Now): boolean {
    const { around, here, clock } = this.#options;
    this.#last = { ...found, at: began };
    if (isGood(found)) this.#goodMs = began.ms;
    this.#askedAround(found, began);
    if (began.ms < this.#zeroMs) return true;
    const isLost = around.lost && !here;
    // It is unknown from then on, and up again if it answers all the same.
    if (isLost && !this.#isLost) this.#watch = fromZero(this.#watch);
    this.#isLost = isLost;
    // While no other machine answers, that this one does not either says nothing.
    const seen = isLost && !isGood(found) ? ({ outcome: 'unknown', began } as const) : seenOf(found, began);
    const { watch, signals, inDoubt } = count(this.id, this.#watch, seen, this.#counting, nowOf(clock));
    this.#watch = watch;
    this.#report(signals, [...this.#quality(found, began), ...this.#shown(found)]);
    // That it is stable again is to be seen soon, too, and that other machines answer.
    return inDoubt || watch.flaps.flapping || isLost;
  }

  #askedAround({ outcome, answered, inVain }: Look, began: Now): void {
    const { settings, here, around } = this.#options;
    // What a command asked is not known here; a look that was not possible asked nobody.
    if (here || settings.kind === 'command' || (outcome === 'unknown' && !inVain && !answered)) return;
    around.asked(this.id, { gateway: settings.role === 'gateway', answered, began });
  }

  #report(signals: readonly Signal[], events: readonly Said[]): void {
    const { memory } = this;
    const text = JSON.stringify(memory);
    const remembered = text === this.#remembered ? undefined : new Map([[this.id, memory]]);
    this.#remembered = text;
    this.#options.reports.post([...signals, ...events.map(saying)], remembered);
  }

  #quality(found: Look, began: Now): Said[] {
    if (!isGood(found)) {
      this.#slowness = interrupted(this.#slowness);
      return [];
    }
    const { latencyMs, defect } = found;
    const seen = { began, ...(latencyMs !== undefined && { latencyMs }), ...(defect && { defect }) };
    const { slowness, begun, ended } = judgeQuality(this.#slowness, seen, this.#slowAboveMs);
    this.#slowness = slowness;
    const probe = this.settings.id;
    if (ended) return [{ type: 'probe.recovered', subject: this.id, data: { probe, ...ended } }];
    if (!begun) return [];
    const data = { probe, ...begun, since: new Date(begun.since.time).toISOString() };
    return [{ type: 'probe.degraded', subject: this.id, data }];
  }

  #shown({ certificate }: Look): readonly Said[] {
    if (!certificate) return [];
    const time = this.#options.clock.now().getTime();
    const seen = datesOf(certificate);
    const step = lookAtCertificate(this.settings.id, this.#certificates, seen, this.#counting, time);
    this.#certificates = step.watch;
    return step.events;
  }
}

function saying(event: Said): Signal {
  return { kind: 'said', id: uuidv7(), event };
}
