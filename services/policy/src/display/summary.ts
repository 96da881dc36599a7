import type { StatePayload } from '@huismeester/contracts';
import type { Facts } from '../facts/index.ts';
import type { OutageNow } from '../rules/power/outage.ts';
import { rank, stages } from '../rules/power/plan.ts';
import type { PolicySettings } from '../rules/settings.ts';

/** What the summary is made of. */
export interface Space {
  readonly facts: Facts;
  readonly dependsOn: PolicySettings['dependsOn'];
  readonly outages: readonly OutageNow[];
  readonly openViolations: number;
  /** Nodes that we shut down and that are off. */
  readonly nodesOff: number;
  /** Decisions of which vm-lifecycle gave up on the newest generation. */
  readonly hindered: number;
  /** ms since 1970. */
  readonly now: number;
}

/** The whole space in one flat payload, for lights and displays: the worst stage of any UPS counts. */
export function summary({
  facts,
  dependsOn,
  outages,
  openViolations,
  nodesOff,
  hindered,
  now,
}: Space): StatePayload<'policy', 'space'> {
  const { stage, next } = worstOf({ outages });
  const { feeds, onBattery } = seenFeeds(facts);
  const power = onBattery.length > 0 ? 'on-battery' : 'on-mains';
  const since = sinceOfPower({ facts });
  return {
    ...(feeds.length > 0 && { power, on_battery: onBattery.length > 0 ? 1 : 0 }),
    ...(since !== undefined && { since_s: elapsed(now - since) }),
    stage,
    stage_n: stages.indexOf(stage),
    ...(next && { next_stage_s: elapsed(next.at - now) }),
    core_down: coreDown({ facts, dependsOn }).length,
    nodes_off: nodesOff,
    open_violations: openViolations,
    hindered,
    holds: new Set([...facts.hold.values()].flatMap((hold) => (hold.until > now ? [hold.target] : []))).size,
    ts: now,
  };
}

/** How the worst of all power cuts stands, which counts for the whole space. */
export function worstOf({ outages }: Pick<Space, 'outages'>): Pick<OutageNow['verdict'], 'stage' | 'next'> {
  const [worst] = outages.toSorted((a, b) => rank(b.verdict.stage) - rank(a.verdict.stage));
  return worst?.verdict ?? { stage: 'mains' };
}

/** The UPSes of which it is known what feeds them, and those on battery. */
function seenFeeds({ ups }: Pick<Facts, 'ups'>) {
  const feeds = [...ups.values()].filter(({ mains }) => mains !== 'unknown');
  return { feeds, onBattery: feeds.filter(({ mains }) => mains === 'on-battery') };
}

/**
 * Since when the space is on battery, or on mains, ms since 1970: of several UPSes on battery the first one counts, of several on mains the last one
 * that came back. Undefined: of no UPS it is known.
 */
export function sinceOfPower({ facts }: { readonly facts: Pick<Facts, 'ups'> }): number | undefined {
  const { feeds, onBattery } = seenFeeds(facts);
  if (onBattery.length > 0) return Math.min(...onBattery.map(({ since }) => since));
  return feeds.length > 0 ? Math.max(...feeds.map(({ since }) => since)) : undefined;
}

/** Core VMs that are off, and core things that netwatch finds down; what is down because of such a VM counts once, with that. */
export function coreDown({
  facts: { vm, incident },
  dependsOn,
}: Pick<Space, 'facts' | 'dependsOn'>): string[] {
  const off = [...vm.values()].filter((guest) => guest.class === 'core' && !guest.running);
  const counted = new Set(off.map((guest) => `vm/${guest.vm}`));
  // Where the VM's own cause, such as its node, is the root, settings say what hangs on the VM.
  const members = [...incident.values()].flatMap(({ root, members }) => (counted.has(root) ? [] : members));
  const failing = members.filter(({ state }) => state !== 'up').map(({ thing }) => thing);
  const explained = explainedBy(counted, failing, dependsOn);
  const down = members.filter(({ thing, core, state }) => core && state === 'down' && !explained.has(thing));
  return [...counted, ...new Set(down.map(({ thing }) => thing))];
}

/** Those of the failing things that fail because of these causes, or of what fails because of them. */
function explainedBy(
  causes: ReadonlySet<string>,
  failing: readonly string[],
  dependsOn: Space['dependsOn'],
): ReadonlySet<string> {
  const explained = new Set<string>();
  const has = (thing: string) => causes.has(thing) || explained.has(thing);
  // A list within the list: any one of them is enough, so that all have to fail.
  const explains = (need: string | readonly string[]) =>
    typeof need === 'string' ? has(need) : need.every(has);
  for (let size = -1; size < explained.size; ) {
    size = explained.size;
    for (const thing of failing) if (dependsOn.get(thing)?.some(explains)) explained.add(thing);
  }
  return explained;
}

function elapsed(ms: number): number {
  return Math.max(0, Math.round(ms / 1000));
}
