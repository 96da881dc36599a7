import type { Ups } from '@huismeester/contracts';
import { type Clock, createPoller, type Poller, reasonOf, type ServiceContext } from '@huismeester/service';
import { type Decision, decide } from './core/decide.ts';
import { type Sample, sampleOf } from './core/history.ts';
import type { Moment, Observation } from './core/observation.ts';
import { resourceOf } from './core/resource.ts';
import type { UpsState } from './core/state.ts';
import type { Timing } from './core/timing.ts';
import { resumedWatch, type Watch } from './core/watch.ts';
import { type UpsReader, type UpsStore, UpsTrouble } from './ports.ts';

const questions = {
  status: async (reader: UpsReader): Promise<Observation> => ({
    kind: 'status',
    tokens: await reader.status(),
  }),
  variables: async (reader: UpsReader): Promise<Observation> => ({
    kind: 'variables',
    variables: await reader.variables(),
  }),
};
type Question = keyof typeof questions;

/** How soon after a first sight the confirming look comes. */
const confirmMs = 80;
/** Each question has a limit of its own; beyond both together something else holds the look up, such as the database. */
const deadlineMs = 15_000;

export interface UpsPollerOptions {
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
export class UpsPoller {
  readonly #options: UpsPollerOptions;
  readonly #poller: Poller;
  #state: UpsState;
  #watch: Watch;
  #variablesMs: number | undefined;
  #stored: boolean = true;
  #looked: boolean = false;

  constructor(options: UpsPollerOptions) {
    const { state, every, clock, logger } = options;
    this.#options = options;
    this.#state = state;
    this.#watch = resumedWatch(state, this.#moment());
    this.#poller = createPoller({
      everyMs: every.status,
      deadlineMs,
      look: (signal) => this.#look(signal),
      failed: (error) =>
        logger.error({ err: error, ups: state.id }, 'a look at the UPS failed; looking again'),
      clock,
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

  /** The UPS as it is seen now; undefined until it was looked at. */
  sample(): Sample | undefined {
    if (!this.#looked) return undefined;
    return sampleOf(this.#state, this.#watch, this.#options.clock.now().getTime());
  }

  start(): void {
    this.#poller.start();
  }

  /** Waits for the end of the look in progress, from which nothing follows any more. */
  close(): Promise<void> {
    return this.#poller.close();
  }

  /** One look at the status, and at the variables too when the status changed or their time has come; when the next is due. */
  async #look(signal: AbortSignal): Promise<number | undefined> {
    const { clock, every } = this.#options;
    const before = this.#watch.tokens;
    let decision = await this.#take('status', signal);
    if (!decision) return undefined;
    const now = clock.monotonicMs();
    const changed = before !== this.#watch.tokens;
    if (changed || this.#variablesMs === undefined || now - this.#variablesMs >= every.variables) {
      this.#variablesMs = now;
      decision = (await this.#take('variables', signal)) ?? decision;
    }
    return decision.confirm ? confirmMs : undefined;
  }

  /** Asks, decides and stores; the decision, or undefined when there was no answer. */
  async #take(question: Question, signal: AbortSignal): Promise<Decision | undefined> {
    const observation = await this.#observe(question, signal);
    signal.throwIfAborted();
    const { store, timing, changed } = this.#options;
    const moment = this.#moment();
    if (!this.#stored) this.#state = await store.load(this.#state.id);
    // It is not known whether a commit that failed was made after all.
    this.#stored = false;
    const before = { state: this.#state, watch: this.#watch };
    const decision = decide(observation, before.state, before.watch, moment, timing);
    if (decision.events.length > 0) await this.#store(decision, moment);
    this.#stored = true;
    const isFirst = !this.#looked;
    this.#state = decision.state;
    this.#watch = decision.watch;
    this.#looked = true;
    if (isFirst || !isSame(before, decision)) changed(this.resource());
    return observation.kind === 'failure' ? undefined : decision;
  }

  async #observe(asked: Question, signal: AbortSignal): Promise<Observation> {
    const askedMs = this.#options.clock.monotonicMs();
    try {
      return await questions[asked](this.#options.reader);
    } catch (error) {
      if (!(error instanceof UpsTrouble)) throw error;
      if (this.#watch.trouble?.contact !== error.code && !signal.aborted) {
        const about = { ups: this.#state.id, reason: reasonOf(error) };
        this.#options.logger.warn(about, 'the UPS cannot be read; trying again');
      }
      return { kind: 'failure', asked, contact: error.code, askedMs };
    }
  }

  async #store({ state, events }: Decision, { time }: Moment): Promise<void> {
    await this.#options.store.save(state, events, new Date(time));
    const types = events.map(({ type }) => type);
    this.#options.logger.info({ ups: state.id, events: types }, 'events of the UPS');
  }

  #moment(): Moment {
    const { clock } = this.#options;
    return { time: clock.now().toISOString(), ms: clock.monotonicMs() };
  }
}

type Seen = Pick<Decision, 'state' | 'watch'>;

/** Whether nothing changed: what did not is the same object. */
function isSame(one: Seen, other: Seen): boolean {
  return (
    one.state === other.state &&
    one.watch.tokens === other.watch.tokens &&
    one.watch.variables === other.watch.variables
  );
}
