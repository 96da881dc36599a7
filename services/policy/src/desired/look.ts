import type { Facts } from '../facts/index.ts';
import { type AnyRule, armedAs, type Mode, type Outcome, type RuleContext } from '../rules/define.ts';
import { type Arbitrated, arbitrate } from './arbiter.ts';
import { type Asked, askOnce, isSameMemory } from './asked.ts';
import { holdBars, holdRule } from './hold-bars.ts';
import { mineOf } from './mine.ts';
import type { Memories, PassContext, Silence } from './pass.ts';
import { presences } from './presence.ts';
import { silentBars } from './silence.ts';

/** What one look found, and what is remembered after it. */
export interface Look {
  readonly outcomes: ReadonlyMap<string, Outcome<unknown>>;
  readonly asked: ReadonlyMap<string, Asked>;
  readonly arbitrated: Arbitrated;
  readonly after: Memories;
  /** Whether anything changed, so that another look may find more. */
  readonly changed: boolean;
}

/** A rule that threw. */
export interface Failure {
  readonly failed: string;
  readonly error: unknown;
}

/** Asks each rule that is not silent, unless nothing has changed for it (`askedBefore`), and has the arbiter decide. */
export function look(
  facts: Facts,
  memories: Memories,
  context: PassContext,
  silent: ReadonlyMap<string, Silence>,
  askedBefore: ReadonlyMap<string, Asked>,
): Look | Failure {
  const outcomes = new Map<string, Outcome<unknown>>();
  const asked = new Map<string, Asked>();
  for (const rule of context.rules) {
    if (silent.has(rule.name)) continue;
    try {
      const memory = memories.rules.get(rule.name) ?? noRows;
      const own = contextOf(rule, facts, memories.desired, context);
      const found = askOnce(rule, facts, memory, own, askedBefore.get(rule.name));
      outcomes.set(rule.name, found.outcome);
      if (found.asked) asked.set(rule.name, found.asked);
    } catch (error) {
      return { failed: rule.name, error };
    }
  }
  const { now, epoch, modes, settings } = context;
  const arbitrated = arbitrate({
    said: [
      { rule: holdRule, opinions: holdBars(facts, now) },
      ...[...outcomes].map(([rule, outcome]) => ({ rule, ...outcome })),
    ],
    silent: silentBars(facts, context, silent, memories.desired),
    facts,
    desired: memories.desired,
    modes,
    epoch,
    settingsHash: settings.hash,
    now,
  });
  return { outcomes, asked, arbitrated, ...remembered(memories, outcomes, arbitrated) };
}

function contextOf(
  rule: AnyRule,
  facts: Facts,
  desired: Memories['desired'],
  context: PassContext,
): RuleContext {
  const { now, startedAt, epoch, settings } = context;
  const modes = ownModes(rule, context.modes);
  const mine = mineOf(rule.name, desired, presences(facts), context);
  return { now, startedAt, epoch, settings, modes, mine };
}

/** The memory of a rule that remembers nothing: the same one each time, so that it is seen not to have changed. */
export const noRows: ReadonlyMap<string, never> = new Map<string, never>();

export function ownModes(
  { name, clauses }: Pick<AnyRule, 'name' | 'clauses'>,
  modes: ReadonlyMap<string, Mode>,
): ReadonlyMap<string, Mode> {
  return new Map(
    [...clauses.keys()].flatMap((clause) => {
      const mode = modes.get(armedAs(name, clause));
      return mode === undefined ? [] : [[clause, mode] as const];
    }),
  );
}

function remembered(
  { rules, desired }: Memories,
  outcomes: ReadonlyMap<string, Outcome<unknown>>,
  { records }: Arbitrated,
): Pick<Look, 'after' | 'changed'> {
  const changedRules = [...outcomes].filter(([rule, { memory }]) => !isSameMemory(rules.get(rule), memory));
  const after = {
    rules:
      changedRules.length === 0
        ? rules
        : new Map([...rules, ...changedRules.map(([rule, { memory }]) => [rule, memory] as const)]),
    desired:
      records.length === 0
        ? desired
        : new Map([...desired, ...records.map((record) => [record.target, record] as const)]),
  };
  return { after, changed: changedRules.length + records.length > 0 };
}
