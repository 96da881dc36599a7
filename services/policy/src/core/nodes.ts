import { because, type DesiredNodeState, nodeId, phrase, type Reason } from '@huismeester/contracts';
import type { Static } from 'typebox';
import { type GuestsByNode, isSelf, isSelfNode } from './backwards.ts';
import type { Evidence } from './feed.ts';
import type { Guest } from './guest.ts';
import { type Model, type NodePlan, nodeClause, nodeKey, type PolicySettings } from './model.ts';
import { isUnread, runtimeLeft } from './stage.ts';
import type { Governing } from './want.ts';
import { rank } from './words.ts';

export type DesiredNode = Static<typeof DesiredNodeState>;

/** What policy remembers of a node: its newest decision, and whether we shut it down. */
export interface NodeStanding {
  readonly desired: DesiredNode;
  /** ms since 1970. */
  readonly decidedAt: number;
  /** From the decision to shut it down until it is online again after the power cut. */
  readonly shed: boolean;
  /** Whether that was more than a thought: what was only shed in dry-run is not woken. */
  readonly enforced: boolean;
  /** How many decisions in a row were to wake it. */
  readonly wakes: number;
}

/** A new decision about one node. */
export interface NodeDecided extends Omit<NodeStanding, 'decidedAt'> {
  readonly key: string;
  readonly cause: Evidence | undefined;
}

/** How long a decision about a node may be acted upon, ms. */
const validForMs = 10 * 60_000;

type Verdict = { readonly want: Want } | { readonly lookAgainAt: number } | undefined;
interface Want {
  readonly state: DesiredNode['state'];
  readonly reasons: readonly Reason[];
  readonly shed: boolean;
}

/**
 * What is wanted of the nodes that settings leave to Huismeester (`nodeShutdown: huismeester`): they go once the guests
 * on them are down, or the battery leaves no more time than they need; those that Huismeester itself needs after all
 * others. What we shut down is woken once mains is trusted.
 */
export function decideNodes(
  look: Look,
  governing: (key: string) => Governing,
): { decisions: NodeDecided[]; due: number[] } {
  const ours = [...look.settings.nodes].filter(([, { nodeShutdown }]) => nodeShutdown === 'huismeester');
  const decisions: NodeDecided[] = [];
  const due: number[] = [];
  for (const [key, node] of ours) {
    const here: Here = {
      ...look,
      key,
      node,
      governing: governing(key),
      goesWith: goesWith(look, governing, key),
    };
    const verdict = wantedOf(here);
    if (!verdict) continue;
    if ('lookAgainAt' in verdict) due.push(verdict.lookAgainAt);
    else decisions.push(decided(here, verdict.want));
  }
  return { decisions, due };
}

/**
 * What still runs and must be down before a node goes: the guests of all nodes of its hypervisor that go too, since a node
 * may be the one whose API is asked, or whose vote makes the quorum; for one that Huismeester needs, the guests of every
 * node that goes, and those of our nodes themselves.
 */
function goesWith(look: Look, governing: (key: string) => Governing, key: string): Here['goesWith'] {
  const { model, byNode, settings, now } = look;
  const own = settings.nodes.get(key);
  const self = own !== undefined && isSelfNode(own, byNode, settings);
  const going = [...settings.nodes].filter(([other]) => rank(governing(other).verdict.stage) >= rank('core'));
  const isOurs = ({ nodeShutdown }: NodePlan): boolean => nodeShutdown === 'huismeester';
  const guestsOf = going.filter(([, plan]) => self || (isOurs(plan) && plan.hypervisor === own?.hypervisor));
  const nodesOf = going.filter(
    ([other, plan]) => other !== key && isOurs(plan) && !isSelfNode(plan, byNode, settings),
  );
  return {
    guests: guestsOf.some(([other]) =>
      (byNode.get(other) ?? []).some((guest) => isBusy(guest, settings, now)),
    ),
    nodes: self && nodesOf.some(([, plan]) => isOnline(model, plan) === true),
  };
}

/** A request whose end was not heard of for this long keeps nothing up any more. */
const inFlightMs = 15 * 60_000;

function isBusy(guest: Guest, settings: PolicySettings, now: number): boolean {
  if (isSelf(guest, settings)) return false;
  return guest.running || (guest.inFlight !== undefined && now < (guest.askedAt ?? 0) + inFlightMs);
}

/** Whether a node is online; undefined while its hypervisor does not answer, or never told. */
function isOnline(model: Model, { hypervisor, node }: NodePlan): boolean | undefined {
  if (model.hypervisors.get(hypervisor) === false) return undefined;
  return model.nodes.get(nodeKey(hypervisor, node));
}

/** What is known at one moment. */
export interface Look {
  readonly model: Model;
  readonly byNode: GuestsByNode;
  readonly settings: PolicySettings;
  readonly now: number;
}

interface Here extends Look {
  readonly key: string;
  readonly node: NodePlan;
  readonly governing: Governing;
  /** Whether guests, and nodes, still run that must be down before it. */
  readonly goesWith: { readonly guests: boolean; readonly nodes: boolean };
}

function wantedOf(here: Here): Verdict {
  const { key, governing, model } = here;
  const { stage } = governing.verdict;
  const standing = model.nodeStandings.get(key);
  const online = isOnline(model, here.node);
  if (stage === 'mains') return comingBack(here, standing, online);
  if (rank(stage) >= rank('core') && online === true) return goingDown(here, standing);
  // Neither the time to go nor to come: what was asked before is taken back.
  if (standing === undefined || standing.desired.state === 'hands-off') return undefined;
  if (standing.desired.state === 'stopped' && online === false) return undefined;
  const code = standing.desired.state === 'stopped' ? 'mains-back' : 'not-its-turn';
  return { want: { state: 'hands-off', reasons: [because(code)], shed: standing.shed } };
}

function goingDown(here: Here, standing: NodeStanding | undefined): Verdict {
  const { governing, now } = here;
  const { ups, forced, low } = governing.feed;
  const asked = standing?.desired.state === 'stopped' ? standing.desired : undefined;
  const mode = here.settings.modes.get(nodeClause) ?? 'dry-run';
  if (asked && asked.mode === mode && now < Date.parse(asked.validUntil ?? '')) {
    return { lookAgainAt: Date.parse(asked.validUntil ?? '') };
  }
  if ((forced || low) && isTurn(here)) return gone([because(forced ? 'forced' : 'low', { ups })]);
  const late = mustGo(here);
  if (late && 'reason' in late) return gone([late.reason]);
  if (!here.goesWith.guests && !here.goesWith.nodes) return gone([because('guests-down', { ups })]);
  const times = [...(late ? [late.at] : []), ...(forced || low ? [lastTurn(here)] : [])];
  return times.length === 0 ? undefined : { lookAgainAt: Math.min(...times) };
}

/** With a low battery a node that Huismeester needs gives the others this long to be asked, ms. */
const lastTurnMs = 20_000;

function isTurn(here: Here): boolean {
  const { node, byNode, settings, goesWith: others, now } = here;
  if (!isSelfNode(node, byNode, settings)) return true;
  return (!others.guests && !others.nodes) || now >= lastTurn(here);
}

function lastTurn({ governing: { feed }, now }: Here): number {
  return (feed.lowSince ?? now) + lastTurnMs;
}

/** Why a node cannot wait for its guests any longer, or when that will be; undefined when nothing tells. */
function mustGo({
  governing: { feed },
  now,
  node,
  settings: { plan },
}: Here): { reason: Reason } | { at: number } | undefined {
  const { ups, chargePct, since } = feed;
  const itself = node.ownShutdownMs + plan.reserveMs;
  const left = runtimeLeft(feed, now);
  if (left !== undefined) {
    const said = { ups, left_s: left / 1000, limit_s: itself / 1000 };
    return left <= itself ? { reason: because('node-must-go', said) } : { at: now + (left - itself) };
  }
  const limit_pct = plan.below.core.chargePct / 2;
  if (chargePct !== undefined && chargePct < limit_pct) {
    return { reason: because('node-by-charge', { ups, charge_pct: chargePct, limit_pct }) };
  }
  if (!isUnread(feed, now)) return undefined;
  const at = since + plan.below.core.unreadMs + plan.expectedShutdownMs + itself;
  if (now < at) return { at };
  return { reason: because('node-by-time', { ups, elapsed_s: (now - since) / 1000 }) };
}

function gone(reasons: Reason[]): Verdict {
  return { want: { state: 'stopped', reasons, shed: true } };
}

function comingBack(here: Here, standing: NodeStanding | undefined, online: boolean | undefined): Verdict {
  if (!standing?.shed) return undefined;
  const { desired } = standing;
  if (online === true) {
    // The shutdown that was asked for may yet take it off.
    const sure = desired.state !== 'stopped' && here.now >= standing.decidedAt + here.node.ownShutdownMs;
    if (sure || desired.state === 'running') {
      return { want: { state: 'hands-off', reasons: [because('runs-again')], shed: false } };
    }
    if (desired.state === 'stopped') {
      return { want: { state: 'hands-off', reasons: [because('mains-back')], shed: true } };
    }
    return { lookAgainAt: standing.decidedAt + here.node.ownShutdownMs };
  }
  const until = Date.parse(desired.validUntil ?? '');
  if (desired.state === 'running' && here.now < until) return { lookAgainAt: until };
  const { ups } = here.governing.feed;
  return { want: { state: 'running', reasons: [because('node-back', { ups })], shed: true } };
}

function decided(
  { key, node: { hypervisor, node }, governing: { feed }, model, settings, now }: Here,
  { state, reasons, shed }: Want,
): NodeDecided {
  const newest = feed.evidence.at(-1);
  const before = model.nodeStandings.get(key);
  const armed = settings.modes.get(nodeClause) ?? 'dry-run';
  const mode = state === 'running' && !before?.enforced ? 'dry-run' : armed;
  const enforced = shed && (before?.enforced === true || (state === 'stopped' && mode === 'enforce'));
  const desired: DesiredNode = {
    id: nodeId(hypervisor, node),
    hypervisor,
    node,
    state,
    generation: (before?.desired.generation ?? 0) + 1,
    clause: nodeClause,
    reason: phrase(reasons, 'en'),
    reasons: [...reasons],
    evidence: feed.evidence.map(({ id }) => id),
    mode,
    ...(state !== 'hands-off' && { validUntil: new Date(now + validForMs).toISOString() }),
    settingsHash: settings.hash,
  };
  return {
    key,
    desired,
    shed,
    enforced,
    wakes: state === 'running' ? (before?.wakes ?? 0) + 1 : 0,
    cause: newest && {
      id: newest.id,
      correlationid: feed.evidence[0]?.correlationid ?? newest.correlationid,
    },
  };
}
