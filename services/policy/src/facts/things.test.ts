import type {
  DesignDecisionEntity,
  DesignDecisionFields,
  ItemEntity,
  ItemFields,
  ItemLink,
  PolicyTextEntity,
  StewardEntity,
  WikiPage,
} from '@huismeester/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DesignDecisionEvent,
  type DesignDecisionFact,
  designDecisionFrom,
  evolveDesignDecision,
} from './design-decision.ts';
import { evolveItem, type ItemEvent, type ItemFact, itemFrom } from './item.ts';
import {
  evolvePolicyText,
  type PolicyTextEvent,
  type PolicyTextFact,
  policyTextFrom,
} from './policy-text.ts';
import { evolveSteward, type StewardEvent, type StewardFact, stewardFrom } from './steward.ts';
import { evolveGuest, type GuestEvent } from './vm.ts';
import { evolveWiki, type WikiEvent, wikiFrom } from './wiki.ts';

/* fold(events) = from the snapshot, which is modelled as inventory keeps it. */

const item = 'bar-pc';
const person = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const when = fc.integer({ min: 0, max: 1e12 }).map((ms) => new Date(ms).toISOString());
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
/** Without what was left out, as JSON has it. */
const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const someFields = fc
  .record({
    name: fc.constantFrom('Bar PC', 'Website'),
    kind: fc.constantFrom('bar-pc' as const, 'service' as const),
    layer: fc.constantFrom('7' as const, 'supporting' as const),
    life: fc.constantFrom('designed' as const, 'in-use' as const),
    core: fc.constantFrom('no' as const, 'both' as const),
    space_wide: fc.boolean(),
    place: maybe(fc.constant('the bar')),
    tenure: maybe(
      fc.constantFrom(
        { kind: 'owned' as const },
        { kind: 'rented' as const, name: 'Hetzner', until: '2027-03-31' },
        { kind: 'private' as const, person },
      ),
    ),
    stands_for: maybe(fc.constantFrom('vm/104', 'probe/website')),
    project: maybe(fc.constant('p-7k2m9')),
    note: maybe(fc.constant('serial 4711')),
  })
  .map((fields) => asJson(fields) as ItemFields);
const someLink: fc.Arbitrary<ItemLink> = fc.record({
  kind: fc.constantFrom('runs-on' as const, 'depends-on' as const),
  to: fc.constantFrom('item/nas', 'node/pve-pve1', 'probe/website'),
});
const toItem = fc.record({
  type: fc.constantFrom('item.changed', 'item.retired', 'item.linked', 'item.unlinked'),
  fields: someFields,
  link: someLink,
});
type ToItem = typeof toItem extends fc.Arbitrary<infer Each> ? Each : never;

function itemAfter(entity: ItemEntity, { type, fields, link }: ToItem): ItemEntity {
  const { item: id, since, links } = entity;
  const isOther = ({ kind, to }: ItemLink) => kind !== link.kind || to !== link.to;
  if (type === 'item.changed') return { item: id, since, links, ...fields };
  if (type === 'item.retired') return { ...entity, life: 'retired' };
  const rest = links.filter(isOther);
  return { ...entity, links: type === 'item.linked' ? [...rest, link] : rest };
}

const withoutEvent = (fact: ItemFact | undefined) => {
  const { saidBy, ...rest } = fact ?? ({} as ItemFact);
  return { rest, saidBy };
};

test('an item is the same from the snapshot as from its events, but for the event that said it', () => {
  fc.assert(
    fc.property(someFields, fc.array(toItem, { maxLength: 10 }), (first, all) => {
      const registered = { type: 'item.registered', id: 'e0', data: { item, ...first } };
      let fact = evolveItem(undefined, registered as unknown as ItemEvent);
      let entity: ItemEntity = { item, ...first, since: '2026-12-02T12:00:00.000Z', links: [] };
      for (const [index, each] of all.entries()) {
        const data = { item, ...(each.type === 'item.changed' ? each.fields : each.link) };
        fact = evolveItem(fact, { type: each.type, id: `e${index + 1}`, data } as unknown as ItemEvent);
        entity = itemAfter(entity, each);
        const { rest, saidBy } = withoutEvent(fact);
        expect(rest).toEqual(itemFrom(entity));
        expect(saidBy).toBeDefined();
      }
    }),
  );
});

test('of an item nobody keeps with whom it was rented, nor where it stands', () => {
  const kept = itemFrom({
    item,
    name: 'Bar PC',
    kind: 'bar-pc',
    layer: '7',
    life: 'in-use',
    core: 'no',
    space_wide: false,
    place: 'the bar',
    tenure: { kind: 'loaned', person, until: '2027-03-31' },
    note: 'serial 4711',
    since: '2026-12-02T12:00:00.000Z',
    links: [],
  });
  expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${person}|serial|the bar`));
  expect(kept.tenure).toEqual({ kind: 'loaned', until: '2027-03-31' });
});

const steward = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c60';
const toSteward = fc.record({
  type: fc.constantFrom('steward.promoted' as const, 'steward.confirmed' as const),
  time: when,
});

test('a steward is the same from the snapshot as from their events', () => {
  const role = fc.constantFrom('steward' as const, 'learner' as const);
  fc.assert(
    fc.property(when, role, fc.array(toSteward, { maxLength: 5 }), (time, first, all) => {
      const data = { steward, item, person, role: first, by: person };
      let fact: StewardFact | undefined = evolveSteward(undefined, {
        type: 'steward.added',
        time,
        data,
      } as unknown as StewardEvent);
      let entity: StewardEntity = { steward, item, person, role: first, since: time, confirmed_at: time };
      for (const each of all) {
        fact = evolveSteward(fact, { ...each, data } as unknown as StewardEvent);
        entity = { ...entity, confirmed_at: each.time };
        if (each.type === 'steward.promoted') entity = { ...entity, role: 'steward' };
        expect(fact).toEqual(stewardFrom(entity));
      }
      expect(evolveSteward(fact, { type: 'steward.removed', time, data } as StewardEvent)).toBeUndefined();
    }),
  );
});

const decision = 'vlans';
const someDecision = fc
  .record({
    title: fc.constant('One VLAN for guests'),
    status: fc.constantFrom('proposed' as const, 'accepted' as const),
    item: maybe(fc.constant(item)),
    page: maybe(fc.constantFrom('VLANs', 'Netwerk')),
  })
  .map((said) => asJson(said) as DesignDecisionFields);
const somePage = fc
  .record({
    state: fc.constantFrom('found' as const, 'missing' as const, 'blank' as const),
    since: when,
    confirmed: fc.boolean(),
    page: maybe(fc.constant(118)),
  })
  .map((read) => asJson(read) as WikiPage);
const toDecision = fc.record({
  type: fc.constantFrom(
    'design-decision.changed' as const,
    'design-decision.page-read' as const,
    'design-decision.page-unknown' as const,
  ),
  said: someDecision,
  read: somePage,
  title: maybe(fc.constantFrom('VLANs', 'Elders')),
});

test('a design decision is the same from the snapshot as from its events', () => {
  fc.assert(
    fc.property(someDecision, fc.array(toDecision, { maxLength: 10 }), (first, all) => {
      const registered = { type: 'design-decision.registered', data: { decision, ...first } };
      let fact = evolveDesignDecision(undefined, registered as unknown as DesignDecisionEvent);
      let entity: DesignDecisionEntity = { decision, ...first, since: '2026-12-02T12:00:00.000Z' };
      for (const { type, said, read, title } of all) {
        if (type === 'design-decision.changed') {
          const data = { decision, ...said };
          fact = evolveDesignDecision(fact, { type, data } as unknown as DesignDecisionEvent);
          const { read: before, since, unknown, page } = entity;
          const kept =
            said.page === page ? { ...(before && { read: before }), ...(unknown && { unknown }) } : {};
          entity = { decision, since, ...said, ...kept };
        } else if (type === 'design-decision.page-unknown') {
          const unknown = { since: read.since, why: 'left out' };
          const data = { decision, ...unknown };
          fact = evolveDesignDecision(fact, { type, data } as unknown as DesignDecisionEvent);
          entity = { ...entity, unknown };
        } else {
          const data = asJson({ decision, ...read, title });
          fact = evolveDesignDecision(fact, { type, data } as unknown as DesignDecisionEvent);
          // The page was moved: what was registered stays, and so does what is read of it when that is said again.
          const { unknown: _, ...rest } = entity;
          entity = { ...rest, read };
        }
        expect(fact).toEqual(designDecisionFrom(entity));
      }
      const removed = { type: 'design-decision.removed', data: { decision } } as DesignDecisionEvent;
      expect(evolveDesignDecision(fact as DesignDecisionFact, removed)).toBeUndefined();
    }),
  );
});

test('so are the wiki and the page of the infra policy', () => {
  const since = '2026-12-02T12:00:00.000Z';
  const away = { type: 'wiki.unreachable', data: { since, why: 'no connection' } } as WikiEvent;
  expect(evolveWiki(away)).toEqual(wikiFrom({ state: 'unreachable', since, why: 'no connection' }));
  const back = { type: 'wiki.reachable', data: { since } } as WikiEvent;
  expect(evolveWiki(back)).toEqual(wikiFrom({ state: 'reachable', since }));
  const read = { revision: '4711', expected: '4680', newer: true, sections: ['Core-infra'] };
  const gone = { state: 'missing', since, confirmed: true } as const;
  const unknown = { since, why: 'left out' };
  const seen = { read: { ...read, since } };
  let text: PolicyTextFact | undefined;
  for (const [type, data, entity] of [
    ['policy-text.read', read, seen],
    ['policy-text.gone', gone, { ...seen, gone }],
    ['policy-text.unknown', unknown, { ...seen, gone, unknown }],
    ['policy-text.gone', gone, { ...seen, gone }],
    ['policy-text.read', read, seen],
  ] as const) {
    text = evolvePolicyText(text, { type, data } as unknown as PolicyTextEvent);
    expect(text).toEqual(policyTextFrom(entity as PolicyTextEntity));
  }
});

test('a VM knows by which event it came to its node', () => {
  const data = { vm: '104', hypervisor: 'pve', class: 'core' };
  const event = (id: string, type: string, node: string) =>
    ({ id, type, time: '2026-12-02T12:00:00.000Z', data: { ...data, node } }) as unknown as GuestEvent;
  const found = evolveGuest(undefined, event('e1', 'vm.found', 'pve1'));
  const moved = evolveGuest(found, event('e2', 'vm.moved', 'pve2'));
  const started = evolveGuest(moved, event('e3', 'vm.started', 'pve2'));
  expect([found, moved, started].map((each) => each?.placedBy)).toEqual(['e1', 'e2', 'e2']);
});
