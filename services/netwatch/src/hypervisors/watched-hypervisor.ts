import { type Clock, createLoop, type Loop } from '@huismeester/clock';
import { nowOf } from '../clock.ts';
import { type LogWatch, sightOf, staleMs } from '../core/log-watch.ts';
import { ageMs, type Now } from '../core/moment.ts';
import type { Outside } from '../core/thing.ts';
import type { Signal } from '../core/world.ts';
import type { Around, Reports, Watched } from '../ports.ts';

export interface WatchedHypervisorOptions {
  readonly hypervisor: string;
  /** It runs on this machine: our place in the network has nothing to do with it. */
  readonly here: boolean;
  /** How often vm-lifecycle polls it, ms. */
  readonly pollMs: number;
  /** It was down when the process before this one ended. */
  readonly wasDown: boolean;
  readonly clock: Clock;
  readonly reports: Pick<Reports, 'post'>;
  readonly around: Pick<Around, 'lost'>;
  /** Whether vm-lifecycle's log can be read. */
  readonly isRead: () => boolean;
  readonly failed: (error: unknown) => void;
}

/** How often is looked whether that log can still be read, ms. */
const everyMs = 10_000;
/** A log that could not be read for so long says nothing any more, ms. */
const unreadMs = 30_000;

/** A hypervisor, core by policy (CORE-3). vm-lifecycle looks at it, and its log is what is looked at here: Proxmox is not asked twice. */
export class WatchedHypervisor implements Watched {
  readonly id: string;
  readonly here: boolean;
  /** There may be no vm-lifecycle: nothing waits for what it says. */
  readonly looked = true;
  readonly #options: WatchedHypervisorOptions;
  readonly #loop: Loop;
  #watch: LogWatch;
  /** Until then what the log says may rest on what was seen before `from`, monotonic ms. */
  #staleUntilMs: number;
  /** That it fails is no news, and explains what fails from the start on. */
  #isKnownDown: boolean;
  /** Since when the log could not be read. */
  #unreadSince: Now | undefined;
  /** What was reported last. */
  #reported: string | undefined;

  constructor(options: WatchedHypervisorOptions) {
    const { clock, hypervisor, here, failed } = options;
    const now = nowOf(clock);
    this.id = `hypervisor/${hypervisor}`;
    this.here = here;
    this.#options = options;
    this.#watch = { thing: this.id, from: now };
    this.#staleUntilMs = this.#staleAfter(now);
    this.#isKnownDown = options.wasDown;
    const pass = async () => this.#pass();
    this.#loop = createLoop({ everyMs, clock, onError: failed, pass });
  }

  start(): void {
    this.#loop.start();
  }

  async close(): Promise<void> {
    await this.#loop.close();
  }

  /** vm-lifecycle looks by itself. */
  now(): void {}

  /** The log says something else; undefined: it does not know the hypervisor any more. */
  takeIn(said: Outside | undefined): void {
    const { thing, from } = this.#watch;
    const isGone = this.#watch.said !== undefined && said === undefined;
    this.#watch = said ? { thing, from, said } : { thing, from };
    if (isGone) this.#report(this.#unseen(nowOf(this.#options.clock)));
    this.#loop.wake();
  }

  fromZero(things: ReadonlySet<string>): void {
    if (things.has(this.id)) this.#beginAnew();
  }

  /** That it refuses connections is said after three polls. For one that is silent, which takes longer, no verdict waits: it takes over. */
  isClear(_: string, ms: number): boolean {
    const { clock, pollMs } = this.#options;
    return !this.#isBlind() && clock.monotonicMs() - ms >= 3 * pollMs;
  }

  /** @returns when there may be something to report, ms */
  #pass(): number | undefined {
    const { clock } = this.#options;
    if (this.#isBlind()) return undefined;
    const now = nowOf(clock);
    if (!this.#isRead(now)) return undefined;
    const waitMs = this.#staleUntilMs - now.ms;
    if (waitMs > 0 && !(this.#isKnownDown && this.#watch.said?.failed)) return waitMs;
    const signal = sightOf(this.#watch, now);
    if (signal) this.#report(signal);
    return undefined;
  }

  #isRead(now: Now): boolean {
    if (!this.#options.isRead()) {
      this.#unreadSince ??= now;
      if (this.#watch.said && ageMs(this.#unreadSince, now) >= unreadMs)
        this.#report(this.#unseen(this.#unreadSince));
      return false;
    }
    const wasAway = this.#unreadSince !== undefined && ageMs(this.#unreadSince, now) >= unreadMs;
    this.#unreadSince = undefined;
    if (wasAway) this.#beginAnew();
    return true;
  }

  #beginAnew(): void {
    const now = nowOf(this.#options.clock);
    this.#watch = { ...this.#watch, from: now };
    this.#isKnownDown = false;
    this.#staleUntilMs = this.#staleAfter(now);
    this.#reported = undefined;
    this.#loop.wake();
  }

  #staleAfter({ ms }: Now): number {
    return ms + staleMs + this.#options.pollMs;
  }

  #unseen(since: Now): Signal {
    return { kind: 'sight', thing: this.id, sight: 'unseen', since };
  }

  #report(signal: Signal): void {
    const what = JSON.stringify({ ...signal, since: this.#watch.said?.since });
    if (what === this.#reported) return;
    this.#reported = what;
    this.#options.reports.post([signal]);
  }

  /** vm-lifecycle sees from where we do: once another machine answers, all is counted from zero. */
  #isBlind(): boolean {
    return this.#options.around.lost && !this.here;
  }
}
