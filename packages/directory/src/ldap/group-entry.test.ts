import { Attribute } from 'ldapts';
import { expect, test } from 'vitest';
import { Entry } from './entry.ts';
import { groupOf, memberDns, withoutUid } from './group-entry.ts';

function entry(attributes: Record<string, string[]>): Entry {
  const all = Object.entries(attributes).map(([type, values]) => new Attribute({ type, values }));
  return new Entry({ name: 'cn=team,dc=space', attributes: all });
}

test.each<[string, Record<string, string[]>, string | undefined]>([
  ['members', { objectClass: ['groupOfNames'], member: ['uid=p1'] }, undefined],
  ['a class of another directory', { objectClass: ['anything'], member: ['uid=p1'] }, undefined],
  ['nobody', { objectClass: ['top', 'posixGroup'] }, undefined],
  ['nobody that we see', { objectClass: ['groupOfNames'], member: [] }, 'its member may not be read'],
  [
    'one kind that we see',
    { objectClass: ['groupOfUniqueNames', 'posixGroup'], memberUid: ['p1'] },
    'its uniqueMember',
  ],
  ['a range', { objectClass: ['group'], 'member;range=0-1499': ['uid=p1'] }, 'only a range'],
  [
    'a range besides',
    { objectClass: ['group'], member: [], 'Member;Range=0-1499': ['uid=p1'] },
    'only a range',
  ],
  ['classes that may not be read', { member: ['uid=p1'] }, 'its objectClass may not be read'],
  ['nothing that may be read', {}, 'its objectClass may not be read'],
])('a group with %s', (_, attributes, unknown) => {
  const group = groupOf(entry(attributes));
  expect(group).toBeDefined();
  if (unknown === undefined) expect(group?.unknown).toBeUndefined();
  else expect(group?.unknown).toContain(unknown);
});

test('what has neither members nor a class of groups is none', () => {
  expect(groupOf(entry({ objectClass: ['organizationalUnit'] }))).toBeUndefined();
});

test('a member is the same with the bit string that uniqueMember may have', () => {
  expect(withoutUid("cn=p1,dc=space#'0101'B")).toBe('cn=p1,dc=space');
  expect(withoutUid("cn=p#1'B,dc=space")).toBe("cn=p#1'B,dc=space");
  const attributes = {
    objectClass: ['x'],
    Member: ['uid=p1', 'uid=p2'],
    uniquemember: ["uid=p2#'1'B", 'uid=p3'],
  };
  const group = groupOf(entry(attributes));
  expect(group && memberDns(group)).toEqual(['uid=p1', 'uid=p2', 'uid=p3']);
});
