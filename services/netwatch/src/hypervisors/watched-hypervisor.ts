import { type Clock, createLoop, type Loop } from '@huismeester/clock';
import { nowOf } from '../clock.ts';
import { type LogWatch, sightOf, staleMs } from '../core/log-watch.ts';
import type { Outside } from '../core/thing.ts';
import type { Signal } from '../core/world.ts';
import type { Around, Reports, Watched } from '../ports.ts';

export interface WatchedHypervisorOptions {
  readonly hypervisor: string;
  /** It runs on this machine: our place in the network has nothing to do with it. */
  readonly here: boolean;
  /** How late vm-lifecycle may say that it fails, ms. */
  readonly newsMs: number;
  readonly clock: Clock;
  readonly reports: Pick<Reports, 'post'>;
  readonly around: Pick<Around, 'lost'>;
  readonly failed: (error: unknown) => void;
}

/** A hypervisor, core by policy (CORE-3). vm-lifecycle looks at it, and its log is what is looked at here: Proxmox is not asked twice. */
export class WatchedHypervisor implements Watched {
  readonly id: string;
  readonly here: boolean;
  /** There may be no vm-lifecycle: nothing waits for what it says. */
  readonly looked = true;
  readonly #options: WatchedHypervisorOptions;
  readonly #loop: Loop;
  #watch: LogWatch;
  /** Until then what the log says may be from before our place in the network was regained, monotonic ms. */
  #staleUntilMs = 0;

  constructor(options: WatchedHypervisorOptions) {
    const { clock, hypervisor, here, failed } = options;
    this.id = `hypervisor/${hypervisor}`;
    this.here = here;
    this.#options = options;
    this.#watch = { thing: this.id, from: nowOf(clock) };
    const pass = async () => this.#report();
    this.#loop = createLoop({ everyMs: 3_600_000, clock, onError: failed, pass });
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
    if (isGone) this.#post({ kind: 'sight', thing, sight: 'unseen', since: nowOf(this.#options.clock) });
    this.#loop.wake();
  }

  fromZero(things: ReadonlySet<string>): void {
    if (!things.has(this.id)) return;
    const now = nowOf(this.#options.clock);
    this.#watch = { ...this.#watch, from: now };
    this.#staleUntilMs = now.ms + staleMs;
    this.#loop.wake();
  }

  isClear(_: string, ms: number): boolean {
    const { clock, newsMs } = this.#options;
    return !this.#isBlind() && this.#staleMs() <= 0 && clock.monotonicMs() - ms >= newsMs;
  }

  /** @returns when to do so again, ms */
  #report(): number | undefined {
    if (this.#isBlind()) return undefined;
    const waitMs = this.#staleMs();
    if (waitMs > 0) return waitMs;
    const signal = sightOf(this.#watch, nowOf(this.#options.clock));
    if (signal) this.#post(signal);
    return undefined;
  }

  #post(signal: Signal): void {
    this.#options.reports.post([signal]);
  }

  #staleMs(): number {
    return this.#staleUntilMs - this.#options.clock.monotonicMs();
  }

  /** vm-lifecycle sees from where we do: once another machine answers, all is counted from zero. */
  #isBlind(): boolean {
    return this.#options.around.lost && !this.here;
  }
}
