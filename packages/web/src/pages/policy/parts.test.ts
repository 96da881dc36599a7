import type { Clause } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { partsOf, statuses, tones, withClauses } from './parts.ts';

const clause = (position: number, name: string, status: Clause['status']): Clause => ({
  position,
  clause: name,
  title: name,
  watchedBy: [],
  status,
  violations: [],
});

test('clauses stand in the order of the policy, by part, with how many are to be looked at', () => {
  const parts = partsOf([
    clause(3, 'CORE-1', 'unknown'),
    clause(2, 'TEAM-2', 'violated'),
    clause(1, 'TEAM-1', 'kept'),
    clause(4, 'CORE-2', 'accepted'),
  ]);
  expect(
    parts.map(({ name, notKept, clauses }) => [name, notKept, ...clauses.map((each) => each.clause)]),
  ).toEqual([
    ['TEAM', 1, 'TEAM-1', 'TEAM-2'],
    ['CORE', 1, 'CORE-1', 'CORE-2'],
  ]);
});

test('only what is kept is good, and each status has its place', () => {
  expect(statuses.filter((status) => tones[status] === 'good')).toEqual(['kept']);
  expect(new Set<string>(statuses)).toEqual(new Set(Object.keys(tones)));
});

test('names of clauses in a text are found, others are left as they are', () => {
  const known = new Set(['SPACE-3']);
  expect(withClauses('See SPACE-3, not RFC-3 or SPACE-31.', known)).toEqual([
    'See ',
    'SPACE-3',
    ', not RFC-3 or SPACE-31.',
  ]);
  expect(withClauses('', known)).toEqual(['']);
});
