import { expect } from 'vitest';
import type { Caretaker } from './caretaker.ts';
import {
  areApart,
  certain,
  type ExpectedIncident,
  expectedIncidents,
  expectedStates,
  type State,
  slackMs,
} from './reference.ts';
import { isIn } from './space.ts';

/** An incident as it was recorded, in true time. */
export interface Recorded {
  readonly id: string;
  readonly root: string;
  readonly members: readonly string[];
  readonly since: number;
  readonly until: number | undefined;
  readonly isMerged: boolean;
}

const states: readonly State[] = ['up', 'down', 'unknown'];
/** Of these availability is made. */
const counted: readonly State[] = ['up', 'down'];

/** What was recorded of each thing is what it truly was, but for the looks' own delay. */
export function compareStates({ truth, intervals }: Caretaker): void {
  for (const { id, seenBy, incidents } of truth.history.items) {
    if (seenBy === 'log' || !incidents) continue;
    const expected = expectedStates(truth, id);
    for (const each of expected) {
      const stretch = certain(truth.history, each);
      if (!stretch) continue;
      const { from, to } = stretch;
      const about = `${id} ${each.state} from ${each.from} to ${each.to}`;
      expect(intervals.stateAt(id, from), about).toBe(each.state);
      for (const other of states.filter((state) => state !== each.state)) {
        expect(intervals.sum(id, other, from, to), `${about}, but ${other}`).toBe(0);
      }
    }
    for (const state of counted) {
      const truly = expected.filter((each) => each.state === state);
      const ms = truly.reduce((sum, { from, to }) => sum + to - from, 0);
      const recorded = intervals.sum(id, state, 0, truth.history.endMs);
      expect(Math.abs(recorded - ms), `${id} ${state}`).toBeLessThanOrEqual(expected.length * slackMs);
    }
  }
}

/** There was an incident for each failure, with its root, members, start and end; and no other. */
export function compareIncidents({ truth }: Caretaker, all: readonly Recorded[]): void {
  const known = expectedIncidents(truth);
  const byRoot = Map.groupBy(known, ({ root }) => root);
  const recorded = all.filter(({ isMerged }) => !isMerged);
  for (const each of recorded) {
    if (known.some((expected) => isInBrief(expected, each))) continue;
    expect([...byRoot.keys()], `incident ${each.id}`).toContain(each.root);
  }
  for (const [root, expected] of byRoot) {
    if (!areApart(truth.history, expected)) continue;
    const found = recorded.filter((each) => each.root === root);
    for (const each of expected) compareOne(each, found);
    const most = expected.length;
    expect(found.length, `incidents of ${root}`).toBeLessThanOrEqual(most);
  }
}

function compareOne(expected: ExpectedIncident, recorded: readonly Recorded[]): void {
  const { root, start, end, members, isCertain } = expected;
  const found = recorded.find(({ since }) => start.from <= since && since <= start.to);
  const about = `${root} from ${start.from} to ${end.from}: ${JSON.stringify(recorded)}`;
  if (!found && !isCertain) return;
  expect(found, about).toBeDefined();
  expect(found?.until, about).toBeGreaterThanOrEqual(end.from);
  expect(found?.until, about).toBeLessThanOrEqual(end.to);
  if (isCertain) expect(found?.members, about).toEqual(members);
}

function isInBrief({ members, brief }: ExpectedIncident, { root, since }: Recorded): boolean {
  return members.includes(root) && isIn(brief, since);
}
