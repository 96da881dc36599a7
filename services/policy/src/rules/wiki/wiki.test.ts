import { phrase } from '@huismeester/contracts';
import { describe, expect, it, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import type { DesignDecisionFact, PageRead } from '../../facts/design-decision.ts';
import { type Facts, noFacts } from '../../facts/index.ts';
import type { ItemFact } from '../../facts/item.ts';
import type { ProjectFact } from '../../facts/project.ts';
import type { WikiFact } from '../../facts/wiki.ts';
import { rule } from './index.ts';

const now = Date.parse('2026-12-02T12:00:00Z');
const week = 7 * 24 * 3_600_000;
const unseen = { unseen: true } as const;
const reachable: WikiFact = { state: 'reachable', since: 0 };
const away: WikiFact = { state: 'unreachable', since: now - week, why: 'no connection' };

const read = (state: PageRead['state'], confirmed = true): PageRead => ({ state, since: 0, confirmed });
const decision = (more: Partial<DesignDecisionFact> = {}): DesignDecisionFact => ({
  decision: 'vlans',
  status: 'accepted',
  page: 'VLANs',
  read: read('found'),
  ...more,
});
const without = ({ page: _, ...rest }: DesignDecisionFact): DesignDecisionFact => rest;
const unread = ({ read: _, ...rest }: DesignDecisionFact): DesignDecisionFact => rest;
const item = (more: Partial<ItemFact> = {}): ItemFact => ({
  item: 'sw',
  name: 'sw',
  kind: 'switch',
  layer: '2',
  life: 'in-use',
  core: 'availability',
  spaceWide: false,
  links: [],
  ...more,
});
const project = (of: ProjectFact['class'], more: Partial<ProjectFact> = {}): ProjectFact => ({
  project: 'music',
  class: of,
  classAt: 0,
  state: 'active',
  agreed: true,
  managers: [],
  ...more,
});

interface Given {
  readonly decisions?: readonly DesignDecisionFact[];
  readonly items?: readonly ItemFact[];
  readonly projects?: readonly ProjectFact[];
  readonly wiki?: WikiFact | undefined;
  readonly isInsane?: boolean;
}

function look({ decisions = [], items = [], projects = [], wiki = reachable, isInsane, ...rest }: Given) {
  const ofWiki = 'wiki' in rest ? undefined : wiki;
  const facts: Facts = {
    ...noFacts,
    designDecision: new Map(decisions.map((each) => [each.decision, each])),
    item: new Map(items.map((each) => [each.item, each])),
    project: new Map(projects.map((each) => [each.project, each])),
    wiki: new Map(ofWiki ? [['main', ofWiki]] : []),
    clock: new Map(isInsane ? [['main', { insane: { since: 0, why: 'jumped' } }]] : []),
  };
  const settings = { ...defaults, wiki: true };
  const context = { now, startedAt: 0, epoch: 'e', modes: new Map(), mine: new Map(), settings };
  const { violations, notices, clauses, lookAgainAt } = atOnce(rule.decide(facts, new Map(), context));
  return {
    all: violations.found,
    found: violations.found.map(({ kind, subject, clause }) => `${kind} ${subject} ${clause}`),
    undecided: violations.undecided.map(({ kind, subject }) => `${kind} ${subject}`),
    notices,
    clauses,
    lookAgainAt,
  };
}

const bad = ['design-page design-decision/vlans CORE-5'];
const badOfSpace = ['design-page design-decision/vlans SPACE-6'];
const open = ['design-page design-decision/vlans'];

test.each<[string, Given, readonly string[], readonly string[]]>([
  ['found', {}, [], []],
  ['missing', { decisions: [decision({ read: read('missing') })] }, bad, []],
  ['blank', { decisions: [decision({ read: read('blank') })] }, bad, []],
  ['leads to nowhere', { decisions: [decision({ read: read('redirect-to-nowhere') })] }, bad, []],
  ['is not a page', { decisions: [decision({ read: read('not-a-page') })] }, bad, []],
  ['missing, said by one look', { decisions: [decision({ read: read('missing', false) })] }, [], open],
  [
    'missing, and not to be read since',
    { decisions: [decision({ read: read('missing'), unknown: { since: 0, why: 'left out' } })] },
    [],
    open,
  ],
  ['not read yet', { decisions: [unread(decision())] }, [], open],
  ['not named', { decisions: [without(decision())] }, bad, []],
  [
    'missing, while the wiki cannot be read',
    { decisions: [decision({ read: read('missing') })], wiki: away },
    [],
    open,
  ],
  ['found, while the wiki cannot be read', { wiki: away }, [], open],
  ['not named, while the wiki cannot be read', { decisions: [without(decision())], wiki: away }, bad, []],
  [
    'missing, while nobody sees the wiki',
    { decisions: [decision({ read: read('missing') })], wiki: { ...reachable, ...unseen } },
    [],
    open,
  ],
  [
    'missing, of a decision that is not seen',
    { decisions: [decision({ read: read('missing'), ...unseen })] },
    [],
    open,
  ],
  [
    'missing, of one that is proposed',
    { decisions: [decision({ status: 'proposed', read: read('missing') })] },
    [],
    [],
  ],
  [
    'missing, of one that was superseded',
    { decisions: [decision({ status: 'superseded', read: read('missing') })] },
    [],
    [],
  ],
])('the page is %s', (_, given, found, undecided) => {
  expect(look({ decisions: [decision()], ...given })).toMatchObject({ found, undecided });
});

test.each<[string, Given, readonly string[], readonly string[]]>([
  ['a core item', { items: [item()] }, bad, []],
  ['a space-wide item', { items: [item({ core: 'no', spaceWide: true })] }, badOfSpace, []],
  ['an item that is neither', { items: [item({ core: 'no' })] }, [], []],
  ['an item that was retired', { items: [item({ life: 'retired' })] }, [], []],
  ['an item of which nothing is known', {}, [], open],
  ['an item that is not seen', { items: [item(unseen)] }, [], [...open]],
])('a page that is missing, about %s', (_, given, found, undecided) => {
  const about = decision({ item: 'sw', read: read('missing') });
  expect(look({ decisions: [about], ...given })).toMatchObject({ found, undecided });
});

test.each<[string, readonly ProjectFact[], readonly string[], readonly string[]]>([
  ['a space-wide project', [project('space-wide')], badOfSpace, []],
  ['a project of core', [project('core')], bad, []],
  ['a participant’s project', [project('participant')], [], []],
  ['one that was retired', [project('space-wide', { state: 'retired' })], [], []],
  ['one of which nothing is known', [], [], open],
])('a page that is missing, about %s', (_, projects, found, undecided) => {
  const about = decision({ project: 'music', read: read('missing') });
  const looked = look({ decisions: [about], projects });
  expect(looked).toMatchObject({ found, undecided });
});

test('is one violation a decision, whatever is the matter with its page', () => {
  const keys = (['missing', 'blank'] as const).map((state) => {
    const [found] = look({ decisions: [decision({ read: read(state) })] }).all;
    return [found?.kind, found?.subject, found?.cause];
  });
  expect(keys[0]).toEqual(keys[1]);
  const [found] = look({ decisions: [decision({ read: read('blank') })] }).all;
  expect(phrase(found?.reasons ?? [], 'nl')).toBe(
    'op de wikipagina VLANs staat niets: schrijf op wat er besloten is',
  );
});

test.each<[string, Given, readonly string[], readonly string[]]>([
  ['core in use', { items: [item()] }, ['no-design-decision item/sw CORE-5'], []],
  ['core that is built', { items: [item({ life: 'building' })] }, [], []],
  ['what is not core', { items: [item({ core: 'no', spaceWide: true })] }, [], []],
  ['core with one', { items: [item()], decisions: [decision({ item: 'sw' })] }, [], []],
  [
    'core with one that is proposed',
    { items: [item()], decisions: [decision({ item: 'sw', status: 'proposed' })] },
    ['no-design-decision item/sw CORE-5'],
    [],
  ],
  [
    'core whose project has one',
    {
      items: [item({ project: 'music' })],
      projects: [project('core')],
      decisions: [decision({ project: 'music' })],
    },
    [],
    [],
  ],
  [
    'a space-wide project',
    { projects: [project('space-wide')] },
    ['no-design-decision project/music SPACE-6'],
    [],
  ],
  ['a project of core', { projects: [project('core')] }, ['no-design-decision project/music CORE-5'], []],
  ['a participant’s project', { projects: [project('participant')] }, [], []],
  ['a retired project', { projects: [project('space-wide', { state: 'retired' })] }, [], []],
  ['core that is not seen', { items: [item(unseen)] }, [], ['no-design-decision item/sw']],
  [
    'a project that is not seen',
    { projects: [project('space-wide', unseen)] },
    [],
    ['no-design-decision project/music'],
  ],
  [
    'core, while the wiki cannot be read',
    { items: [item()], wiki: away },
    ['no-design-decision item/sw CORE-5'],
    [],
  ],
])('no design decision is registered about %s', (_, given, found, undecided) => {
  expect(look(given)).toMatchObject({ found, undecided });
});

test('a page of which nothing can be read is said once, after 7 days, while the wiki answers', () => {
  const of = (since: number, more: Partial<DesignDecisionFact> = {}) => [
    decision({ unknown: { since, why: 'left out' }, ...more }),
  ];
  const { notices, undecided } = look({ decisions: of(now - week) });
  expect(notices).toMatchObject([
    {
      kind: 'page-unknown',
      subject: 'design-decision/vlans',
      moment: new Date(now - week).toISOString(),
      clause: 'CORE-5',
    },
  ]);
  expect(phrase(notices[0]?.reasons ?? [], 'nl')).toMatch(/niet te lezen \(VLANs: left out\)/);
  expect(undecided).toEqual(open);
  expect(look({ decisions: of(now - week + 5) })).toMatchObject({ notices: [], lookAgainAt: now + 5 });
  expect(look({ decisions: of(now - week), isInsane: true }).notices).toEqual([]);
  expect(look({ decisions: of(now - week, { status: 'proposed' }) }).notices).toEqual([]);
  // Then the wiki is what is said.
  const kinds = look({ decisions: of(now - week), wiki: away }).notices.map(({ kind }) => kind);
  expect(kinds).toEqual(['wiki-unknown']);
});

describe('a wiki that cannot be read', () => {
  it('is told of once, after 7 days, and never by a clock that is not believed', () => {
    const [notice] = look({ wiki: away }).notices;
    expect(notice).toMatchObject({
      kind: 'wiki-unknown',
      subject: 'wiki/main',
      moment: new Date(now - week).toISOString(),
      to: 'team',
    });
    const since = now - week + 5;
    expect(look({ wiki: { ...away, since } })).toMatchObject({ notices: [], lookAgainAt: since + week });
    expect(look({ wiki: away, isInsane: true }).notices).toEqual([]);
    expect(look({ wiki: { ...away, ...unseen } }).notices).toEqual([]);
    expect(look({}).notices).toEqual([]);
  });

  it('is not said again when the outbox has forgotten it', () => {
    expect(look({ wiki: { ...away, since: now - 90 * 24 * 3_600_000 } }).notices).toEqual([]);
  });

  it.each<[string, Given, unknown]>([
    ['it answers', {}, 'watched'],
    ['it does not', { wiki: away }, { unknown: expect.stringContaining('no connection') }],
    [
      'nobody sees it',
      { wiki: { ...reachable, ...unseen } },
      { unknown: expect.stringContaining('inventory') },
    ],
  ])('leaves both clauses unknown: %s', (_, given, watch) => {
    const { clauses } = look(given);
    expect([clauses.get('CORE-5'), clauses.get('SPACE-6')]).toEqual([watch, watch]);
  });

  it('is not set up where settings name none', () => {
    expect(rule.notSetUp?.(defaults)).toMatch(/name its api\.php/);
    expect(rule.notSetUp?.({ ...defaults, wiki: true })).toBeUndefined();
  });
});
