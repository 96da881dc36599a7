import type { UpsEvent } from './core/events.ts';
import type { Trouble, Variables } from './core/observation.ts';
import type { UpsState } from './core/state.ts';

/** One UPS could not be read; `code` is in which of the ways, and `cause` is the client's own error. */
export class UpsTrouble extends Error {
  override readonly name = 'UpsTrouble';
  readonly code: Trouble;

  constructor(code: Trouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Reads one UPS; both throw {@link UpsTrouble}. */
export interface UpsReader {
  /** The tokens of `ups.status`. */
  status(): Promise<ReadonlySet<string>>;
  variables(): Promise<Variables>;
}

/** Keeps what was reported. */
export interface UpsStore {
  /** The stored state; a UPS that has none gets the initial one. */
  load(id: string): Promise<UpsState>;
  /** Appends the events and stores the state after them, in one transaction. */
  save(state: UpsState, events: readonly UpsEvent[], time: Date): Promise<void>;
}
