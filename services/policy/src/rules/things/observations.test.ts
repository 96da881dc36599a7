import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import { type DesignDecisionEvent, evolveDesignDecision } from '../../facts/design-decision.ts';
import { type Facts, noFacts } from '../../facts/index.ts';
import { evolveItem, type ItemEvent } from '../../facts/item.ts';
import type { NodeFact } from '../../facts/node.ts';
import { type SeenFact, withUnseen } from '../../facts/unseen.ts';
import { evolveGuest, type GuestEvent } from '../../facts/vm.ts';
import { evolveWiki, type WikiEvent } from '../../facts/wiki.ts';
import { registerChanges } from '../../violations/changes.ts';
import { keyOf, type OpenViolation } from '../../violations/violation.ts';
import { rule as wikiRule } from '../wiki/index.ts';
import { rule as thingsRule } from './index.ts';

/*
 * Histories of observations, in any order, repeated, and with sources that are away in between, played through the facts, the rules and the register of
 * violations. The reference knows the last word about each thing alone.
 */

const nodes = ['pve1', 'pve2', 'pve3'] as const;
const vms = ['104', '105'] as const;
const fields = { layer: '1', life: 'in-use', space_wide: false } as const;
const now = Date.parse('2027-03-01T12:00:00Z');
const since = '2027-01-01T00:00:00.000Z';

type Tenure = 'owned' | 'loaned' | 'private' | 'nobody-said';
type Page = 'found' | 'missing' | 'blank';
type Seen =
  | { readonly is: 'vm'; readonly vm: (typeof vms)[number]; readonly node: (typeof nodes)[number] }
  | { readonly is: 'hardware'; readonly node: (typeof nodes)[number]; readonly tenure: Tenure }
  | { readonly is: 'item'; readonly watched: boolean }
  | { readonly is: 'page'; readonly state: Page; readonly confirmed: boolean }
  | { readonly is: 'wiki'; readonly answers: boolean };
type Step = Seen | { readonly is: 'away'; readonly source: 'vms' | 'things' } | { readonly is: 'back' };

const seen: fc.Arbitrary<Seen> = fc.oneof(
  fc.record({ is: fc.constant('vm' as const), vm: fc.constantFrom(...vms), node: fc.constantFrom(...nodes) }),
  fc.record({
    is: fc.constant('hardware' as const),
    node: fc.constantFrom(...nodes),
    tenure: fc.constantFrom<Tenure>('owned', 'loaned', 'private', 'nobody-said'),
  }),
  fc.record({ is: fc.constant('item' as const), watched: fc.boolean() }),
  fc.record({
    is: fc.constant('page' as const),
    state: fc.constantFrom<Page>('found', 'missing', 'blank'),
    confirmed: fc.boolean(),
  }),
  fc.record({ is: fc.constant('wiki' as const), answers: fc.boolean() }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: seen },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('away' as const),
      source: fc.constantFrom('vms' as const, 'things' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ is: 'back' as const }) },
);

/** The last word about each thing, as the reference keeps it. */
interface Last {
  readonly vm: Map<string, string>;
  readonly tenure: Map<string, Tenure>;
  watched: boolean;
  page?: { readonly state: Page; readonly confirmed: boolean };
  answers: boolean;
}

const byText = (one: string, other: string) => (one < other ? -1 : 1);

/** What is to be open once everything is seen again: kind and subject, sorted. */
function expected({ vm, tenure, watched, page }: Last): string[] {
  const found = new Set<string>();
  for (const [id, node] of vm) {
    const whose = tenure.get(node);
    if (whose === 'loaned' || whose === 'private') found.add(`hardware-not-ours vm/${id}`);
    if (whose === undefined || whose === 'nobody-said') found.add(`hardware-unknown node/pve-${node}`);
  }
  if (!watched) found.add('item-not-watched item/sw');
  // Nobody said whose the switch is.
  found.add(watched ? 'hardware-unknown switch/sw1' : 'hardware-unknown item/sw');
  if (page?.confirmed && page.state !== 'found') found.add('design-page design-decision/vlans');
  return [...found].toSorted(byText);
}

class Space {
  facts: Facts = {
    ...noFacts,
    node: new Map(
      nodes.map((node): [string, NodeFact] => [
        `pve/${node}`,
        { id: `pve-${node}`, hypervisor: 'pve', node, online: true },
      ]),
    ),
    directory: new Map([['main', { state: 'known', since: 0 }]]),
  };
  register: OpenViolation[] = [];
  readonly away = new Set<'vms' | 'things'>();
  readonly unread: Seen[] = [];
  readonly last: Last = { vm: new Map(), tenure: new Map(), watched: false, answers: true };
  events = 0;

  constructor() {
    this.see({ is: 'item', watched: false });
    const decision = { decision: 'vlans', title: 'VLANs', status: 'accepted', item: 'sw', page: 'VLANs' };
    this.decide('design-decision.registered', decision);
    this.see({ is: 'wiki', answers: true });
  }

  /** What a source says while it is away is read once it is back. */
  hear(each: Seen): void {
    if (this.away.has(each.is === 'vm' ? 'vms' : 'things')) this.unread.push(each);
    else this.see(each);
  }

  back(): void {
    this.away.clear();
    for (const each of this.unread.splice(0)) this.see(each);
  }

  /** What was observed is said again each time that somebody looks; the facts are folded from it. */
  see(each: Seen): void {
    if (each.is === 'vm') {
      const type = this.facts.vm.has(each.vm) ? 'vm.moved' : 'vm.found';
      const data = { vm: each.vm, class: 'core', hypervisor: 'pve', node: each.node, running: true };
      const folded = evolveGuest(this.facts.vm.get(each.vm), this.event(type, data) as GuestEvent);
      if (folded) this.facts = { ...this.facts, vm: new Map([...this.facts.vm, [each.vm, folded]]) };
      this.last.vm.set(each.vm, each.node);
    } else if (each.is === 'hardware') {
      const tenure = each.tenure === 'nobody-said' ? {} : { tenure: { kind: each.tenure } };
      this.item(each.node, { kind: 'server', core: 'no', stands_for: `node/pve-${each.node}`, ...tenure });
      this.last.tenure.set(each.node, each.tenure);
    } else if (each.is === 'item') {
      this.item('sw', {
        kind: 'switch',
        core: 'availability',
        ...(each.watched && { stands_for: 'switch/sw1' }),
      });
      this.last.watched = each.watched;
    } else if (each.is === 'page') {
      const { state, confirmed } = each;
      this.decide('design-decision.page-read', { decision: 'vlans', state, confirmed, since });
      this.last.page = { state, confirmed };
    } else {
      const type = each.answers ? 'wiki.reachable' : 'wiki.unreachable';
      const wiki = evolveWiki(this.event(type, { since, why: 'no connection' }) as WikiEvent);
      this.facts = { ...this.facts, wiki: new Map([['main', wiki]]) };
      this.last.answers = each.answers;
    }
  }

  private item(item: string, said: object): void {
    const type = this.facts.item.has(item) ? 'item.changed' : 'item.registered';
    const event = this.event(type, { item, name: item, ...fields, ...said }) as ItemEvent;
    const folded = evolveItem(this.facts.item.get(item), event);
    if (folded) this.facts = { ...this.facts, item: new Map([...this.facts.item, [item, folded]]) };
  }

  private decide(type: string, data: object): void {
    const before = this.facts.designDecision.get('vlans');
    const folded = evolveDesignDecision(before, this.event(type, data) as DesignDecisionEvent);
    this.facts = { ...this.facts, designDecision: new Map(folded ? [['vlans', folded]] : []) };
  }

  private event(type: string, data: object): unknown {
    this.events += 1;
    return { type, id: `e${this.events}`, time: since, data };
  }

  /** Both rules look, as their loops do, and the register takes what they found. */
  look(): { readonly opened: readonly string[]; readonly closed: readonly string[] } {
    const isAway = (fact: SeenFact) => this.away.has(fact === 'vm' || fact === 'node' ? 'vms' : 'things');
    const facts = withUnseen(this.facts, (fact) => (fact !== 'directory' && isAway(fact) ? 0 : undefined));
    const settings = { ...defaults, wiki: true, things: new Set(['switch/sw1']) };
    const context = { now, startedAt: 0, epoch: 'e', modes: new Map(), mine: new Map(), settings };
    const [opened, closed]: [string[], string[]] = [[], []];
    for (const rule of [thingsRule, wikiRule]) {
      const { violations } = atOnce(rule.decide(facts, new Map(), context));
      const own = this.register.filter(({ found }) => rule.violationKinds.includes(found.kind));
      const changes = registerChanges(own, [rule], new Map([[rule.name, violations]]), now);
      const gone = new Set(changes.closed.map(({ id }) => id));
      this.events += 1;
      const added = changes.opened.map((found, index) => ({
        id: `${this.events}/${index}`,
        found,
        since: now,
      }));
      this.register = [...this.register.filter(({ id }) => !gone.has(id)), ...added];
      opened.push(...changes.opened.map(named));
      closed.push(...changes.closed.map(({ found }) => named(found)));
    }
    return { opened, closed };
  }
}

const named = ({ kind, subject }: OpenViolation['found']) => `${kind} ${subject}`;
const ofVms = /^hardware-not-ours vm\//;
const ofPages = /^design-page /;

test('never two rows for one thing, never opened or closed by what is unknown, and in the end what the last word says', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (history) => {
      const space = new Space();
      space.look();
      for (const each of history) {
        if (each.is === 'away') space.away.add(each.source);
        else if (each.is === 'back') space.back();
        // The same is observed twice.
        else for (const one of [each, each]) space.hear(one);
        const { opened, closed } = space.look();
        const changed = [...opened, ...closed];
        if (space.away.has('things')) expect(changed).toEqual([]);
        if (space.away.has('vms')) expect(changed.filter((one) => ofVms.test(one))).toEqual([]);
        if (!space.last.answers) expect(changed.filter((one) => ofPages.test(one))).toEqual([]);
        expect(space.look()).toEqual({ opened: [], closed: [] });
        const keys = space.register.map(({ found }) => keyOf(found));
        expect(new Set(keys).size).toBe(keys.length);
        const rows = space.register.map(({ found }) => named(found));
        expect(new Set(rows).size).toBe(rows.length);
      }
      space.back();
      space.see({ is: 'wiki', answers: true });
      // What one look said of a page leaves open what was open before.
      const { page } = space.last;
      if (page && page.state !== 'found') space.see({ is: 'page', state: page.state, confirmed: true });
      space.look();
      expect(space.register.map(({ found }) => named(found)).toSorted(byText)).toEqual(expected(space.last));
    }),
    { numRuns: 300 },
  );
});
