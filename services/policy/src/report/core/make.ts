import type { ReportData, ReportHappenings } from '@huismeester/contracts';
import { foldAccess } from './access.ts';
import { foldAdvice } from './advice.ts';
import { foldDecisions } from './decisions.ts';
import { type Entry, iso, type ReportSource } from './entry.ts';
import { foldFailures, foldPower } from './failures.ts';
import { foldClasses, foldItems } from './items.ts';
import { type Before, type Place, placing, type Range } from './placing.ts';
import { foldProjects } from './projects.ts';
import { foldTeam } from './team.ts';
import { foldViolations } from './violations.ts';

/**
 * Makes the report of a range of what was collected: a fold, so that the same entries give the same report, in whichever order the logs were read
 * among each other (BOARD-2).
 *
 * @param zone of the site: by it civil days end
 * @param before what the last report of a month before the range was made of; missing where there is none, and so nothing is late
 */
export function makeReport(
  collected: readonly Entry[],
  range: Range,
  { zone, before }: { readonly zone: string; readonly before?: Before | undefined },
): ReportData {
  const place = placing(range, before);
  const entries = bySource(collected, range);
  const team = foldTeam(entries('membership'), place);
  const failures = foldFailures(entries('netwatch'), place);
  const power = foldPower(entries('ups-monitor'), place);
  const items = foldItems(entries('inventory'), foldClasses(entries('vm-lifecycle')));
  const decisions = foldDecisions(entries('inventory'), place);
  const projects = foldProjects(entries('vm-lifecycle'), place);
  const access = foldAccess(entries('membership'), place, team.known);
  const violations = foldViolations(entries('policy'), place, team.known);
  const advice = foldAdvice(entries('policy'), place);
  const parts = [team, failures, power, decisions, projects, access, violations, advice];
  const of = (where: Place): ReportHappenings =>
    // Each has lists of its own.
    Object.assign({}, ...parts.map((part) => part.of(where))) as ReportHappenings;
  const inTeam = team.state.team.flatMap(({ person, state }) => (state === 'suspended' ? [] : [person]));
  const made = {
    happened: of('happened'),
    late: of('late'),
    state: {
      ...team.state,
      ...failures.state,
      ...power.state,
      ...violations.state,
      ...decisions.state,
      ...projects.state,
      ...items.state({ to: range.to, zone }, team.full),
      ...access.state(range.to, new Set(inTeam)),
      ...advice.state,
    },
  };
  const since = knownSince(collected);
  return {
    from: iso(range.from),
    to: iso(range.to),
    ...(since !== undefined && since > range.from && { known_since: iso(since) }),
    names: namesIn(made, [items.nameOf, projects.nameOf, decisions.nameOf]),
    ...made,
  };
}

/** The entries of each log in its order, up to the end of the range. */
function bySource(collected: readonly Entry[], { to }: Range): (source: ReportSource) => readonly Entry[] {
  const found = new Map<ReportSource, Entry[]>();
  for (const entry of collected) {
    if (entry.time >= to) continue;
    const of = found.get(entry.source);
    if (of) of.push(entry);
    else found.set(entry.source, [entry]);
  }
  for (const of of found.values()) of.sort((one, other) => one.seq - other.seq);
  return (source) => found.get(source) ?? [];
}

/** Since when all logs are read: the last of their first moments, ms since 1970. */
function knownSince(collected: readonly Entry[]): number | undefined {
  const first = new Map<ReportSource, number>();
  for (const { source, type, time } of collected) {
    if (type === 'source.read') first.set(source, Math.min(first.get(source) ?? time, time));
  }
  return first.size === 0 ? undefined : Math.max(...first.values());
}

const subject = /^[a-z-]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What the things are called that stand in it: whatever reads as a subject, and the items and projects that are named by their ids. */
function namesIn(
  value: unknown,
  namers: readonly ((subject: string) => string | undefined)[],
): Record<string, string> {
  const names = new Map<string, string>();
  const note = (text: string): void => {
    if (names.has(text) || !subject.test(text)) return;
    const name = namers.reduce<string | undefined>((found, nameOf) => found ?? nameOf(text), undefined);
    if (name !== undefined) names.set(text, name);
  };
  const walk = (each: unknown, key = ''): void => {
    if (typeof each === 'string') note(key === 'item' || key === 'project' ? `${key}/${each}` : each);
    else if (Array.isArray(each)) for (const item of each) walk(item, key);
    else if (typeof each === 'object' && each !== null)
      for (const [name, held] of Object.entries(each)) walk(held, name);
  };
  walk(value);
  return Object.fromEntries([...names].sort(([one], [other]) => (one < other ? -1 : 1)));
}
