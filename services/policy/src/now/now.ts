import type { Now } from '@huismeester/contracts';
import { armable, armedModes } from '../arming/mode.ts';
import { clauses } from '../clauses/list.ts';
import { type ClauseFacts, clauseStatus } from '../clauses/status.ts';
import type { Passed } from '../desired/pass-runner.ts';
import { coreDown, type Space, summary, worstOf } from '../display/summary.ts';
import { armedAs } from '../rules/define.ts';
import { rules } from '../rules/index.ts';
import { clauseOf } from '../rules/power/here.ts';
import type { PolicySettings } from '../rules/settings.ts';
import { nodesOf, powerOf, sinceOf } from './parts.ts';
import { saysOf, stateOf } from './sentence.ts';
import type { Source } from './sources.ts';
import { calledBy, unseenOf } from './unseen.ts';

/** What `/now` is made of. */
export interface NowKnown {
  /** The newest evaluation; undefined before the first. */
  readonly found: Passed | undefined;
  /** Undefined while the power rule has not been asked: then nothing is known of power cuts. */
  readonly space: Space | undefined;
  readonly sources: readonly Source[];
  /** What core that is down is called, by subject, where it has a name. */
  readonly names: ReadonlyMap<string, string>;
  readonly settings: PolicySettings;
  /** Of each clause that is watched, how it was watched in the newest evaluation. */
  readonly watches: ClauseFacts['watches'];
  readonly timezone: string;
  /** As of when, ms since 1970. */
  readonly at: number;
}

/** How the space is, as all that may read everything see it, but for what is asked of each. */
export function nowOf(known: NowKnown): Now {
  const { found, space, sources, names, timezone, at } = known;
  const core = space === undefined ? [] : coreDown(space);
  const called = calledBy(names);
  const unseen = unseenOf(found?.facts, sources, called);
  const counts = countsOf(known);
  const power = powerOf(space, timezone);
  const dryRun = dryRunOf(known);
  const { state, reasons } = stateOf({
    ...hereOf(space, dryRun),
    ...counts,
    coreDown: { count: core.length, names: core.map(called) },
    violations: { serious: counts.serious, all: counts.violations },
    unseen: { count: unseen.length, names: unseen },
  });
  const things = core.map((thing) => {
    const name = names.get(thing);
    return { thing, ...(name !== undefined && { name }), ...sinceOf(thing, space) };
  });
  return {
    at: new Date(at).toISOString(),
    state,
    says: saysOf(reasons, timezone),
    reasons: [...reasons],
    ...power,
    nodes: nodesOf(found, timezone),
    core: space === undefined ? {} : { down: core.length, things },
    counts,
    dryRun,
    ...notSetUpOf(known),
    sources: [...sources],
  };
}

/**
 * What somebody may know who is not of the space, and a display: as much as the public summary on MQTT says, in which nothing is named, and whether all of it is
 * known. `power`: with UPSes and cuts, and with what follows from a cut, for a display.
 */
export function publicPart(known: NowKnown, { power = false } = {}): Now {
  const { space, timezone, found, sources } = known;
  const whole = nowOf(known);
  const { outages, ups, stage, since, next } = whole;
  const { violations, holds, hindered, nodesOff } = whole.counts;
  const unseen = unseenOf(found?.facts, sources, String);
  const here = hereOf(space, whole.dryRun ?? []);
  const { state, reasons } = stateOf({
    ...here,
    next: power ? here.next : undefined,
    coreDown: { count: whole.core.down ?? 0 },
    nodesOff,
    hindered,
    // How serious they are is no number of the summary.
    violations: { serious: 0, all: violations },
    unseen: { count: unseen.length },
  });
  return {
    at: whole.at,
    state,
    says: saysOf(reasons, timezone),
    reasons: [...reasons],
    stage,
    ...(since !== undefined && { since }),
    ...(next && { next }),
    ...(power && outages && ups && { outages, ups }),
    core: whole.core.down === undefined ? {} : { down: whole.core.down },
    counts: { violations, holds, hindered, nodesOff },
    sources: [],
  };
}

/** The stage of the space, what comes next, and whether anything follows from that. */
function hereOf(space: Space | undefined, dryRun: readonly string[]) {
  if (space === undefined) return { stage: 'unknown', isDryRun: false } as const;
  const { stage, next } = worstOf(space);
  const clauses: Readonly<Record<string, string>> = clauseOf;
  const clause = next && clauses[next.stage];
  return { stage, next, isDryRun: clause !== undefined && dryRun.includes(armedAs('power', clause)) };
}

function countsOf({ found, space }: NowKnown): Now['counts'] & { readonly serious: number } {
  const counted = space && summary(space);
  return {
    violations: found?.unaccepted.all ?? 0,
    serious: found?.unaccepted.serious ?? 0,
    holds: counted?.holds ?? 0,
    incidents: found?.facts.incident.size ?? 0,
    hindered: counted?.hindered ?? 0,
    nodesOff: counted?.nodes_off ?? 0,
  };
}

function dryRunOf({ found, settings }: NowKnown): string[] {
  if (found === undefined) return [];
  const modes = armedModes(found.stored.modes, rules, settings);
  return armable(rules).flatMap(({ rule, clause }) =>
    modes.get(armedAs(rule, clause)) === 'enforce' ? [] : [armedAs(rule, clause)],
  );
}

function notSetUpOf({ found, watches, settings }: NowKnown): Pick<Now, 'notSetUp'> {
  if (found === undefined) return {};
  const { modes, violations } = found.stored;
  const all = clauses.map((each) => clauseStatus(each, { rules, watches, modes, violations, settings }));
  return { notSetUp: all.filter(({ status }) => status === 'not-set-up').length };
}
