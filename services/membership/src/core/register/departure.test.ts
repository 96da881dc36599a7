import { expect, test } from 'vitest';
import { begin, evolveDeparture, itemsOf, offboardingItems, tick } from './departure.ts';

const time = new Date('2026-12-01T12:00:00Z');
const team = { full: new Set(['ann']) };
const nothing = { groups: [], accounts: [], lists: [], wikiIsClear: false };
const now = { team, held: nothing };
const ann = { person: 'ann', roles: ['infrateam'] } as const;

test('what is to be done names groups of the team, accounts, lists and secrets, and the wiki', () => {
  const held = {
    groups: ['participants', 'team', 'board'],
    accounts: ['pve-3f2a9c01d4e5'],
    lists: [
      { id: 'router', kind: 'access' },
      { id: 'alarm', kind: 'secret' },
    ],
    wikiIsClear: true,
  } as const;
  expect(offboardingItems(held).map(({ item, kind }) => [item, kind])).toEqual([
    ['group-team', 'group'],
    ['account-pve-3f2a9c01d4e5', 'account'],
    ['list-router', 'list'],
    ['secret-alarm', 'secret'],
    ['wiki', 'wiki'],
  ]);
});

test('a full member ticks what is on the list, and may take that back', () => {
  const [begun] = begin('tim', offboardingItems({ ...nothing, groups: ['team'] }));
  const list = begun && evolveDeparture(undefined, { ...begun, time });
  const ticked = (item: string, done = true, asker: Parameters<typeof tick>[2] = ann) =>
    tick(list, { person: 'tim', item, done }, asker, now);
  const [event] = ticked('wiki') as ReturnType<typeof begin>;
  const after = event && evolveDeparture(list, { ...event, time });
  expect(after?.done).toEqual(['wiki']);
  expect(ticked('wiki', false)).toEqual([]);
  expect(tick(after, { person: 'tim', item: 'wiki', done: false }, ann, now)).toHaveLength(1);
  expect(ticked('safe')).toMatchObject({
    code: 'no-such-item',
    clause: 'TEAM-2',
    errors: [{ field: 'params.item', found: 'safe', allowed: 'group-team, wiki' }],
  });
  expect(ticked('wiki', true, { person: 'zoe', roles: ['board'] })).toMatchObject({ code: 'not-allowed' });
  expect(tick(undefined, { person: 'tim', item: 'wiki', done: true }, ann, now)).toMatchObject({
    errors: [{ allowed: 'nothing' }],
  });
});

test('what was found since they left is on the list too, and may be ticked', () => {
  const [begun] = begin('tim', offboardingItems(nothing));
  const list = begun && evolveDeparture(undefined, { ...begun, time });
  if (list === undefined) throw new Error('nothing began');
  const held = { ...nothing, accounts: ['pve-3f2a9c01d4e5'] };
  expect(itemsOf(list, held).map(({ item }) => item)).toEqual(['wiki', 'account-pve-3f2a9c01d4e5']);
  const found = { person: 'tim', item: 'account-pve-3f2a9c01d4e5', done: true };
  expect(tick(list, found, ann, { team, held })).toHaveLength(1);
  expect(tick(list, found, ann, now)).toMatchObject({ code: 'no-such-item' });
});
