import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { clauses } from './list.ts';
import { pagePath, policyPage } from './page.ts';

const root = new URL('../../../../', import.meta.url);

test('docs/policy.md is what the list of clauses makes of it', () => {
  expect(readFileSync(new URL(pagePath, root), 'utf8')).toBe(policyPage());
});

test.each(clauses.map((each) => [each.clause, each] as const))(
  '%s says what is done, and which tests show it',
  (clause, each) => {
    expect(each.does.length).toBeGreaterThan(20);
    expect(each.titles.nl).not.toBe(each.titles.en);
    expect(each.tests).not.toEqual([]);
    expect(each.tests.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
    // It is watched by a rule, or kept by how the program is made, and never both.
    const isWatched = rules.some((rule) => rule.clauses.has(clause));
    expect(each.builtIn === undefined).toBe(isWatched);
  },
);

test('no rule watches a clause that the policy does not have', () => {
  const known = new Set(clauses.map(({ clause }) => clause));
  const watched = rules.flatMap((rule) => [...rule.clauses.keys()]);
  expect(watched.filter((clause) => !known.has(clause))).toEqual([]);
});
