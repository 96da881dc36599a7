import type { GroupName, LdapSettings } from '@huismeester/contracts';
import type { DirectoryRead, GroupRead } from '@huismeester/directory';
import { describe, expect, it } from 'vitest';
import { readFindings, writeFindings } from './directory.ts';

const person = (uid: string, enabled = true) => ({
  id: `id-${uid}`,
  uid,
  mails: [],
  logins: [uid],
  sshKeys: [],
  enabled,
});
const group = (...uids: string[]) => ({
  state: 'known' as const,
  members: new Map(uids.map((uid) => [`id-${uid}`, []])),
  byUid: new Set<string>(),
  dangling: [] as string[],
});
const notSetUp: GroupRead = { state: 'not-set-up' };

function findings(groups: Partial<Record<GroupName, GroupRead>>, more: Partial<DirectoryRead> = {}) {
  const read: DirectoryRead = {
    people: [person('jan'), person('piet'), person('els'), person('uit', false)],
    skipped: 0,
    admins: [],
    groups: { participants: notSetUp, team: notSetUp, trial: notSetUp, board: notSetUp, ...groups },
    ...more,
  };
  return readFindings(read);
}

const fine = { team: group('piet', 'jan'), trial: group('els'), board: group('jan') };
const warnings = (...args: Parameters<typeof findings>) =>
  findings(...args).flatMap(({ what, warning }) => (warning === undefined ? [] : [`${what}: ${warning}`]));

describe('who would have which role', () => {
  it('is as the first start would take the groups into the register', () => {
    expect(findings(fine).map(({ what }) => what)).toEqual([
      'directory: 4 people, of whom 1 disabled',
      'directory: the group for participants: none is named, so everybody is a participant',
      'directory: the group for team has 2 members',
      'directory: the group for trial has 1 member',
      'directory: the group for board has 1 member',
      'directory: 3 would be participant',
      'directory: 2 would be infrateam: jan, piet',
      'directory: 1 would be trial: els',
      'directory: 1 would be board: jan',
      'directory: a board member is of the infrateam (BOARD-1)',
    ]);
    expect(warnings(fine)).toEqual([]);
  });

  it('is full for who is in both groups', () => {
    const whats = findings({ ...fine, trial: group('jan', 'els') }).map(({ what }) => what);
    expect(whats).toContain('directory: 2 would be infrateam: jan, piet');
    expect(whats).toContain('directory: 1 would be trial: els');
  });
});

describe('what is warned of', () => {
  it.each([
    ['a team of nobody', { ...fine, team: group() }, 'nobody who is enabled is in its group'],
    ['a team of who is disabled', { ...fine, team: group('uit') }, 'nobody who is enabled is in its group'],
    [
      'a team without a board member',
      { ...fine, board: group('els') },
      'nobody is in the groups for team and board both',
    ],
    ['a member who is disabled', { ...fine, team: group('jan', 'uit') }, 'disabled: uit'],
    [
      'a member who is no participant',
      { ...fine, participants: group('jan', 'els') },
      'no participant: piet',
    ],
    ['no group of the board', { team: fine.team }, 'settings name none, so nobody is known as of the board'],
  ])('is %s', (_, groups, warning) => {
    expect(warnings(groups).join('\n')).toContain(warning);
  });

  it('is who is in a group and nowhere else, and entries that are passed over', () => {
    const team: GroupRead = { ...group('jan'), dangling: ['cn=weg,dc=x'] };
    const found = warnings({ ...fine, team }, { skipped: 3 }).join('\n');
    expect(found).toContain('cn=weg,dc=x');
    expect(found).toContain('3 entries');
  });
});

it('fails for a group that cannot be told, and for nobody at all', () => {
  const team: GroupRead = { state: 'unknown', detail: 'member may not be read' };
  const problems = findings({ ...fine, team }, { people: [] }).filter(({ problem }) => problem !== undefined);
  expect(problems).toMatchObject([
    { problem: 'nobody could log in', remedy: expect.stringContaining('base') },
    {
      problem: 'who is in it cannot be told: member may not be read',
      remedy: expect.stringContaining('groups.team'),
    },
  ]);
});

describe('a group that is unknown', () => {
  const unknown: GroupRead = { state: 'unknown', detail: 'member may not be read' };
  const boardMember = 'directory: a board member is of the infrateam (BOARD-1)';

  it.each([
    ['participants', ['directory: who would be participant']],
    ['team', ['directory: who would be infrateam', 'directory: who would be trial', boardMember]],
    ['trial', ['directory: who would be trial']],
    ['board', ['directory: who would be board', boardMember]],
  ] as const)('leaves open what follows from it: %s', (name, expected) => {
    const found = findings({ ...fine, participants: group('jan', 'piet', 'els'), [name]: unknown });
    const warned = found.filter(({ warning }) => warning !== undefined);
    expect(warned).toEqual(
      expected.map((what) => ({ what, warning: `cannot be told: the group for ${name} is unknown` })),
    );
  });
});

describe('writes', () => {
  const ldap: LdapSettings = {
    urls: ['ldaps://10.0.0.4'],
    startTls: false,
    base: 'dc=x',
    filter: '(uid=*)',
    attributes: { id: 'entryUUID', uid: 'uid', name: 'cn', mail: 'mail', sshKeys: 'sshPublicKey' },
    disabled: {},
    groups: {},
  };

  it('of groups are not tried: it is said what they take', () => {
    expect(writeFindings({ ldap, writes: 'groups', every: '40s' })).toEqual([
      {
        what: 'directory: writes: groups',
        warning: expect.stringContaining('only when it must change'),
        remedy: expect.stringMatching(/directory\.ldap\.bindDn write access to the member attribute/),
      },
    ]);
    expect(writeFindings({ ldap, writes: 'off', every: '40s' })).toEqual([]);
  });
});
