import { skipWithout } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { group, idOf, membersIn, readersAccess, somebody, unit, type World, world } from './set-up.ts';

/** Ten groups, each within the one before; the person 1 is in the last three. */
function chain(suffix: string): string {
  const link = (level: number) => `member: cn=level${level},ou=groups,${suffix}`;
  const person = `member: uid=p1,ou=people,${suffix}`;
  const levels = Array.from({ length: 10 }, (_, level) =>
    group(suffix, `level${level}`, 'groupOfNames', [link(level + 1), ...(level >= 7 ? [person] : [])]),
  );
  return levels.join('') + group(suffix, 'level10', 'groupOfNames', [`member: UID=p2,ou=People,${suffix}`]);
}

const entries = (suffix: string) => {
  const [people, groups] = [`ou=people,${suffix}`, `ou=groups,${suffix}`];
  return (
    unit(suffix, 'people') +
    unit(suffix, 'groups') +
    readersAccess.entries(suffix) +
    somebody(suffix, 'p1', { number: 1 }) +
    somebody(suffix, 'p2', { number: 2 }) +
    somebody(suffix, 'p3', { number: 3, dn: `cn=One\\2C P,OU=People,${suffix}` }) +
    somebody(suffix, 'p4', { number: 4 }) +
    unit(suffix, 'others') +
    somebody(suffix, 'p9', { number: 9, dn: `uid=p9,ou=others,${suffix}` }) +
    group(suffix, 'plain', 'groupOfNames', [
      `member: uid=p1,${people}`,
      `member: cn=One\\, P,ou=people,${suffix}`,
      `member: UID = P2 , ou=People,${suffix}`,
    ]) +
    group(suffix, 'unique', 'groupOfUniqueNames', [
      `uniqueMember: uid=p1,${people}#'0101'B`,
      `uniqueMember: UID=p2,${people}#''B`,
    ]) +
    group(suffix, 'posix', 'posixGroup', [
      'gidNumber: 1',
      'memberUid: P1',
      'memberUid:: IHAyIA==',
      'memberUid: p7',
    ]) +
    group(suffix, 'empty', 'posixGroup', ['gidNumber: 2']) +
    group(suffix, 'both', 'groupOfNames extensibleObject', [
      'memberUid: p2',
      `member: uid=p1,${people}`,
      `uniqueMember: uid=p4,${people}`,
    ]) +
    group(suffix, 'dangling', 'groupOfNames', [
      `member: uid=p1,${people}`,
      `member: uid=gone,${people}`,
      `member: uid=p9,ou=others,${suffix}`,
      `member: ou=people,${suffix}`,
    ]) +
    group(suffix, 'outer', 'groupOfNames', [
      `member: cn=Inner,${groups}`,
      `member: cn=posix,${groups}`,
      `member: uid=p4,${people}`,
    ]) +
    group(suffix, 'inner', 'groupOfNames', [
      `member: cn=outer,${groups}`,
      `member: cn=inner,${groups}`,
      `member: cn=short,${groups}`,
      `member: uid=p1,${people}`,
      `member: uid=p4,${people}`,
    ]) +
    group(suffix, 'short', 'groupOfNames', [`member: cn=One\\2c p,${people}`]) +
    group(suffix, 'urls', 'groupOfURLs', [`memberURL: ldap:///${people}??one?(|(uid=p2)(uid=p4))`]) +
    group(suffix, 'holder', 'groupOfNames', [`member: cn=urls,${groups}`]) +
    group(suffix, 'in-posix', 'posixGroup extensibleObject', [
      'gidNumber: 3',
      `uniqueMember: cn=plain,${groups}`,
    ]) +
    // By DN first and then by uid, and the other way about.
    group(suffix, 'twofold', 'posixGroup extensibleObject', [
      'gidNumber: 4',
      'memberUid: p2',
      'memberUid: p4',
      `member: cn=plain,${groups}`,
    ]) +
    chain(suffix)
  );
};

describe.skipIf(skipWithout('slapd'))('a read of groups', () => {
  let one: World;
  let suffix: string;

  beforeAll(async () => {
    one = await world({
      entries,
      access: readersAccess.rules,
      overlays: {
        dynlist: [
          'objectClass: olcOverlayConfig',
          'objectClass: olcDynListConfig',
          'olcDynListAttrSet: groupOfURLs memberURL member',
        ],
      },
    });
    ({ suffix } = one.at);
  });

  const as = (reader: string) => {
    const { bindDn, bindPassword } = readersAccess.reader(reader);
    return { bindDn: `${bindDn},${suffix}`, bindPassword };
  };
  const team = async (cn: string, reader?: string) => {
    const { groups } = await one.read({
      groups: { team: `cn=${cn},ou=groups,${suffix}` },
      ...(reader !== undefined && as(reader)),
    });
    return groups.team;
  };

  it.each<[string, Record<string, string>]>([
    ['plain', { 1: '', 2: '', 3: '' }],
    ['unique', { 1: '', 2: '' }],
    ['posix', { 1: '', 2: '' }],
    ['empty', {}],
    ['both', { 1: '', 2: '', 4: '' }],
    ['dangling', { 1: '' }],
    ['outer', { 1: 'inner', 2: 'posix', 3: 'inner/short', 4: '' }],
    ['urls', { 2: '', 4: '' }],
    ['holder', { 2: 'urls', 4: 'urls' }],
    ['in-posix', { 1: 'plain', 2: 'plain', 3: 'plain' }],
    ['level1', { 1: 'level2/level3/level4/level5/level6/level7' }],
    // Eight levels below are followed, and no more.
    [
      'level2',
      {
        1: 'level3/level4/level5/level6/level7',
        2: 'level3/level4/level5/level6/level7/level8/level9/level10',
      },
    ],
  ])('has the members of %s, each by the shortest path', async (cn, members) => {
    expect(membersIn(await team(cn))).toEqual(members);
  });

  it('lists members that are nobody', async () => {
    expect(await team('posix')).toMatchObject({ dangling: ['p7'], strangers: [], untold: 1 });
    const others = [`uid=gone,ou=people,${suffix}`, `uid=p9,ou=others,${suffix}`, `ou=people,${suffix}`];
    expect(await team('dangling')).toMatchObject({ dangling: others, strangers: others.slice(1), untold: 0 });
  });

  it('does not know a group whose members may not be read, nor one around it, nor one that is not there or is none', async () => {
    const unread = /^unknown: .*its member may not be read/;
    expect(membersIn(await team('plain', 'no-member'))).toMatch(unread);
    expect(membersIn(await team('in-posix', 'no-member'))).toMatch(
      /^unknown: of the group plain within it: its member/,
    );
    expect(membersIn(await team('posix', 'no-member'))).toEqual({ 1: '', 2: '' });
    expect(membersIn(await team('gone'))).toMatch(
      /^unknown: there is no such entry.*directory\.ldap\.groups\.team/,
    );
    const { groups } = await one.read({
      groups: { team: `uid=p1,ou=people,${suffix}`, board: `cn=plain,ou=groups,${suffix}` },
    });
    expect(membersIn(groups.team)).toMatch(/^unknown: the entry is no group/);
    // The others are known all the same.
    expect(membersIn(groups.board)).toEqual({ 1: '', 2: '', 3: '' });
  });

  it('does not know a group with a member that is there and may not be read; one that is not there is nobody', async () => {
    const hidden = 'one of its members is there, and may not be read';
    expect(membersIn(await team('inner', 'half-blind'))).toBe(`unknown: ${hidden}`);
    expect(membersIn(await team('outer', 'half-blind'))).toBe(
      `unknown: of the group inner within it: ${hidden}`,
    );
    expect(membersIn(await team('holder', 'half-blind'))).toBe(`unknown: ${hidden}`);
    expect(membersIn(await team('short', 'half-blind'))).toMatch(
      /^unknown: the entry is there, and may not be read: see directory\.ldap\.groups\.team/,
    );
    const level9 = await team('level9', 'half-blind');
    expect(level9).toMatchObject({ state: 'known', dangling: [`cn=level10,ou=groups,${suffix}`] });
  });

  it.each([
    ['posix', [1, 2]],
    ['plain', []],
    // p1 is in a group within it by DN, and p2 by uid alone.
    ['outer', [2]],
    ['both', [2]],
    ['twofold', [4]],
    ['in-posix', []],
  ])('says who is in %s by a uid alone', async (cn, numbers) => {
    expect(await team(cn)).toMatchObject({ byUid: new Set(numbers.map(idOf)) });
  });

  it('has several at once, and only those of its participants as participants', async () => {
    const dn = (cn: string) => `cn=${cn},ou=groups,${suffix}`;
    const groupsThere = {
      participants: dn('plain'),
      team: dn('outer'),
      trial: dn('empty'),
      board: dn('Both'),
    };
    const { groups, admins } = await one.read({
      groups: { ...groupsThere, admins: [dn('outer'), dn('nope')] },
    });
    expect(admins.map(({ name, read }) => [name, read.state])).toEqual([
      [dn('outer'), 'known'],
      [dn('nope'), 'unknown'],
    ]);
    expect(admins[0]?.read).toEqual(groups.team);
    expect(Object.values(groups).map((each) => Object.keys(membersIn(each)).join(''))).toEqual([
      '123',
      '1234',
      '',
      '124',
    ]);
  });
});
