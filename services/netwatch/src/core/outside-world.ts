import { nodeId } from '@huismeester/contracts';
import type { Needs } from './graph.ts';
import type { OutsideFact, UpsFact, VmFact } from './outside.ts';
import type { Outside } from './thing.ts';

/** Which UPSes feed the nodes of each hypervisor, by the nodes' names, as settings have it. */
export type Feeds = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** What the facts come to: things that failed, what they need themselves, and the power cuts that may explain them. */
export interface OutsideWorld {
  readonly things: ReadonlyMap<string, Outside>;
  readonly needs: ReadonlyMap<string, Needs>;
  readonly outages: ReadonlySet<string>;
}

/** What was known before, and the time, ms since 1970: what nobody said the start of counts from when it was seen here first. */
export interface Seen {
  readonly before: ReadonlyMap<string, Outside>;
  readonly now: number;
}

export function outsideWorld(facts: readonly OutsideFact[], feeds: Feeds, seen: Seen): OutsideWorld {
  const things = new Map<string, Outside>();
  const needs = new Map<string, Needs>();
  const cuts = new Map(
    facts.flatMap((fact) => (fact.kind === 'ups' && fact.cut ? [[fact.id, fact] as const] : [])),
  );
  const nodes = new Map(
    facts.flatMap((fact) =>
      fact.kind === 'node' ? [[`${fact.hypervisor}/${fact.node}`, fact.id] as const] : [],
    ),
  );
  const thing = (id: string, { failed, since, evidence, unseen }: Failing) => {
    const first = seen.before.get(id);
    const seenAt = first?.failed === failed ? first.since : { time: seen.now };
    const began = since === undefined ? seenAt : { time: since };
    things.set(id, { failed, since: began, ...(evidence && { evidence }), ...(unseen && { unseen }) });
  };
  const feedsOf = (hypervisor: string, node: string) => feeds.get(hypervisor)?.get(node) ?? [];
  /** The first feed's newest cut, if what they all feed failed in the newest cut of each: while one has mains they are no cause. */
  const cutOf = (powered: readonly string[], failedAt: number | undefined) => {
    const found = powered.map((id) => cuts.get(id));
    return found.every((ups) => ups && isDuringCut(ups, failedAt)) ? found[0]?.cut : undefined;
  };
  for (const fact of facts) {
    switch (fact.kind) {
      case 'ups':
        thing(`mains/${fact.id}`, { failed: fact.onBattery, since: fact.since, evidence: fact.cut });
        thing(`ups/${fact.id}`, { ...upsFailing(fact), evidence: fact.cut });
        break;
      case 'vm': {
        const id = nodes.get(`${fact.hypervisor}/${fact.node}`) ?? nodeId(fact.hypervisor, fact.node);
        thing(`vm/${fact.id}`, vmFailing(fact));
        needs.set(`vm/${fact.id}`, [[`node/${id}`]]);
        break;
      }
      case 'node': {
        const powered = feedsOf(fact.hypervisor, fact.node);
        const evidence = cutOf(powered, fact.since);
        thing(`node/${fact.id}`, { failed: !fact.online, since: fact.since, evidence });
        needs.set(`node/${fact.id}`, [[`hypervisor/${fact.hypervisor}`], ...poweredBy(powered)]);
        break;
      }
      case 'hypervisor': {
        const { reachable, since, said, refuses = false } = fact;
        const powered = feedsOfAll(feeds.get(fact.id));
        const failed = !reachable && !refuses;
        const evidence = cutOf(powered, since) ?? said;
        thing(`hypervisor/${fact.id}`, { failed, since, evidence, unseen: refuses });
        needs.set(`hypervisor/${fact.id}`, poweredBy(powered));
      }
    }
  }
  return {
    things,
    needs,
    outages: new Set([...cuts.values()].flatMap(({ cut }) => (cut ? [cut.correlationid] : []))),
  };
}

/**
 * How long after the return of mains something may still be said to have failed in the cut, ms: a shutdown that began before goes on (guests
 * have 3 min as a rule), and a hypervisor that is silent is called unreachable after three polls of 15 s.
 */
const lateMs = 300_000;

/** Whether what this UPS feeds failed (ms since 1970) in its newest power cut: with it, and also when that is over, until it is back. */
function isDuringCut({ onBattery, since, cutSince }: UpsFact, failedAt: number | undefined): boolean {
  if (failedAt === undefined || cutSince === undefined) return onBattery;
  const isBeforeEnd = onBattery || (since !== undefined && failedAt <= since + lateMs);
  return cutSince <= failedAt && isBeforeEnd;
}

/** Any one feed is enough. */
export function poweredBy(ups: readonly string[]): Needs {
  return ups.length === 0 ? [] : [ups.map((id) => `ups/${id}`)];
}

/** An API that answers at any node is lost with the last feed; a node of which no feed is set may be fed by anything. */
function feedsOfAll(nodes: ReadonlyMap<string, readonly string[]> | undefined): string[] {
  const all = [...(nodes?.values() ?? [])];
  return all.some((each) => each.length === 0) ? [] : [...new Set(all.flat())];
}

/** Whether something has failed, since when (absent: nobody said), and by which event. */
interface Failing extends Pick<Outside, 'failed' | 'unseen'> {
  readonly since: number | undefined;
  readonly evidence?: Outside['evidence'];
}

/** What hangs on bare mains fails with it; what the UPS feeds only when that was forced off, or lost while on battery. */
function upsFailing({ onBattery, since = 0, contact, contactSince, forced, forcedAt }: UpsFact): Failing {
  const isLost = onBattery && !contact;
  const lostAt = contactSince === undefined ? undefined : Math.max(since, contactSince);
  const times = [...(forced ? [forcedAt] : []), ...(isLost ? [lostAt] : [])].filter((at) => at !== undefined);
  return { failed: forced || isLost, since: times.length > 0 ? Math.min(...times) : undefined };
}

function vmFailing({ running, stoppedAt, correlationid }: VmFact): Failing {
  // The event that stopped it is not in every snapshot, the first of its chain always is.
  const evidence = correlationid === undefined ? {} : { evidence: { id: correlationid, correlationid } };
  return { failed: !running, since: stoppedAt, ...evidence };
}
