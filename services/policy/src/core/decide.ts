import { phrase } from '@huismeester/contracts';
import { guestsByNode, isSelf, neededOf } from './backwards.ts';
import { type Evidence, type Feed, unknownFeed } from './feed.ts';
import { type Desired, type Guest, ownStanding, type Standing } from './guest.ts';
import { clauseOf, type Model, nodeKey, type PolicySettings } from './model.ts';
import { decideNodes, type NodeDecided } from './nodes.ts';
import { type Outage, runtimeLeft, type StageVerdict, stageOf } from './stage.ts';
import { type Governing, modeOfStart, startableAt, type Want, wantedOf } from './want.ts';
import { classes, rank } from './words.ts';

/** How long a power decision may be acted upon, ms. */
const validForMs = 10 * 60_000;

/** How one UPS's power cut stands now, beside how it stood at the last look. */
export interface OutageNow {
  readonly feed: Feed;
  readonly before: Outage | undefined;
  readonly verdict: StageVerdict;
}

/** A new decision about one VM, and what is remembered of a shedding. */
export interface Decided {
  readonly desired: Desired;
  readonly shed: Standing['shed'];
  readonly cause: Evidence | undefined;
}

/** What policy found at one look. */
export interface Outcome {
  readonly outages: readonly OutageNow[];
  readonly decisions: readonly Decided[];
  readonly nodes: readonly NodeDecided[];
  /** When time alone may change the outcome, ms since 1970. */
  readonly lookAgainAt?: number;
}

/**
 * Everything that follows from the facts at `now`. Decisions come in the order in which classes go off. One look can
 * make the next one find more (a start that waited for this one), so the caller looks again until nothing is decided.
 */
export function decide(model: Model, settings: PolicySettings, now: number): Outcome {
  const byNode = guestsByNode(model);
  const outages = [...model.feeds.values()].map((feed) => {
    const before = model.outages.get(feed.ups);
    const verdict = stageOf(feed, before, settings.plan, neededOf(feed, model, byNode, settings), now);
    return { feed, before, verdict };
  });
  const governing = governingOf(outages, settings, now);
  const nodes = decideNodes({ model, byNode, settings, now }, governing);
  const guests = decideGuests(model, settings, governing, now);
  const next = outages.flatMap(({ verdict }) => (verdict.next ? [verdict.next.at] : []));
  const due = [...next, ...nodes.due, ...guests.due];
  return {
    outages,
    decisions: guests.decisions,
    nodes: nodes.decisions,
    ...(due.length > 0 && { lookAgainAt: Math.min(...due) }),
  };
}

function decideGuests(
  model: Model,
  settings: PolicySettings,
  governing: (key: string) => Governing,
  now: number,
): { decisions: Decided[]; due: number[] } {
  const due: number[] = [];
  const decisions: Decided[] = [];
  const governed = governedGuests(model, governing);
  const restored = governed.flatMap(({ guest, standing, governing: { verdict } }) =>
    verdict.stage === 'mains' && standing?.shed?.enforced && !model.holds.has(guest.vm)
      ? [{ guest, standing }]
      : [],
  );
  const startable = new Map(
    classes.map((vmClass) => [vmClass, startableAt(vmClass, restored, settings.plan.restoreStepMs)] as const),
  );
  for (const { guest, standing, governing: its } of governed) {
    const mode = settings.modes.get(clauseOf[guest.class]) ?? 'dry-run';
    const verdict = wantedOf({
      ...{ guest, standing, governing: its, mode, now },
      hold: model.holds.get(guest.vm),
      self: isSelf(guest, settings),
      startableAt: startable.get(guest.class),
    });
    if (!verdict) continue;
    if ('lookAgainAt' in verdict) due.push(verdict.lookAgainAt);
    else {
      const effective = verdict.want.state === 'running' ? modeOfStart(standing, mode) : mode;
      decisions.push(decided(guest, standing, its, verdict.want, effective, settings.hash, now));
    }
  }
  return { decisions, due };
}

interface Governed {
  readonly guest: Guest;
  readonly standing: Standing | undefined;
  readonly governing: Governing;
}

/**
 * The feed whose word counts for a node: the mildest of those that power it, of several such the one that lasts longest,
 * since a node with one good feed is in no power cut. A node that settings power by nothing is never in one.
 */
export function governingOf(
  outages: readonly OutageNow[],
  settings: PolicySettings,
  now: number,
): (key: string) => Governing {
  const left = ({ feed }: Governing): number => runtimeLeft(feed, now) ?? 0;
  const byUps = new Map<string, Governing>(outages.map((outage) => [outage.feed.ups, outage]));
  const calm = (ups: string): Governing => ({
    feed: unknownFeed(ups),
    verdict: { stage: 'mains', reasons: [] },
  });
  const known = new Map<string, Governing>();
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const feeds = settings.nodes.get(key)?.poweredBy ?? [];
    const each = feeds.map((ups) => byUps.get(ups) ?? calm(ups));
    const mildest =
      each.sort((a, b) => rank(a.verdict.stage) - rank(b.verdict.stage) || left(b) - left(a))[0] ??
      calm('none');
    known.set(key, mildest);
    return mildest;
  };
}

/** Each guest with what counts for it, in the order in which they go. */
function governedGuests(model: Model, governing: (key: string) => Governing): Governed[] {
  return [...model.guests.values()]
    .sort((a, b) => classes.indexOf(a.class) - classes.indexOf(b.class) || (a.vm < b.vm ? -1 : 1))
    .map((guest) => ({
      guest,
      standing: ownStanding(guest, model.standings.get(guest.vm)),
      governing: governing(nodeKey(guest.hypervisor, guest.node)),
    }));
}

function decided(
  guest: Guest,
  standing: Standing | undefined,
  { feed, verdict }: Governing,
  want: Want,
  mode: Desired['mode'],
  settingsHash: string,
  now: number,
): Decided {
  const correlationid =
    want.shed?.correlationid || standing?.shed?.correlationid || feed.evidence[0]?.correlationid;
  const newest = feed.evidence.at(-1);
  const acts = want.state !== 'hands-off';
  return {
    desired: {
      vm: guest.vm,
      state: want.state,
      generation: (standing?.desired.generation ?? 0) + 1,
      rule: want.rule,
      clause: want.rule === 'hold' ? 'SPACE-3' : clauseOf[guest.class],
      reason: phrase(want.reasons, 'en'),
      reasons: [...want.reasons],
      evidence: feed.evidence.map(({ id }) => id),
      mode,
      stage: verdict.stage,
      ...(acts && { validUntil: new Date(now + validForMs).toISOString() }),
      settingsHash,
    },
    shed: want.shed,
    cause: newest && correlationid ? { id: newest.id, correlationid } : undefined,
  };
}
