import { phrase } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import { noFacts } from '../../facts/index.ts';
import type { PolicyTextFact, PolicyTextRead } from '../../facts/policy-text.ts';
import type { WikiFact } from '../../facts/wiki.ts';
import { rule } from './index.ts';

const now = Date.parse('2026-12-02T12:00:00Z');
const week = 7 * 24 * 3_600_000;
const read: PolicyTextRead = {
  revision: '4711',
  expected: '4680',
  newer: true,
  sections: ['Core-infra', 'Leden'],
};
const same = { ...read, newer: false };
const gone = { state: 'missing', since: now - week, confirmed: true } as const;
const unknown = { since: now - week, why: 'left out' };
const away: WikiFact = { state: 'unreachable', since: now - week, why: 'no connection' };

interface More {
  readonly hasRevision?: boolean;
  readonly isOnWiki?: boolean;
  readonly wiki?: WikiFact;
}

function look(
  fact: PolicyTextFact | undefined,
  { hasRevision = true, isOnWiki = true, wiki = { state: 'reachable', since: 0 } }: More = {},
) {
  const facts = {
    ...noFacts,
    policyText: new Map(fact ? [['main', fact]] : []),
    wiki: new Map([['main', wiki]]),
  };
  const settings = { ...defaults, policyText: { hasRevision, isOnWiki } };
  const context = { now, startedAt: 0, epoch: 'e', modes: new Map(), mine: new Map(), settings };
  const { violations, clauses, notices } = atOnce(rule.decide(facts, new Map(), context));
  return {
    ...violations,
    kinds: violations.found.map(({ kind }) => kind),
    open: violations.undecided.map(({ kind }) => kind),
    watch: clauses.get('TEAM-3'),
    notices,
  };
}

test('a newer revision is a violation, one for each, that says what changed and what to do', () => {
  const { found, watch } = look({ read });
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

const both = ['policy-changed', 'policy-gone'];

test.each<[string, PolicyTextFact | undefined, More, readonly string[], readonly string[], unknown]>([
  ['the one that settings name', { read: same }, {}, [], [], 'watched'],
  ['not read yet', undefined, {}, [], both, 'not be read yet'],
  ['not seen', { read, unseen: true }, {}, [], both, 'inventory'],
  ['gone, said once', { read, gone: { ...gone, confirmed: false } }, {}, [], both, 'missing'],
  ['gone', { read, gone }, {}, ['policy-gone'], ['policy-changed'], 'missing'],
  [
    'gone, and was never read',
    { gone: { ...gone, state: 'blank' } },
    {},
    ['policy-gone'],
    ['policy-changed'],
    'blank',
  ],
  ['gone, and not to be read since', { read, gone, unknown }, {}, [], both, 'left out'],
  ['newer, and not to be read since', { read, unknown }, {}, [], both, 'left out'],
  ['newer, and the wiki is silent', { read }, { wiki: away }, [], both, 'no connection'],
  [
    'newer in a file, and the wiki is silent',
    { read },
    { wiki: away, isOnWiki: false },
    ['policy-changed'],
    [],
    'watched',
  ],
])('the page is %s', (_, fact, more, kinds, open, watch) => {
  const known = watch === 'watched' ? watch : { unknown: expect.stringContaining(String(watch)) };
  expect(look(fact, more)).toMatchObject({ kinds, open, watch: known });
});

test('that nothing can be read of it is said once, after 7 days', () => {
  const { notices } = look({ read, unknown });
  expect(notices).toMatchObject([{ kind: 'page-unknown', subject: 'policy-text/main', clause: 'TEAM-3' }]);
  expect(phrase(notices[0]?.reasons ?? [], 'nl')).toContain('niet te lezen (left out)');
  expect(look({ read, unknown: { ...unknown, since: now - week + 1 } }).notices).toEqual([]);
});

test('how it is watched', () => {
  expect(look({ read: same }, { hasRevision: false }).watch).toEqual({
    notSetUp: expect.stringContaining('policy.text.revision'),
  });
  expect(rule.notSetUp?.(defaults)).toMatch(/policy\.text/);
  const policyText = { hasRevision: true, isOnWiki: true };
  expect(rule.notSetUp?.({ ...defaults, policyText })).toBeUndefined();
});
