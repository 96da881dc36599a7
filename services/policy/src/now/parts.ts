import type { Now, Reason } from '@huismeester/contracts';
import type { Passed } from '../desired/pass-runner.ts';
import { targetOfNode } from '../desired/target.ts';
import { type Space, sinceOfPower, worstOf } from '../display/summary.ts';
import type { Feed } from '../facts/ups.ts';
import { saysOf } from './sentence.ts';

const isoOf = (ms: number): string => new Date(ms).toISOString();

/** How power is: the stage of the whole space, each power cut, each UPS. */
export function powerOf(
  space: Space | undefined,
  timezone: string,
): Pick<Now, 'stage' | 'since' | 'next' | 'outages' | 'ups'> {
  if (space === undefined) return { stage: 'unknown' };
  const { stage, next } = worstOf(space);
  const since = sinceOfPower(space);
  return {
    stage,
    ...(since !== undefined && { since: isoOf(since) }),
    ...(next && { next: { stage: next.stage, at: isoOf(next.at) } }),
    outages: space.outages.flatMap((each) =>
      each.verdict.stage === 'mains' ? [] : [outageOf(each, timezone)],
    ),
    ups: [...space.facts.ups.values()].map(upsOf),
  };
}

function outageOf({ feed, verdict, before }: Space['outages'][number], timezone: string) {
  const { stage, next } = verdict;
  // As the stage was entered: how long ago that is passes by itself, and is nothing new.
  const reasons = before?.stage === stage ? before.reasons : verdict.reasons;
  return {
    ups: feed.ups,
    stage,
    since: isoOf(before?.since ?? feed.since),
    ...explained(reasons, timezone),
    ...(next && { next: { stage: next.stage, at: isoOf(next.at) } }),
  };
}

function upsOf({ ups, mains, contact, chargePct, runtimeMs, since }: Feed): NonNullable<Now['ups']>[number] {
  return {
    id: ups,
    mains,
    seen: contact.ok,
    ...(chargePct !== undefined && { charge_pct: chargePct }),
    ...(runtimeMs !== undefined && { runtime_s: Math.round(runtimeMs / 1000) }),
    ...(since > 0 && { since: isoOf(since) }),
  };
}

/** Each node, with what is decided of it. */
export function nodesOf(found: Passed | undefined, timezone: string): NonNullable<Now['nodes']> {
  if (found === undefined) return [];
  const { node: nodes, hypervisor: hypervisors } = found.facts;
  return [...nodes.values()].map(({ id, hypervisor, node, online, unseen }) => {
    // A hypervisor that does not answer says nothing of its nodes.
    const isSeen = !unseen && hypervisors.get(hypervisor)?.reachable !== false;
    const decided = found.pass.after.desired.get(targetOfNode(id))?.decided;
    return {
      id,
      node,
      ...(isSeen && { online }),
      ...(decided && { desired: decided.state, ...explained(decided.reasons, timezone) }),
    };
  });
}

/** Since when a thing is down, as its incident says. */
export function sinceOf(thing: string, space: Space | undefined): { since?: string } {
  const members = [...(space?.facts.incident.values() ?? [])].flatMap((incident) => incident.members);
  const since = members.find((member) => member.thing === thing)?.since;
  return since === undefined ? {} : { since };
}

function explained(reasons: readonly Reason[], timezone: string) {
  return { says: saysOf(reasons, timezone), reasons: [...reasons] };
}
