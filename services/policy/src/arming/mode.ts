import type { Rule } from '@huismeester/contracts';
import { aggregate, type Made, type NewEvent, newEvent } from '@huismeester/events';
import { type AnyRule, armedAs, type Mode } from '../rules/define.ts';
import type { PolicySettings } from '../rules/settings.ts';
import { ruleMode } from '../schema.ts';

export type ModeState = Omit<typeof ruleMode.$inferSelect, 'id' | 'version'>;

/** A clause of a rule, as it is armed. */
export interface RuleClause {
  readonly rule: string;
  readonly clause: string;
  readonly title: string;
}

/** Every clause that a rule acts by: only these can be armed. */
export function armable(rules: readonly AnyRule[]): RuleClause[] {
  return rules.flatMap(({ name, clauses, tiers }) =>
    tiers.length === 0 ? [] : [...clauses].map(([clause, title]) => ({ rule: name, clause, title })),
  );
}

/** How a clause of a rule is looked up. */
export function modeId({ rule, clause }: Pick<RuleClause, 'rule' | 'clause'>): string {
  return armedAs(rule, clause).toLowerCase();
}

/** What is armed in this epoch of policy's log; what was in another one counts for nothing. */
export function ruleModes(epoch: string) {
  return aggregate({
    kind: 'rule',
    table: ruleMode,
    initial: undefined,
    evolve: (_: ModeState | undefined, { data, time, actor }: Made<'rule.mode-changed'>): ModeState => ({
      rule: data.rule,
      clause: data.clause,
      mode: data.mode,
      epoch,
      since: time,
      by: actor ?? '',
    }),
  });
}

/** A clause of a rule with how it is armed in this epoch; `state` is undefined when it never was. */
export function ruleOf(
  { rule, clause, title }: RuleClause,
  state: ModeState | undefined,
  epoch: string,
): Rule {
  if (state?.epoch !== epoch) return { rule, clause, title, mode: 'dry-run' };
  return { rule, clause, title, mode: state.mode, since: state.since.toISOString(), by: state.by };
}

/** Arms a clause of a rule, or puts it back to dry-run; to ask for what is so already changes nothing. */
export function change(
  asked: Pick<RuleClause, 'rule' | 'clause'>,
  mode: Mode,
  state: Pick<ModeState, 'mode' | 'epoch'> | undefined,
  epoch: string,
): NewEvent<'rule.mode-changed'>[] {
  const before: Mode = state?.epoch === epoch ? state.mode : 'dry-run';
  if (before === mode) return [];
  const { rule, clause } = asked;
  return [newEvent('rule.mode-changed', `rule/${modeId(asked)}`, { rule, clause, mode })];
}

/** The modes as they count: a rule that these settings do not allow to be armed is in dry-run, whatever was armed before. */
export function armedModes(
  modes: ReadonlyMap<string, Mode>,
  rules: readonly AnyRule[],
  settings: PolicySettings,
): ReadonlyMap<string, Mode> {
  const barred = rules.flatMap(({ name, clauses, notArmable }) =>
    notArmable?.(settings) ? [...clauses.keys()].map((clause) => armedAs(name, clause)) : [],
  );
  if (!barred.some((each) => modes.has(each))) return modes;
  return new Map([...modes].filter(([key]) => !barred.includes(key)));
}

/** The clauses that a person may have meant: `SPACE-3` of any rule, or `power/SPACE-3`; in any case. */
export function meant<Each extends RuleClause>(all: readonly Each[], clause: string, rule?: string): Each[] {
  const is = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  return all.filter((each) => is(each.clause, clause) && (rule === undefined || is(each.rule, rule)));
}
