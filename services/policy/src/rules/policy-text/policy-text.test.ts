import { phrase } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import { noFacts } from '../../facts/index.ts';
import type { PolicyTextFact } from '../../facts/policy-text.ts';
import { rule } from './index.ts';

const read: PolicyTextFact = {
  revision: '4711',
  expected: '4680',
  newer: true,
  sections: ['Core-infra', 'Leden'],
};

function look(fact: PolicyTextFact | undefined, hasRevision = true) {
  const facts = { ...noFacts, policyText: new Map(fact ? [['main', fact]] : []) };
  const settings = { ...defaults, policyText: { hasRevision } };
  const context = { now: 0, startedAt: 0, epoch: 'e', modes: new Map(), mine: new Map(), settings };
  const { violations, clauses } = atOnce(rule.decide(facts, new Map(), context));
  return { ...violations, watch: clauses.get('TEAM-3') };
}

test('a newer revision is a violation, one for each, that says what changed and what to do', () => {
  const { found, watch } = look(read);
  expect(found).toMatchObject([
    {
      kind: 'policy-changed',
      subject: 'policy-text/main',
      cause: '4711',
      severity: 'warning',
      clause: 'TEAM-3',
    },
  ]);
  expect(phrase(found[0]?.reasons ?? [], 'nl')).toBe(
    'de pagina met het infrabeleid heeft een nieuwere versie (4711) dan hier wordt uitgevoerd; gewijzigd: Core-infra, Leden; lees wat er veranderd is, kijk of de instellingen mee moeten, en noem die versie als `policy.text.revision` in space.yaml',
  );
  expect(watch).toBe('watched');
});

test.each<[string, PolicyTextFact | undefined, readonly object[]]>([
  ['the one that settings name', { ...read, newer: false }, []],
  ['not read yet', undefined, [{ kind: 'policy-changed', subject: 'policy-text/main' }]],
  ['not seen', { ...read, unseen: true }, [{ kind: 'policy-changed', subject: 'policy-text/main' }]],
])('the page is %s', (_, fact, undecided) => {
  expect(look(fact)).toMatchObject({ found: [], undecided });
});

test('how it is watched', () => {
  expect(look(undefined).watch).toEqual({ unknown: expect.stringContaining('not be read yet') });
  expect(look({ ...read, newer: false }, false).watch).toEqual({
    notSetUp: expect.stringContaining('policy.text.revision'),
  });
  expect(rule.notSetUp?.(defaults)).toMatch(/policy\.text/);
  expect(rule.notSetUp?.({ ...defaults, policyText: { hasRevision: true } })).toBeUndefined();
});
