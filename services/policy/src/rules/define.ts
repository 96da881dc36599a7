import type { EventData, EventType, Mode as ModeSchema, Reason, Stage } from '@huismeester/contracts';
import type { Static, TSchema } from 'typebox';
import type { PowerTarget } from '../desired/target.ts';
import type { FactName, Facts } from '../facts/index.ts';
import type { Evidence } from '../facts/ups.ts';
import type { PolicySettings } from './settings.ts';

export type Mode = Static<typeof ModeSchema>;

/** Who has the first say about a power target, highest first: an opinion overrules all those of the tiers below its own. */
export const tiers = ['hold', 'power', 'lease', 'restore', 'keep-running'] as const;
export type Tier = (typeof tiers)[number];

interface OpinionBase {
  readonly target: PowerTarget;
  readonly tier: Tier;
  readonly clause: string;
  readonly reasons: readonly Reason[];
  /** Ids of the events it follows from. */
  readonly evidence: readonly string[];
  /** The newest of these, and the chain that it belongs to. */
  readonly cause?: Evidence;
  /** Of the power cut that it follows from. */
  readonly stage?: Static<typeof Stage>;
}

/** The target is to run, or to be off. */
export interface Act extends OpinionBase {
  readonly kind: 'act';
  readonly state: 'running' | 'stopped';
  /** Of a rule that itself says when what vm-lifecycle gave up is asked for again: a higher number is a new decision. Without it the arbiter does, after 10 min. */
  readonly attempt?: number;
  /** Never more than rehearsed, whatever is armed: a guest that was shed only in dry-run is not ours to start. */
  readonly limitedTo?: 'dry-run';
}

/** The target is to be left as it is: nothing of a tier below may act. A bar has no mode and always counts. */
export interface Bar extends OpinionBase {
  readonly kind: 'bar';
  /** A decision of its own (state `hands-off`), even where no act is taken back by it; others are not written down. */
  readonly recorded?: true;
}

/** What a rule wants of one power target now. Levels: no opinion is no say, and at most one opinion a rule and target. */
export type Opinion = Act | Bar;

/** Where a rule's own opinion stands; of other rules' opinions a rule never knows anything. */
export interface Mine {
  readonly state: Act['state'];
  readonly attempt?: number;
  /** Since when the rule wants the same, ms since 1970. */
  readonly since: number;
  /** The generation that was made of it, and when that was (ms since 1970); none while it is overruled or in dry-run. */
  readonly generation?: number;
  readonly decidedAt?: number;
  /**
   * `pending`: decided and not reached yet; `met`: the target was as wanted once, so that nothing is asked any more; `overruled`: it counts, and
   * a higher tier has the say; `given-up`: vm-lifecycle gave up on its generation; `dry-run`: it does not count.
   */
  readonly fate: 'pending' | 'met' | 'overruled' | 'given-up' | 'dry-run';
}

/** What a rule decides with, beside facts and its own memory. */
export interface RuleContext {
  /** ms since 1970. */
  readonly now: number;
  /** When this process began, or the clock was last set back, ms since 1970. */
  readonly startedAt: number;
  /** Of policy's log. A row of memory that was written in another epoch is evidence of nothing that we did. */
  readonly epoch: string;
  /** The rule's own modes, by clause; one that is not in it is in dry-run. */
  readonly modes: ReadonlyMap<string, Mode>;
  /** Its own acts as they stand, by target. */
  readonly mine: ReadonlyMap<PowerTarget, Mine>;
  readonly settings: PolicySettings;
}

/** A domain event that follows from a rule: appended as it is, after the decisions of the same pass. */
export type RuleEvent = {
  readonly [T in EventType]: {
    readonly type: T;
    readonly subject: string;
    readonly data: EventData<T>;
    readonly cause?: Evidence;
  };
}[EventType];

/** What a notice says, as data: it is worded when it is sent, in the language of who gets it. */
export interface NoticeText {
  /** The clause of the infra policy that it follows from. */
  readonly clause: string;
  readonly reasons: readonly Reason[];
  /** Until when something can be done about it, or when it happens, ms since 1970. */
  readonly until?: number;
  /** One may renew this lease by a link, as long as it is the lease of this number with this end (ms since 1970). */
  readonly renew?: { readonly lease: string; readonly number: number; readonly ends: number };
  /** The id of the person whom it is about: their name is asked for when it is sent, and not kept. */
  readonly about?: string;
  /** Of a violation: what tells it apart from others of its kind about the same subject. */
  readonly cause?: string;
}

/** Something that people are to read. A level: a rule gives it as long as it is so; it is queued once for each person, kind, subject and moment. */
export interface Notice extends NoticeText {
  readonly kind: string;
  /** What it is about, such as `vm/104`. */
  readonly subject: string;
  /** What makes it another notice than the one before, such as a planned stop; ISO 8601 where it is a time. */
  readonly moment: string;
  /** The person's id, or everybody of the team. */
  readonly to: { readonly person: string } | 'team';
  /** `now`: at once, a message of its own; `digest`: in the one of the day. */
  readonly urgency: 'now' | 'digest';
  readonly severity: 'info' | 'warning' | 'serious';
}

/** Of two notices with the same key there is one. */
export function noticeKey({ kind, subject, moment, to }: Notice): string {
  return [to === 'team' ? to : to.person, kind, subject, moment].join(' ');
}

/** What is not as the policy wants it. A kind belongs to one rule; kind, subject and cause are the key in the register. The clause is an attribute. */
export interface ViolationFound {
  readonly kind: string;
  /** `ups/rack`, `vm/101`, `node/pve-pve1`, … */
  readonly subject: string;
  /** Tells several of a kind and subject apart. */
  readonly cause?: string;
  readonly severity: 'warning' | 'serious';
  readonly clause: string;
  readonly reasons: readonly Reason[];
  readonly evidence: readonly string[];
  /** The rule itself says it to people: no notice follows from its opening, and it is not said again each week. */
  readonly ownNotice?: true;
}

/** Of which kind and subject it cannot be told now whether it is so: its row in the register stays as it is. */
export interface Undecided {
  readonly kind: string;
  readonly subject: string;
}

/** How a clause is watched by the rule: `notSetUp` says what a person is to do. */
export type Watch = 'watched' | { readonly unknown: string } | { readonly notSetUp: string };

/** Why an act that a rule wanted is not wanted any more; it stands in the decision that takes it back. */
export interface Ending {
  readonly reasons: readonly Reason[];
  readonly evidence: readonly string[];
  readonly cause?: Evidence;
}

/** All that follows from one look of a rule. */
export interface Outcome<Row> {
  /** In the order in which the decisions are to be logged. */
  readonly opinions: readonly Opinion[];
  /** Of targets on which it has no opinion any more. */
  readonly ended?: ReadonlyMap<PowerTarget, Ending>;
  /**
   * The rule's whole memory after the look, by key: a row that is missing is deleted, one that is the same object is not
   * written. Stored in the one table `rule_memory(rule, key, state jsonb)`.
   */
  readonly memory: ReadonlyMap<string, Row>;
  readonly events: readonly RuleEvent[];
  readonly notices: readonly Notice[];
  readonly violations: {
    readonly found: readonly ViolationFound[];
    readonly undecided: readonly Undecided[];
  };
  readonly clauses: ReadonlyMap<string, Watch>;
  /** When time alone may change the outcome, ms since 1970. */
  readonly lookAgainAt?: number;
}

/** What a rule that settings leave out finds: its violations that are open are closed. */
export const noViolations: Outcome<never>['violations'] = { found: [], undecided: [] };

/** An outcome that is found step by step: a rule that only watches may be interrupted at each, in the middle of its look. */
export type Steps<Row> = Generator<undefined, Outcome<Row>>;

/** What is known of a rule without asking it. */
interface RuleInfo {
  /** Unique. A clause is armed as `name/clause`, so that a new use of a clause is never armed by an upgrade. */
  readonly name: string;
  /** The clauses it acts upon or watches, each with what arming it allows. */
  readonly clauses: ReadonlyMap<string, string>;
  readonly reads: readonly FactName[];
  /** The kinds of violations that are its own. */
  readonly violationKinds: readonly string[];
  /** Why settings leave it out, and what to do; undefined: it is set up. What is left out has no say and is not silent. */
  notSetUp?(settings: PolicySettings): string | undefined;
  /** Why its clauses cannot be armed by these settings, and what to do: whatever is armed is in dry-run then. Undefined: they can. */
  notArmable?(settings: PolicySettings): { readonly code: string; readonly title: string } | undefined;
  /** Its tiers, highest first; empty for a rule that only watches (desired/rule-loop.ts). */
  readonly tiers: readonly Tier[];
  /** The power targets that it may speak of: while the rule is silent, whatever is below its tiers is barred on them. */
  maySpeakOf?(known: Facts, settings: PolicySettings): readonly PowerTarget[];
}

/** What of a look takes long and has no outcome, in steps between which everything else has its turn: `decide` finds it done. */
type Ahead<Known, Row> = (
  known: Known,
  memory: ReadonlyMap<string, Row>,
  context: Pick<RuleContext, 'now' | 'settings' | 'modes'>,
) => Generator<undefined, void>;

/** A rule as its folder defines it. Pure: no clock, no randomness, no I/O. */
export interface Rule<Reads extends FactName, Row> extends RuleInfo {
  readonly reads: readonly Reads[];
  readonly ahead?: Ahead<Pick<Facts, Reads>, Row>;
  /** Schema of the rows of its memory; times in them are ms since 1970 under keys that are `since` or end in `At`. */
  readonly row: TSchema;
  decide(
    known: Pick<Facts, Reads>,
    memory: ReadonlyMap<string, Row>,
    context: RuleContext,
  ): Outcome<Row> | Steps<Row>;
}

/** Any rule, as the list of rules has it; its rows are known to itself alone. */
export interface AnyRule extends RuleInfo {
  readonly row: TSchema;
  readonly ahead?: Ahead<Facts, unknown> | undefined;
  decide(
    known: Facts,
    memory: ReadonlyMap<string, unknown>,
    context: RuleContext,
  ): Outcome<unknown> | Steps<unknown>;
}

/** Makes a rule for the list in rules/index.ts. */
export function defineRule<const Reads extends FactName, Row>(rule: Rule<Reads, Row>): AnyRule {
  // A row of the memory was written by this rule alone, and checked against `row` when it was read.
  return {
    ...rule,
    ahead: rule.ahead as AnyRule['ahead'],
    decide: (known, memory, context) => rule.decide(known, memory as ReadonlyMap<string, Row>, context),
  };
}

/** Whether a rule wants something of power targets; one that does not only watches, with a loop of its own. */
export function hasSay({ tiers }: Pick<RuleInfo, 'tiers'>): boolean {
  return tiers.length > 0;
}

/** How a rule and a clause are named where people arm them, in `rule_mode` and in decisions. */
export function armedAs(rule: string, clause: string): string {
  return `${rule}/${clause}`;
}
