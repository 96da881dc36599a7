import type { Facts } from '../facts/index.ts';
import type { AnyRule } from '../rules/define.ts';
import type { PolicySettings } from '../rules/settings.ts';
import type { Voice } from './decide-one.ts';
import type { Memories, PassContext, Silence } from './pass.ts';
import { presences } from './presence.ts';
import type { PowerTarget } from './target.ts';

/** How long after a rule threw it is asked again although nothing changed, ms. */
const againMs = 10_000;

/**
 * The rules that are silent, by name: those whose gate is closed, and those that threw (`thrown`). A rule that settings leave
 * out is not silent: it has no say.
 */
export function silences(
  context: PassContext,
  memories: Memories,
  thrown: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, Silence> {
  const { rules, closed, silentBefore, now, settings } = context;
  const found = new Map<string, Silence>();
  for (const rule of rules) {
    if (isLeftOut(rule, memories, settings)) continue;
    const shut = closed.get(rule.name);
    if (shut) found.set(rule.name, shut);
    else if (thrown.has(rule.name)) {
      const since = silentBefore?.get(rule.name)?.since ?? now;
      found.set(rule.name, { why: 'it failed', since, until: now + againMs });
    }
  }
  return found;
}

/** Whether settings leave a rule out. One that remembers something is asked until it remembers nothing: what it shed is restored. */
export function isLeftOut(rule: AnyRule, { rules }: Memories, settings: PolicySettings): boolean {
  return rule.notSetUp?.(settings) !== undefined && (rules.get(rule.name)?.size ?? 0) === 0;
}

/**
 * What silent rules bar: on the targets that each may speak of, and those of which it wanted something when it was last asked, all that is below
 * its highest tier.
 */
export function silentBars(
  facts: Facts,
  { rules, settings, epoch }: Pick<PassContext, 'rules' | 'settings' | 'epoch'>,
  silent: ReadonlyMap<string, Silence>,
  desired: Memories['desired'],
): ReadonlyMap<PowerTarget, readonly Voice[]> {
  const found = new Map<PowerTarget, Voice[]>();
  for (const rule of rules) {
    const silence = silent.get(rule.name);
    const [tier] = rule.tiers;
    if (!silence || tier === undefined) continue;
    for (const target of new Set([...targetsOf(rule, facts, settings), ...wantedBy(rule, desired, epoch)])) {
      const voice = { rule: rule.name, tier, silentSince: silence.since };
      found.set(target, [...(found.get(target) ?? []), voice]);
    }
  }
  return found;
}

function* wantedBy({ name }: AnyRule, desired: Memories['desired'], epoch: string): Iterable<PowerTarget> {
  for (const [target, record] of desired) if (record.epoch === epoch && record.opinions[name]) yield target;
}

/** A rule that cannot even say of what it may speak may speak of everything. */
function targetsOf(rule: AnyRule, facts: Facts, settings: PolicySettings): Iterable<PowerTarget> {
  try {
    if (rule.maySpeakOf) return rule.maySpeakOf(facts, settings);
  } catch {
    // It is silent already, and health names it.
  }
  return presences(facts).keys();
}
