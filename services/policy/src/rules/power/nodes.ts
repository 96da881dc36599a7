import { because } from '@huismeester/contracts';
import { targetOfNode } from '../../desired/target.ts';
import type { NodeFact } from '../../facts/node.ts';
import type { Guest } from '../../facts/vm.ts';
import type { NodePlan } from '../settings.ts';
import { isSelf, isSelfNode } from './budget.ts';
import { act, bar, ending, nodeClause, type Verdict } from './here.ts';
import type { NodeHere, NodesLook } from './node-here.ts';
import { turnOf } from './node-turn.ts';
import { rank } from './plan.ts';
import { asking, type ShedNode, withdrawn } from './state.ts';

/**
 * What the rule says of the nodes: those that settings leave to Huismeester (`nodeShutdown: huismeester`) go once the guests
 * on them are down, or the battery leaves no more time than they need; those that Huismeester itself needs after all
 * others. What we shut down is woken once mains is trusted. Of the other nodes of a power cut only that they are left alone.
 */
export function decideNodes(look: NodesLook): ReadonlyMap<NodeFact, Verdict<ShedNode>> {
  const { facts, context, memory, effective } = look;
  const found = new Map<NodeFact, Verdict<ShedNode>>();
  for (const [key, plan] of context.settings.nodes) {
    const fact = facts.node.get(key);
    if (!fact) continue;
    const target = targetOfNode(fact.id);
    const row = memory.get(target);
    const here: NodeHere = {
      ...look,
      plan,
      fact,
      target,
      outage: effective(key),
      row: row?.kind === 'node' ? row : undefined,
      online: isOnline(look, plan, key),
      goesWith: goesWith(look, key),
    };
    found.set(fact, decideNode(here));
  }
  return found;
}

function isOnline({ facts }: NodesLook, { hypervisor }: NodePlan, key: string): boolean | undefined {
  if (facts.hypervisor.get(hypervisor)?.reachable === false) return undefined;
  return facts.node.get(key)?.online;
}

/**
 * What still runs and must be down before a node goes: the guests of all nodes of its hypervisor that go too, since a node
 * may be the one whose API is asked, or whose vote makes the quorum; for one that Huismeester needs, the guests of every
 * node that goes, and those of our nodes themselves.
 */
function goesWith(look: NodesLook, key: string): NodeHere['goesWith'] {
  const { index, context, effective } = look;
  const { settings, now } = context;
  const own = settings.nodes.get(key);
  const self = own !== undefined && isSelfNode(own, index, settings);
  const going = [...settings.nodes].filter(([other]) => rank(effective(other).verdict.stage) >= rank('core'));
  const isOurs = ({ nodeShutdown }: NodePlan): boolean => nodeShutdown === 'huismeester';
  const guestsOf = going.filter(([, plan]) => self || (isOurs(plan) && plan.hypervisor === own?.hypervisor));
  const nodesOf = going.filter(
    ([other, plan]) => other !== key && isOurs(plan) && !isSelfNode(plan, index, settings),
  );
  const waitedFor = guestsOf
    .flatMap(([other]) => index.byNode.get(other) ?? [])
    .filter((guest) => !isSelf(guest, settings))
    .map((guest) => (guest.running ? Number.POSITIVE_INFINITY : awaitedUntil(guest)));
  const guestsUntil = Math.max(0, ...waitedFor);
  return {
    guests: guestsUntil > now,
    ...(guestsUntil > now && Number.isFinite(guestsUntil) && { guestsUntil }),
    nodes: self && nodesOf.some(([other, plan]) => isOnline(look, plan, other) === true),
  };
}

/** A request whose end was not heard of for this long keeps nothing up any more, ms. */
const inFlightMs = 15 * 60_000;

function awaitedUntil({ inFlight, askedAt = 0 }: Guest): number {
  return inFlight === undefined ? 0 : askedAt + inFlightMs;
}

function decideNode(here: NodeHere): Verdict<ShedNode> {
  const { plan, outage, row, online, index, target } = here;
  const { stage, reasons } = outage.verdict;
  if (plan.nodeShutdown !== 'huismeester') {
    return stage === 'mains' ? { row } : { opinion: bar(aboutOf(here), row, reasons), row };
  }
  if (index.holds.has(target)) return { row: row && withdrawn(row, here.context.now) };
  if (stage === 'mains') return row ? comingBack(here, row) : { row };
  if (rank(stage) >= rank('core')) {
    if (online === true) return goingDown(here);
    // Nobody sees it: what was asked goes on, and what is off is as it should be.
    return row?.asking?.state === 'stopped'
      ? stopping(here, row)
      : { opinion: bar(aboutOf(here), row, reasons), row };
  }
  // Neither the time to go nor to come: what was asked before is taken back.
  const code = row?.asking?.state === 'running' || stage !== 'recovering' ? 'not-its-turn' : 'mains-back';
  const isOff = row?.asking?.state === 'stopped' && online === false;
  const left = row && !isOff ? withdrawn(row, here.context.now) : row;
  return { opinion: bar(aboutOf(here), row, row ? [because(code)] : reasons), row: left };
}

function goingDown(here: NodeHere): Verdict<ShedNode> {
  const { row, outage } = here;
  if (row?.asking?.state === 'stopped') return stopping(here, row);
  const turn = turnOf(here);
  if ('reason' in turn) {
    const { epoch, now } = here.context;
    const correlationid = outage.feed.evidence[0]?.correlationid ?? '';
    const evidence = outage.feed.evidence.map(({ id }) => id);
    const fresh = row ?? {
      kind: 'node' as const,
      epoch,
      since: now,
      enforced: false,
      correlationid,
      evidence,
    };
    return stopping(here, fresh.epoch === epoch ? fresh : { ...fresh, epoch, enforced: false }, [
      turn.reason,
    ]);
  }
  const { lookAgainAt } = turn;
  const opinion = bar(aboutOf(here), row, outage.verdict.reasons);
  return { opinion, row, ...(lookAgainAt !== undefined && { lookAgainAt }) };
}

function stopping(here: NodeHere, row: ShedNode, reasons = here.outage.verdict.reasons): Verdict<ShedNode> {
  const { now, modes } = here.context;
  const isArmed = modes.get(nodeClause) === 'enforce';
  const asked = asking(isArmed && !row.enforced ? { ...row, enforced: true } : row, 'stopped', 0, now);
  const { attempt: _, ...opinion } = act(aboutOf(here), asked, { state: 'stopped', attempt: 0, reasons });
  return { opinion, row: asked };
}

function comingBack(here: NodeHere, row: ShedNode): Verdict<ShedNode> {
  const { online, outage, plan, context } = here;
  const { now } = context;
  const { ups } = outage.feed;
  if (here.fact.unseen && row.asking?.state !== 'running') {
    return { opinion: bar(aboutOf(here), row, [because('unseen')]), row };
  }
  if (online === true) {
    if (row.asking?.state === 'stopped') {
      return { opinion: bar(aboutOf(here), row, [because('mains-back')]), row: withdrawn(row, now) };
    }
    // The shutdown that was asked for may yet take it off.
    const sureAt = (row.withdrawnAt ?? row.since) + plan.ownShutdownMs;
    if (row.asking?.state === 'running' || now >= sureAt) {
      return { ending: ending(here, row, because('runs-again')), row: undefined };
    }
    return { opinion: bar(aboutOf(here), row, [because('mains-back')]), row, lookAgainAt: sureAt };
  }
  const isOurs = row.enforced && row.epoch === context.epoch;
  const { attempt: _, ...opinion } = act(aboutOf(here), row, {
    state: 'running',
    attempt: 0,
    reasons: [because('node-back', { ups })],
    ...(!isOurs && { limitedTo: 'dry-run' as const }),
  });
  return { opinion, row: asking(row, 'running', 0, now) };
}

function aboutOf({ target, outage }: NodeHere) {
  return { target, outage, clause: nodeClause };
}
