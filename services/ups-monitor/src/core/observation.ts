import type { Contact, Ups } from '@huismeester/contracts';
import type { Static } from 'typebox';

/** The ways in which a UPS cannot be read. */
export type Trouble = Exclude<Static<typeof Contact>, 'ok' | 'unknown'>;

/** What LIST VAR answered, as far as it is known; what cannot be true was left out by the reader. */
export type Variables = Pick<
  Ups,
  | 'manufacturer'
  | 'model'
  | 'charge_pct'
  | 'runtime_s'
  | 'load_pct'
  | 'input_v'
  | 'output_v'
  | 'battery_v'
  | 'power_w'
> & {
  /** `ups.test.result` as NUT gave it. */
  readonly testResult?: string;
  /** The input voltages below and above which the UPS goes over to its battery. */
  readonly transfer?: { readonly low_v: number; readonly high_v: number };
};

/** One look at one UPS. */
export type Observation =
  | { readonly kind: 'status'; readonly tokens: ReadonlySet<string> }
  | { readonly kind: 'variables'; readonly variables: Variables }
  | {
      readonly kind: 'failure';
      readonly asked: 'status' | 'variables';
      readonly contact: Trouble;
      /** When the question was asked, monotonic ms: an answer that never comes is missed from then on. */
      readonly askedMs: number;
    };

/** When something was observed. Ages are taken from `ms`, since the civil time may be set back. */
export interface Moment {
  /** ISO 8601 in UTC. */
  readonly time: string;
  /** Monotonic milliseconds. */
  readonly ms: number;
}
