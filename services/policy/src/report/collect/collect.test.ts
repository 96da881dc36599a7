import { readFileSync } from 'node:fs';
import { type EventData, type StoredEvent, upcastEvent } from '@huismeester/contracts';
import { expect, it, test } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import { canonical } from '../core/canonical.ts';
import type { Entry, ReportSource } from '../core/entry.ts';
import { makeReport } from '../core/make.ts';
import { stateKinds } from './entities.ts';
import { byOf, type Collected, reduced } from './reduce.ts';

const golden = readFileSync(
  new URL('../../../../../packages/contracts/golden/events.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line): StoredEvent => upcastEvent(JSON.parse(line)));

const isCollected = (type: string): type is Collected => Object.hasOwn(reduced, type);
const keep = (event: StoredEvent): object | undefined => {
  if (!isCollected(event.type)) return undefined;
  // Its type is that of the event.
  const of = reduced[event.type] as (event: StoredEvent) => object | undefined;
  return of(event);
};

/** Every key of a value, however deep. */
function keysOf(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, held] of Object.entries(value)) {
    if (!Array.isArray(value)) found.add(key);
    keysOf(held, found);
  }
  return found;
}

it('keeps nothing but these of any event: no reason, vote, address, purpose or note', () => {
  const allowed = new Set(
    [
      'answer about approximate asleep availability_ratio board built_in by class clause confirmed core coverage_ratio down_s enabled',
      'from how item kind lasted_s layer life merged_into month name on outage page people person project role root severity',
      'since source space_wide stands_for state status superseded_by tenure text thing things title to until',
    ].flatMap((line) => line.split(' ')),
  );
  const keys = new Set(golden.flatMap((event) => [...keysOf(keep(event))]));
  expect([...keys].filter((key) => !allowed.has(key))).toEqual([]);
  expect(keys.size).toBeGreaterThan(30);
});

test.each([
  ['person:5f0c1d2e-7a3b-4c4d-9e5f-000000000001', 'person:5f0c1d2e-7a3b-4c4d-9e5f-000000000001'],
  [
    'local:root for person:5f0c1d2e-7a3b-4c4d-9e5f-000000000001',
    'person:5f0c1d2e-7a3b-4c4d-9e5f-000000000001',
  ],
  ['local:jan', 'administrator'],
  ['a token of jan', 'administrator'],
  [undefined, 'administrator'],
])('who did it, %s, is kept as %s', (actor, kept) => {
  expect(byOf(actor)).toBe(kept);
});

const at = '2026-10-05T12:00:00.000Z';
const [ann, bob] = ['5f0c1d2e-7a3b-4c4d-9e5f-000000000001', '5f0c1d2e-7a3b-4c4d-9e5f-000000000002'] as const;
const item: Omit<EventData<'item.registered'>, 'item'> = {
  name: 'Switch',
  kind: 'switch',
  layer: '2',
  life: 'in-use',
  core: 'availability',
  space_wide: false,
  place: 'rack',
  tenure: { kind: 'rented', name: 'Hetzner', until: '2026-12-31' },
  note: 'serial 1',
};
const decision = { title: 'One VLAN', status: 'accepted', item: 'sw1', page: 'VLANs' } as const;
const account = {
  account: 'pve-000000000001',
  source: 'pve',
  kind: 'user',
  asleep: false,
  rights: [],
} as const;
const list = { title: 'Router', kind: 'secret', core: true, people: [ann, bob] } as const;

type Said = readonly [type: string, subject: string, data: object];
type Stands = readonly [subject: string, state: object];

// What a snapshot says is what its events would have led to: fold(events) = fromSnapshot(snapshot).
test.each<[ReportSource, readonly Said[], readonly Stands[]]>([
  [
    'inventory',
    [
      ['item.registered', 'item/sw1', { item: 'sw1', ...item, name: 'Swich' }],
      ['item.changed', 'item/sw1', { item: 'sw1', ...item }],
      ['steward.added', 'steward/1', { steward: '1', item: 'sw1', person: ann, role: 'learner', by: ann }],
      ['steward.promoted', 'steward/1', { steward: '1', item: 'sw1', person: ann, by: bob }],
      ['design-decision.registered', 'design-decision/vlan', { decision: 'vlan', ...decision }],
      [
        'design-decision.page-read',
        'design-decision/vlan',
        { decision: 'vlan', state: 'missing', since: at, confirmed: true, title: 'Net/VLAN' },
      ],
    ],
    [
      ['item/sw1', { item: 'sw1', ...item, since: at, links: [] }],
      ['steward/1', { steward: '1', item: 'sw1', person: ann, role: 'steward', since: at, confirmed_at: at }],
      [
        'design-decision/vlan',
        {
          decision: 'vlan',
          ...decision,
          since: at,
          read: { state: 'missing', since: at, confirmed: true, title: 'Net/VLAN' },
        },
      ],
    ],
  ],
  [
    'membership',
    [
      ['member.imported', `member/${ann}`, { person: ann, state: 'full' }],
      ['member.joined', `member/${bob}`, { person: bob, state: 'trial', until: '2026-12-01T00:00:00.000Z' }],
      ['member.suspended', `member/${bob}`, { person: bob, until: '2026-11-20T00:00:00.000Z', by: [ann] }],
      ['person.changed', `person/${ann}`, { person: ann, enabled: true, groups: ['board'], roles: [] }],
      ['application.opened', 'application/1', {}],
      ['account.found', 'account/pve-000000000001', account],
      ['known-account.assigned', 'known-account/pve-000000000001', { account: 'x', person: ann }],
      ['access-source.known', 'access-source/pve', { source: 'pve', since: at, accounts: 1 }],
      ['access-list.recorded', 'access-list/router', { list: 'router', ...list }],
      [
        'grant.given',
        'grant/1',
        { person: ann, on: 'class/core', until: '2026-12-01T00:00:00.000Z', core: true },
      ],
    ],
    [
      [`member/${ann}`, { person: ann, state: 'full', since: at }],
      [
        `member/${bob}`,
        {
          person: bob,
          state: 'suspended',
          until: '2026-11-20T00:00:00.000Z',
          before: { state: 'trial', until: '2026-12-01T00:00:00.000Z' },
        },
      ],
      [`person/${ann}`, { person: ann, enabled: true, groups: ['board'], roles: [] }],
      ['application/1', { state: 'open' }],
      ['account/pve-000000000001', account],
      ['known-account/pve-000000000001', { account: 'pve-000000000001', person: ann }],
      ['access-source/pve', { source: 'pve', state: 'known', since: at }],
      ['access-list/router', { list: 'router', ...list, since: at }],
      [
        'grant/1',
        { grant: 'x', person: ann, on: 'class/core', until: '2026-12-01T00:00:00.000Z', core: true, by: bob },
      ],
    ],
  ],
])('the snapshot of %s says what its events would have', (source, said, stands) => {
  const time = Date.parse(at);
  const one = (all: readonly { type: string; subject: string; data: object }[], isState: boolean) =>
    [{ type: 'source.read', subject: `source/${source}`, data: {} }, ...all].map(
      // As a reader would have kept them.
      (each, index) => ({ ...each, seq: index + 1, source, time, isState: isState || index === 0 }) as Entry,
    );
  const events = said.flatMap(([type, subject, data]) => {
    const kept = keep({ type, subject, data } as StoredEvent);
    return kept === undefined ? [] : [{ type, subject, data: kept }];
  });
  const states = stands.flatMap(([subject, state]) => {
    const kind = stateKinds[source][subject.slice(0, subject.indexOf('/'))];
    if (!kind) throw new Error(`${subject} is of no kind that is kept`);
    return [...kind.keep(state, subject)];
  });
  const range = { from: Date.parse('2026-10-01T00:00Z'), to: Date.parse('2026-11-01T00:00Z') };
  const stateOf = (entries: readonly Entry[]) => atOnce(makeReport(entries, range, { zone: 'UTC' })).state;
  expect(canonical(stateOf(one(states, true)))).toBe(canonical(stateOf(one(events, false))));
  expect(canonical(stateOf(one(states, true)))).not.toBe(canonical(stateOf([])));
});
