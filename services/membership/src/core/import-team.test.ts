import type { GroupName } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { importTeam } from './import-team.ts';
import type { KnownPerson, ReadGroup } from './known.ts';

const person = (id: string, ...groups: GroupName[]): KnownPerson => ({
  id,
  directoryId: id,
  uidHash: id,
  formerUids: [],
  enabled: true,
  groups,
  tookUidOf: null,
  gone: false,
});
const none: ReadGroup = { state: 'not-set-up' };
const known = (size: number, dangling = 0): ReadGroup => ({
  state: 'known',
  members: { has: () => false, size },
  byUid: new Set(),
  dangling: { length: dangling },
});
const groups = (team: ReadGroup, trial: ReadGroup = none) => ({
  participants: none,
  team,
  trial,
  board: none,
});

test('the team is as the groups have it: full who is in its group, on trial who is in that one alone', () => {
  const people = [
    person('a', 'team'),
    person('b', 'team', 'trial'),
    person('c', 'trial'),
    person('d', 'board'),
  ];
  expect(importTeam(people, groups(known(2, 1), known(2)))).toEqual([
    { id: 'a', state: 'full' },
    { id: 'b', state: 'full' },
    { id: 'c', state: 'trial' },
  ]);
});

test.each<[string, KnownPerson[], ReadGroup, ReadGroup]>([
  ['there is no group of the team', [person('a', 'board')], none, none],
  ['nobody of it was read: a base or a filter leaves them out', [person('a')], known(0), none],
  ['several of it are nobody that we read', [person('a', 'team')], known(1, 3), none],
  ['its group is unknown', [person('a', 'team')], { state: 'unknown' }, none],
  ['the group of those on trial is unknown', [person('a', 'team')], known(1), { state: 'unknown' }],
  ['those on trial are nobody that we read', [person('a', 'team')], known(1), known(0, 2)],
])('nobody is taken in while %s', (_, people, team, trial) => {
  expect(importTeam(people, groups(team, trial))).toBeUndefined();
});
