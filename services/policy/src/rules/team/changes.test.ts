import { expect, test } from 'vitest';
import type { MemberFact } from '../../facts/member.ts';
import { changeNotices, type Row, remember } from './changes.ts';

const day = 24 * 3_600_000;
type State = MemberFact['state'];

/** What somebody reads who was `states` one after another, a day each, at the end of the last one. */
function read(states: readonly State[], more: { readonly until?: number; readonly after?: number } = {}) {
  let row: Row | undefined;
  for (const [index, state] of states.entries()) {
    const until = state === 'suspended' ? more.until : undefined;
    row = remember(row, { person: 'p', state, ...(until !== undefined && { until }) }, index * day);
  }
  const now = (states.length - 1) * day + (more.after ?? 0);
  return row ? changeNotices('p', row, now) : [];
}

test.each<[string, readonly State[], readonly string[]]>([
  ['seen for the first time', ['suspended'], []],
  ['nothing changed', ['full', 'full'], []],
  ['suspended', ['full', 'suspended'], ['member-suspended now']],
  ['back', ['full', 'suspended', 'full'], ['member-reinstated digest']],
  ['back on trial', ['trial', 'suspended', 'trial'], ['member-reinstated digest']],
  ['ended while suspended', ['full', 'suspended', 'former'], ['member-ended now']],
  ['left', ['full', 'former'], ['member-ended now']],
  ['confirmed', ['trial', 'full'], ['member-confirmed digest']],
  ['joined again, of which the application says it', ['former', 'full'], []],
])('%s', (_, states, kinds) => {
  expect(read(states).map(({ kind, urgency }) => `${kind} ${urgency}`)).toEqual(kinds);
});

test('it is said for a week, to that person alone, with no reason', () => {
  const [notice] = read(['full', 'suspended'], { until: 20 * day });
  expect(notice).toMatchObject({ to: { person: 'p' }, clause: 'TEAM-1', reasons: [], until: 20 * day });
  expect(read(['full', 'suspended'], { after: 7 * day })).toHaveLength(1);
  expect(read(['full', 'suspended'], { after: 7 * day + 1 })).toEqual([]);
});

test('a row is the same object while nothing changes, and an extended trial is no other state', () => {
  const row = remember(undefined, { person: 'p', state: 'trial', until: 1 }, 0);
  expect(remember(row, { person: 'p', state: 'trial', until: 1 }, 9)).toBe(row);
  const extended = remember(row, { person: 'p', state: 'trial', until: 2 }, 9);
  expect(extended).toEqual({ state: 'trial', since: 0, until: 2, extended: 9 });
  expect(changeNotices('p', row, 9)).toEqual([]);
  expect(changeNotices('p', extended, 9)).toMatchObject([
    { kind: 'trial-extended', to: { person: 'p' }, clause: 'JOIN-3', urgency: 'digest', until: 2 },
  ]);
  expect(changeNotices('p', extended, 10 + 7 * day)).toEqual([]);
  // What comes after it is not about that any more.
  expect(remember(extended, { person: 'p', state: 'full' }, 20)).toEqual({
    state: 'full',
    from: 'trial',
    since: 20,
  });
});
