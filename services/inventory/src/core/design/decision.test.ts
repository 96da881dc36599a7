import type { DesignDecisionFields, WikiPage } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import {
  changeDesign,
  type DesignDecision,
  type DesignEvent,
  evolveDesign,
  registerDesign,
  removeDesign,
  successorsOf,
} from './decision.ts';

const fields: DesignDecisionFields = { title: 'One VLAN for guests', status: 'accepted', page: 'VLANs' };
const all = { successor: { isThere: true, next: ['newest'] }, item: true };
const none = { successor: undefined, item: undefined };

const time = new Date('2026-12-02T12:00:00Z');
const read: WikiPage = { state: 'found', since: time.toISOString(), confirmed: true, page: 118 };
const known: DesignDecision = {
  since: time,
  fields,
  read,
  unknown: { since: time.toISOString(), why: 'it was left out' },
};

test.each<[string, Partial<DesignDecisionFields>, typeof all | typeof none, string]>([
  ['superseded by nothing', { status: 'superseded' }, none, 'body.superseded_by: nothing'],
  [
    'superseded by itself',
    { status: 'superseded', superseded_by: 'vlans' },
    all,
    'body.superseded_by: vlans',
  ],
  [
    'superseded by one that is not there',
    { status: 'superseded', superseded_by: 'no' },
    { ...all, successor: { isThere: false, next: [] } },
    'body.superseded_by: no',
  ],
  [
    'superseded by one that is superseded by it',
    { status: 'superseded', superseded_by: 'other' },
    { ...all, successor: { isThere: true, next: ['third', 'vlans', 'other'] } },
    'body.superseded_by: vlans → other → third → vlans',
  ],
  ['accepted, and superseded by another', { superseded_by: 'other' }, all, 'body.superseded_by: other'],
  ['of an item and a project', { item: 'sw1', project: 'p-1' }, all, 'body.project: an item and a project'],
  ['of an item that is not there', { item: 'sw9' }, { ...all, item: false }, 'body.item: sw9'],
])('is refused: %s', (_, more, named, wrong) => {
  const answers = [
    registerDesign('vlans', { ...fields, ...more }, named),
    changeDesign('vlans', known, { ...fields, ...more }, named),
  ];
  for (const answer of answers) {
    if (!('refused' in answer)) throw new Error('it was not refused');
    expect(answer.errors.map(({ field, found }) => `${field}: ${found}`)).toEqual([wrong]);
    expect(answer.clause).toBe('CORE-5');
  }
});

test('those that one is superseded by, one after the other, also where they are so in a circle', () => {
  const by = (id?: string) => (id === undefined ? {} : { superseded_by: id });
  const line = new Map([
    ['a', by('b')],
    ['b', by('c')],
    ['c', by()],
  ]);
  expect(successorsOf('a', line)).toEqual(['b', 'c']);
  expect(successorsOf('c', line)).toEqual([]);
  expect(successorsOf('a', new Map([...line, ['c', by('a')]]))).toEqual(['b', 'c', 'a']);
});

test('what is the same is no change; of another page nothing is known yet', () => {
  expect(changeDesign('vlans', known, { ...fields }, none)).toEqual([]);
  const change = (more: Partial<DesignDecisionFields>) => {
    const events = changeDesign('vlans', known, { ...fields, ...more }, all);
    const [event] = 'refused' in events ? [] : events;
    return evolveDesign(known, { ...event, time } as DesignEvent);
  };
  expect(change({ title: 'Two VLANs' })).toMatchObject({
    fields: { title: 'Two VLANs' },
    read,
    unknown: known.unknown,
  });
  expect(change({ page: 'VLANs/2' })).toMatchObject({ read: null, unknown: null });
});

test('one that others are superseded by is not removed', () => {
  expect(removeDesign('vlans', ['old'])).toMatchObject({ refused: true, code: 'in-use' });
  const [event] = removeDesign('vlans', []) as readonly object[];
  expect(evolveDesign(known, { ...event, time } as DesignEvent)).toBeUndefined();
});
