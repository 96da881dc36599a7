import type { Ups } from '@huismeester/contracts';
import { createLoop, type Loop } from '@huismeester/events';
import type { Clock, ServiceContext } from '@huismeester/service';
import { type Decision, decide } from './core/decide.ts';
import type { Moment, Observation } from './core/observation.ts';
import { resourceOf } from './core/resource.ts';
import type { UpsState } from './core/state.ts';
import type { Timing } from './core/timing.ts';
import { resumedWatch, type Watch } from './core/watch.ts';
import { type UpsReader, type UpsStore, UpsTrouble } from './ports.ts';

type Question = 'status' | 'variables';

/** How soon after a first sight the confirming look comes. */
const confirmMs = 80;

export interface PollerOptions {
  readonly state: UpsState;
  readonly reader: UpsReader;
  readonly store: UpsStore;
  readonly clock: Clock;
  readonly logger: ServiceContext['logger'];
  /** Milliseconds from one look to the next. */
  readonly every: { readonly status: number; readonly variables: number };
  readonly timing: Timing;
  /** Called with the UPS as it is known now, after the first look and after each that changed it. */
  readonly changed: (ups: Ups) => void;
}

/** Looks at one UPS for as long as it runs, one look at a time, and stores what follows from each. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #loop: Loop;
  #state: UpsState;
  #watch: Watch;
  #variablesMs: number | undefined;
  #stored: boolean = true;
  #looked = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#watch = resumedWatch(options.state, this.#moment());
    this.#loop = createLoop({
      everyMs: options.every.status,
      pass: () => this.#pass(),
      onError: (error) =>
        this.#options.logger.error(
          { err: error, ups: this.#state.id },
          'a look at the UPS failed; looking again',
        ),
    });
  }

  /** Whether it has looked at least once. */
  get looked(): boolean {
    return this.#looked;
  }

  /** The UPS as it is known now, or as a given stored state has it, with the newest numbers. */
  resource(state = this.#state): Ups {
    return resourceOf(state, this.#watch);
  }

  start(): void {
    this.#loop.start();
  }

  /** Ends after the look in progress. */
  close(): Promise<void> {
    return this.#loop.close();
  }

  /** A look; returns in how many milliseconds the next one is due. */
  async #pass(): Promise<number> {
    const { clock, every } = this.#options;
    const began = clock.monotonicMs();
    const confirm = await this.#look();
    return (confirm ? confirmMs : every.status) - (clock.monotonicMs() - began);
  }

  /** One look at the status, and at the variables too when the status changed or their time has come. */
  async #look(): Promise<boolean> {
    const { reader, clock, every } = this.#options;
    const before = this.#watch.tokens;
    const first = await this.#take('status', async () => ({
      kind: 'status',
      tokens: await reader.status(),
    }));
    if (!first) return false;
    const now = clock.monotonicMs();
    const changed = before !== this.#watch.tokens;
    if (!changed && this.#variablesMs !== undefined && now - this.#variablesMs < every.variables) {
      return first.confirm;
    }
    this.#variablesMs = now;
    const second = await this.#take('variables', async () => ({
      kind: 'variables',
      variables: await reader.variables(),
    }));
    return (second ?? first).confirm;
  }

  /** Asks, decides and stores; the decision, or undefined when there was no answer or it could not be stored. */
  async #take(asked: Question, ask: () => Promise<Observation>): Promise<Decision | undefined> {
    const observation = await this.#observe(asked, ask);
    if (this.#loop.closing) return undefined;
    const { store, timing } = this.#options;
    const moment = this.#moment();
    try {
      // It is not known whether a failed commit was made after all.
      if (!this.#stored) this.#state = await store.load(this.#state.id);
      this.#stored = true;
      const decision = decide(observation, this.#state, this.#watch, moment, timing);
      if (decision.events.length > 0) await this.#store(decision, moment);
      this.#know(decision);
      return observation.kind === 'failure' ? undefined : decision;
    } catch (error) {
      this.#stored = false;
      const details = { err: error, ups: this.#state.id };
      this.#options.logger.error(details, 'what was seen of the UPS could not be stored; looking again');
      return undefined;
    }
  }

  /** Goes on from a decision, whose events are stored. */
  #know({ state, watch }: Decision): void {
    const { tokens, variables } = this.#watch;
    const isSame = state === this.#state && watch.tokens === tokens && watch.variables === variables;
    const isFirst = !this.looked;
    this.#state = state;
    this.#watch = watch;
    this.#looked = true;
    if (isFirst || !isSame) this.#options.changed(this.resource());
  }

  async #observe(asked: Question, ask: () => Promise<Observation>): Promise<Observation> {
    const askedMs = this.#options.clock.monotonicMs();
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof UpsTrouble)) throw error;
      if (this.#watch.trouble?.contact !== error.code && !this.#loop.closing) {
        this.#options.logger.warn(
          { err: error, ups: this.#state.id },
          'the UPS cannot be read; trying again',
        );
      }
      return { kind: 'failure', asked, contact: error.code, askedMs };
    }
  }

  async #store({ state, events }: Decision, { time }: Moment): Promise<void> {
    await this.#options.store.save(state, events, new Date(time));
    const types = events.map(({ type }) => type);
    this.#options.logger.info({ ups: state.id, events: types }, 'said of the UPS');
  }

  #moment(): Moment {
    const { clock } = this.#options;
    return { time: clock.now().toISOString(), ms: clock.monotonicMs() };
  }
}
