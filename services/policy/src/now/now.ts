import { type Asked, because, type Now, type Reason } from '@huismeester/contracts';
import { armable, armedModes } from '../arming/mode.ts';
import type { Passed } from '../desired/pass-runner.ts';
import { targetOfNode } from '../desired/target.ts';
import { coreDown, type Space, sinceOfPower, summary } from '../display/summary.ts';
import type { Feed } from '../facts/ups.ts';
import { armedAs } from '../rules/define.ts';
import { rules } from '../rules/index.ts';
import type { PolicySettings } from '../rules/settings.ts';
import { saysOf, stateOf } from './sentence.ts';

/** A log that policy reads, and whether it can. */
export type Source = Now['sources'][number];

/** What `/now` is made of. */
export interface NowKnown {
  /** The newest evaluation; undefined before the first. */
  readonly found: Passed | undefined;
  /** Undefined while the power rule has not been asked: then nothing is known of power cuts. */
  readonly space: Space | undefined;
  readonly sources: readonly Source[];
  readonly settings: PolicySettings;
  readonly timezone: string;
  readonly startedAt: number;
}

/** How the space is, as all that may read everything see it, but for what is asked of each. */
export function nowOf(known: NowKnown): Now {
  const { found, space, sources, timezone } = known;
  const core = space === undefined ? [] : coreDown(space);
  const counts = countsOf(known);
  const power = powerOf(space, timezone);
  const { state, reasons } = stateOf({
    known: space !== undefined,
    stage: power.stage,
    next: space && nextOf(space),
    coreDown: core,
    nodesOff: counts.nodesOff,
    hindered: counts.hindered,
    violations: { serious: counts.serious ?? 0, all: counts.violations },
    away: sources.flatMap(({ service, state: its }) => (its === 'away' ? [service] : [])),
  });
  return {
    at: new Date(found?.now ?? known.startedAt).toISOString(),
    state,
    says: saysOf(reasons, timezone),
    reasons: [...reasons],
    ...power,
    nodes: nodesOf(found, timezone),
    core: { down: core.length, things: core.map((thing) => ({ thing, ...sinceOf(thing, space) })) },
    counts,
    dryRun: dryRunOf(known),
    sources: [...sources],
  };
}

/**
 * What somebody may know who is not of the space, and a display: as much as the public summary on MQTT says, in which things have no names; `power`: with UPSes
 * and cuts, for a display.
 */
export function publicPart(now: Now, timezone: string, { power = false } = {}): Now {
  const { outages, ups, nodes: _, dryRun: __, core, counts, ...rest } = now;
  const { violations, holds, hindered, nodesOff } = counts;
  const reasons = now.reasons.map((reason) =>
    reason.code === 'now-core-down' ? because('now-core-down', { count: core.down }) : reason,
  );
  return {
    ...rest,
    says: saysOf(reasons, timezone),
    reasons,
    ...(power && outages && ups && { outages, ups }),
    core: { down: core.down },
    counts: { violations, holds, hindered, nodesOff },
  };
}

function powerOf(
  space: Space | undefined,
  timezone: string,
): Pick<Now, 'stage' | 'since' | 'next' | 'outages' | 'ups'> {
  if (space === undefined) return { stage: 'unknown' };
  const { stage } = summary(space);
  const since = sinceOfPower(space);
  const next = nextOf(space);
  return {
    stage,
    ...(since !== undefined && { since: new Date(since).toISOString() }),
    ...(next && { next: { stage: next.stage, at: new Date(next.at).toISOString() } }),
    outages: space.outages.flatMap(({ feed, verdict, before }) =>
      verdict.stage === 'mains'
        ? []
        : [
            {
              ups: feed.ups,
              stage: verdict.stage,
              since: new Date(before?.since ?? feed.since).toISOString(),
              ...explained(verdict.reasons, timezone),
              ...(verdict.next && {
                next: { stage: verdict.next.stage, at: new Date(verdict.next.at).toISOString() },
              }),
            },
          ],
    ),
    ups: [...space.facts.ups.values()].map(upsOf),
  };
}

function upsOf({ ups, mains, contact, chargePct, runtimeMs, since }: Feed): NonNullable<Now['ups']>[number] {
  return {
    id: ups,
    mains,
    seen: contact.ok,
    ...(chargePct !== undefined && { charge_pct: chargePct }),
    ...(runtimeMs !== undefined && { runtime_s: Math.round(runtimeMs / 1000) }),
    ...(since > 0 && { since: new Date(since).toISOString() }),
  };
}

function nextOf({ outages }: Space) {
  const all = outages.flatMap(({ verdict: { next } }) => next ?? []);
  return all.toSorted((a, b) => a.at - b.at)[0];
}

function nodesOf(found: Passed | undefined, timezone: string): NonNullable<Now['nodes']> {
  if (found === undefined) return [];
  return [...found.facts.node.values()].map(({ id, node, online, unseen }) => {
    const decided = found.pass.after.desired.get(targetOfNode(id))?.decided;
    return {
      id,
      node,
      ...(!unseen && { online }),
      ...(decided && { desired: decided.state, ...explained(decided.reasons, timezone) }),
    };
  });
}

function explained(reasons: readonly Reason[], timezone: string) {
  return { says: saysOf(reasons, timezone), reasons: [...reasons] };
}

function countsOf({ found, space }: NowKnown): Now['counts'] {
  const open = found?.stored.violations ?? [];
  const unaccepted = open.filter(({ accepted }) => accepted === undefined);
  const counted = space && summary(space);
  return {
    violations: unaccepted.length,
    serious: unaccepted.filter(({ found: { severity } }) => severity === 'serious').length,
    holds: counted?.holds ?? 0,
    incidents: found?.facts.incident.size ?? 0,
    hindered: counted?.hindered ?? 0,
    nodesOff: counted?.nodes_off ?? 0,
  };
}

function sinceOf(thing: string, space: Space | undefined): { since?: string } {
  const members = [...(space?.facts.incident.values() ?? [])].flatMap((incident) => incident.members);
  const since = members.find((member) => member.thing === thing)?.since;
  return since === undefined ? {} : { since };
}

function dryRunOf({ found, settings }: NowKnown): string[] {
  if (found === undefined) return [];
  const modes = armedModes(found.stored.modes, rules, settings);
  return armable(rules).flatMap(({ rule, clause }) =>
    modes.get(armedAs(rule, clause)) === 'enforce' ? [] : [armedAs(rule, clause)],
  );
}

/** With what is asked of whoever asks. */
export function withAsked(now: Now, asked: readonly Asked[]): Now {
  return { ...now, asked: [...asked] };
}
