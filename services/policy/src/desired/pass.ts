import type { Hold } from '../facts/hold.ts';
import type { AnyRule, Mode, Notice, RuleEvent, Undecided, ViolationFound, Watch } from '../rules/define.ts';
import type { PolicySettings } from '../rules/settings.ts';
import type { Asked } from './asked.ts';
import type { DesiredRecord, Generation, Rehearsal } from './record.ts';
import type { PowerTarget } from './target.ts';

/** What the power pass itself has written before. */
export interface Memories {
  /** The table `rule_memory`: rows by key, by rule. */
  readonly rules: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  /** The table `desired_state`. */
  readonly desired: ReadonlyMap<PowerTarget, DesiredRecord>;
}

/** Nothing was decided yet. */
export const noMemories: Memories = { rules: new Map(), desired: new Map() };

/** Why a rule is silent, and since when (ms since 1970). */
export interface Silence {
  readonly why: string;
  readonly since: number;
  /** When time alone may end it, ms since 1970; otherwise it ends with some news. */
  readonly until?: number;
}

/** What the pass decides with, beside facts and memories. */
export interface PassContext {
  /** ms since 1970. */
  readonly now: number;
  /** When this process began, or the clock was last set back, ms since 1970: what was reported before is doubted. */
  readonly startedAt: number;
  /** Of policy's log. */
  readonly epoch: string;
  /** By `rule/clause`, those of this epoch; one that is not in it is in dry-run. */
  readonly modes: ReadonlyMap<string, Mode>;
  readonly settings: PolicySettings;
  /** The rules that want something of power targets (rules/index.ts). */
  readonly rules: readonly AnyRule[];
  /** The rules whose gate is closed, by name, and since when; the others are asked. */
  readonly closed: ReadonlyMap<string, Silence>;
  /** `PowerPass.silent` of the pass before in this process: kept in memory only. */
  readonly silentBefore?: ReadonlyMap<string, Silence>;
  /** `PowerPass.asked` of the pass before in this process; left out, each rule is asked anew. */
  readonly asked?: ReadonlyMap<string, Asked>;
}

/** All that changes at one moment. The lists are in the order in which they are to be logged. */
export interface PowerPass {
  /** To be appended, those of `events` first: outage.began and its stages come before the decisions that follow. */
  readonly events: readonly RuleEvent[];
  readonly generations: readonly Generation[];
  readonly rehearsals: readonly Rehearsal[];
  /** Holds whose time is over: `hold.released` (ended), and their rows go. */
  readonly endedHolds: readonly Hold[];
  readonly notices: readonly Notice[];
  /** Rows of `desired_state` to write; they are never deleted. */
  readonly desired: readonly DesiredRecord[];
  /** Rows of `rule_memory` to write, undefined: to delete; by rule and key. */
  readonly memory: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  /**
   * By rule. A rule that was asked: what of its kinds is found, and what is undecided; what is neither is closed. One that
   * settings leave out finds nothing. A rule that is silent is not in it: all rows of its kinds stay as they are.
   */
  readonly violations: ReadonlyMap<
    string,
    { readonly found: readonly ViolationFound[]; readonly undecided: readonly Undecided[] }
  >;
  /** By `rule/clause`, for `GET /clauses`; not stored. */
  readonly clauses: ReadonlyMap<string, Watch>;
  /** The rules that are silent, for health, and for the next pass. */
  readonly silent: ReadonlyMap<string, Silence>;
  /** What each rule was asked with, if nothing new followed, for the next pass. */
  readonly asked: ReadonlyMap<string, Asked>;
  /** What rules threw, by rule, for the log. */
  readonly thrown: ReadonlyMap<string, unknown>;
  /** When time alone may change something, ms since 1970. */
  readonly lookAgainAt?: number;
  /** Memories after the pass. */
  readonly after: Memories;
}
