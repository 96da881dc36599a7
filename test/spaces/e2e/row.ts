import type { GuestState, NutSimulator } from '@huismeester/simulators';
import type { Upsd } from '@huismeester/testkit';
import type { Class } from './classes.ts';
import type { Plot } from './plot.ts';

/** What a row's plot is like, where it is not as all others are: one UPS, one node, a guest of each class on it. */
export interface Ground {
  readonly is: string;
  /** Variables of its UPS besides, or instead of, those of a healthy one; undefined: not at all. */
  readonly vars?: Readonly<Record<string, string | undefined>>;
  /** Two: a second UPS feeds the node too, as healthy as the first. */
  readonly feeds?: 1 | 2;
  readonly guests?: { readonly [C in Class]?: Partial<GuestState> };
  /** Settings of the node. */
  readonly node?: Readonly<Record<string, string>>;
  /** The guest that Huismeester itself needs. */
  readonly self?: Class;
  /** The lines of a `.seq` script, which dummy-ups plays from when its driver is started. */
  readonly script?: readonly string[];
}

/** One row of the table: what happens, and all that is done about it, as `deedsOf` tells it. */
interface Told extends Ground {
  readonly does: readonly string[];
  /** The kinds of violations that are open in the end. */
  readonly finds?: readonly string[];
}

/** On a real upsd: the one that most rows share, or one that only this row may stop. */
export interface RealRow extends Told {
  readonly on: 'upsd' | 'own upsd';
  /** Before Huismeester is there. */
  readonly before?: (upsd: Upsd, ups: string) => Promise<void>;
  readonly play: (plot: Plot, upsd: Upsd) => Promise<void>;
}

/** What a real upsd cannot play. */
export interface SimulatedRow extends Told {
  readonly on: 'simulator';
  readonly play: (plot: Plot, simulator: NutSimulator) => Promise<void>;
}

export type Row = RealRow | SimulatedRow;

/** A row in which Huismeester is killed, and started again hours later. */
export interface LaterRow extends Told {
  /** While all others of the table do the same. */
  readonly first?: (plot: Plot) => Promise<void>;
  /** Right before it is killed. */
  readonly lastly?: (plot: Plot) => Promise<void>;
  /** What happens while nothing runs. */
  readonly meanwhile?: (plot: Plot) => Promise<void>;
  /** From when it runs again. */
  readonly afterwards: (plot: Plot) => Promise<void>;
}
