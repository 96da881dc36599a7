import type { ReportData, ReportHappenings } from '@huismeester/contracts';
import { foldAccess } from './access.ts';
import { foldAdvice } from './advice.ts';
import { foldDecisions } from './decisions.ts';
import { type Entry, iso, type ReportSource, reportSources } from './entry.ts';
import { foldFailures, foldPower } from './failures.ts';
import { foldClasses, foldItems } from './items.ts';
import { type Before, type Place, placing, type Range } from './placing.ts';
import { foldProjects } from './projects.ts';
import { forEach, type Steps } from './steps.ts';
import { foldTeam } from './team.ts';
import { foldViolations } from './violations.ts';

/**
 * Makes the report of a range of what was collected: a fold, so that the same entries give the same report, in whichever order the logs were read
 * among each other (BOARD-2). In steps: there may be a hundred thousand entries, and the power chain waits for whatever goes on in one go.
 *
 * @param zone of the site: by it civil days end
 * @param before what the last report of a month before the range was made of; missing where there is none, and so nothing is late
 */
export function* makeReport(
  collected: readonly Entry[],
  range: Range,
  { zone, before }: { readonly zone: string; readonly before?: Before | undefined },
): Steps<ReportData> {
  const place = placing(range, before);
  const entries = yield* bySource(collected, range);
  const team = yield* foldTeam(entries('membership'), place);
  const failures = yield* foldFailures(entries('netwatch'), place);
  const power = yield* foldPower(entries('ups-monitor'), place);
  const items = yield* foldItems(entries('inventory'), yield* foldClasses(entries('vm-lifecycle')));
  const decisions = yield* foldDecisions(entries('inventory'), place);
  const projects = yield* foldProjects(entries('vm-lifecycle'), place);
  const access = yield* foldAccess(entries('membership'), place, team.known);
  const violations = yield* foldViolations(entries('policy'), place, team.known);
  const advice = yield* foldAdvice(entries('policy'), place);
  const parts = [team, failures, power, decisions, projects, access, violations, advice];
  const inTeam = team.state.team.flatMap(({ person, state }) => (state === 'suspended' ? [] : [person]));
  const made = {
    happened: yield* happenings(parts, 'happened'),
    late: yield* happenings(parts, 'late'),
    state: {
      ...team.state,
      ...failures.state,
      ...power.state,
      ...violations.state,
      ...decisions.state,
      ...projects.state,
      ...items.state({ to: range.to, zone }, team),
      ...access.state(range.to, new Set(inTeam)),
      ...advice.state,
    },
  };
  const since = yield* knownSince(collected);
  const gaps = yield* gapsIn(entries, range);
  const unknown = reportSources.filter((source) => entries(source).length === 0);
  return {
    from: iso(range.from),
    to: iso(range.to),
    ...(since !== undefined && since > range.from && { known_since: iso(since) }),
    ...(gaps.length > 0 && { gaps }),
    ...(unknown.length > 0 && { unknown }),
    names: yield* namesIn(made, [items.nameOf, projects.nameOf, decisions.nameOf]),
    ...made,
  };
}

/** What happened, of all parts: each has lists of its own. */
function* happenings(
  parts: readonly { readonly of: (where: Place) => Partial<ReportHappenings> }[],
  where: Place,
): Steps<ReportHappenings> {
  const found: Partial<ReportHappenings> = {};
  for (const part of parts) {
    Object.assign(found, part.of(where));
    yield;
  }
  // All of them together have every list.
  return found as ReportHappenings;
}

/** The entries of each log in its order, up to the end of the range. */
function* bySource(
  collected: readonly Entry[],
  { to }: Range,
): Steps<(source: ReportSource) => readonly Entry[]> {
  const found = new Map<ReportSource, Entry[]>();
  yield* forEach(collected, (entry) => {
    if (entry.time >= to) return;
    const of = found.get(entry.source);
    if (of) of.push(entry);
    else found.set(entry.source, [entry]);
  });
  for (const of of found.values()) {
    of.sort((one, other) => one.seq - other.seq);
    yield;
  }
  return (source) => found.get(source) ?? [];
}

/** Since when all logs are read: the last of their first moments, ms since 1970. */
function* knownSince(collected: readonly Entry[]): Steps<number | undefined> {
  const first = new Map<ReportSource, number>();
  yield* forEach(collected, ({ source, type, time }) => {
    if (type === 'source.read') first.set(source, Math.min(first.get(source) ?? time, time));
  });
  return first.size === 0 ? undefined : Math.max(...first.values());
}

/**
 * Where a log was not read without a break: its reader began anew with a snapshot, since events of the log were gone, or it was another log. What happened
 * between the last entry before that and the snapshot may be missing.
 */
function* gapsIn(
  entriesOf: (source: ReportSource) => readonly Entry[],
  range: Range,
): Steps<NonNullable<ReportData['gaps']>> {
  const found: NonNullable<ReportData['gaps']> = [];
  for (const source of reportSources) {
    let last: number | undefined;
    yield* forEach(entriesOf(source), ({ type, time }) => {
      if (type === 'source.read' && last !== undefined && time > range.from)
        found.push({ source, from: iso(last), to: iso(time) });
      last = time;
    });
  }
  return found;
}

const subject = /^[a-z-]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What the things are called that stand in it: whatever reads as a subject, and the items and projects that are named by their ids. */
function* namesIn(
  value: unknown,
  namers: readonly ((subject: string) => string | undefined)[],
): Steps<Record<string, string>> {
  const names = new Map<string, string>();
  const note = (text: string): void => {
    if (names.has(text) || !subject.test(text)) return;
    const name = namers.reduce<string | undefined>((found, nameOf) => found ?? nameOf(text), undefined);
    if (name !== undefined) names.set(text, name);
  };
  yield* forEach(textsIn(value), ([key, text]) =>
    note(key === 'item' || key === 'project' ? `${key}/${text}` : text),
  );
  return Object.fromEntries([...names].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** All texts of a value, however deep, each with the key that it, or its list, stands at. */
function* textsIn(value: unknown): Iterable<readonly [key: string, text: string]> {
  const left: (readonly [key: string, value: unknown])[] = [['', value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [key, each] = next;
    if (typeof each === 'string') yield [key, each];
    else if (Array.isArray(each)) for (const item of each) left.push([key, item]);
    else if (typeof each === 'object' && each !== null) left.push(...Object.entries(each));
  }
}
