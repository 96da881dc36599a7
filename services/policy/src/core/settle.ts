import { type Decided, decide, type OutageNow } from './decide.ts';
import { endedHolds, type Hold } from './hold.ts';
import type { Model, PolicySettings } from './model.ts';
import type { NodeDecided } from './nodes.ts';
import { type OutageChange, outageChange } from './outage.ts';
import { type Found, violationChanges } from './violations.ts';

/** All that changes at one moment, in the order in which it is to be logged. */
export interface Settled {
  /** The model after the changes. */
  readonly model: Model;
  readonly outages: readonly OutageChange[];
  /** How each UPS's power cut stands after them. */
  readonly verdicts: readonly OutageNow[];
  /** The holds whose time was over. */
  readonly endedHolds: readonly Hold[];
  readonly decisions: readonly Decided[];
  readonly nodes: readonly NodeDecided[];
  readonly violations: { readonly opened: readonly Found[]; readonly closed: readonly string[] };
  readonly lookAgainAt?: number;
}

/**
 * Looks, applies what was found, and looks again until nothing more follows: a decision can be what another guest's
 * waited for. Ends after as many looks as there are guests at most, since a guest is decided about once a moment.
 */
export function settle(model: Model, settings: PolicySettings, now: number): Settled {
  const outages: OutageChange[] = [];
  const decisions = new Map<string, Decided>();
  const nodes = new Map<string, NodeDecided>();
  const ended = endedHolds(model.holds, now);
  let current = withoutHolds(model, ended);
  for (;;) {
    const outcome = decide(current, settings, now);
    const changes = outcome.outages.flatMap((each) => outageChange(each) ?? []);
    const fresh = outcome.decisions.filter(({ desired }) => !decisions.has(desired.vm));
    const freshNodes = outcome.nodes.filter(({ key }) => !nodes.has(key));
    outages.push(...changes);
    for (const each of fresh) decisions.set(each.desired.vm, each);
    for (const each of freshNodes) nodes.set(each.key, each);
    current = applied(current, changes, fresh, freshNodes, now);
    if (changes.length > 0 || fresh.length > 0 || freshNodes.length > 0) continue;
    const violations = violationChanges(current);
    const due = [...(outcome.lookAgainAt === undefined ? [] : [outcome.lookAgainAt]), ...holdEnds(current)];
    return {
      model: { ...current, violations: violationsAfter(current, violations, now) },
      ...{ outages, verdicts: outcome.outages, endedHolds: ended, violations },
      decisions: [...decisions.values()],
      nodes: [...nodes.values()],
      ...(due.length > 0 && { lookAgainAt: Math.min(...due) }),
    };
  }
}

function withoutHolds(model: Model, ended: readonly Hold[]): Model {
  if (ended.length === 0) return model;
  const holds = new Map(model.holds);
  for (const { vm } of ended) holds.delete(vm);
  return { ...model, holds };
}

function holdEnds({ holds }: Model): number[] {
  return [...holds.values()].map(({ until }) => until);
}

function applied(
  model: Model,
  changes: readonly OutageChange[],
  decisions: readonly Decided[],
  nodes: readonly NodeDecided[],
  now: number,
): Model {
  if (changes.length + decisions.length + nodes.length === 0) return model;
  const outages = new Map(model.outages);
  for (const { ups, outage } of changes) {
    if (outage) outages.set(ups, outage);
    else outages.delete(ups);
  }
  const standings = new Map(model.standings);
  for (const { desired, shed } of decisions) {
    standings.set(desired.vm, { desired, decidedAt: now, ...(shed && { shed }) });
  }
  const nodeStandings = new Map(model.nodeStandings);
  for (const { key, desired, shed, enforced, wakes } of nodes) {
    nodeStandings.set(key, { desired, decidedAt: now, shed, enforced, wakes });
  }
  return { ...model, outages, standings, nodeStandings };
}

function violationsAfter(
  { violations: before }: Model,
  { opened, closed }: Settled['violations'],
  now: number,
): Model['violations'] {
  if (opened.length + closed.length === 0) return before;
  const violations = new Map(before);
  for (const id of closed) violations.delete(id);
  for (const found of opened) violations.set(found.violation, { found, since: now });
  return violations;
}
