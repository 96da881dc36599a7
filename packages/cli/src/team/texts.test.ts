import type {
  AccountResource,
  ApplicationResource,
  Departure,
  MemberResource,
  OffboardingResource,
  TeamResource,
} from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { called } from '../people/called.ts';
import { civilTime } from '../time.ts';
import { accountLines, accountTable } from './access-lines.ts';
import { applicationLines } from './application-lines.ts';
import { offboardingLines, previewLines } from './departure-lines.ts';
import { memberLines } from './member-lines.ts';
import { teamLines } from './team-lines.ts';
import { wordsIn } from './words.ts';

const plain = { width: undefined, paint: (_: unknown, text: string) => text };
const since = '2026-11-22T12:00:00.000Z';
const at = civilTime(since);
const id = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const other = '6f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const uids = new Map([
  [id, 'jan'],
  [other, 'mira'],
]);
const who = called(uids, { nobody: 'nobody' });

describe('the team', () => {
  const member: TeamResource = {
    person: id,
    uid: 'jan',
    register: 'trial',
    until: since,
    groups: ['board'],
    roles: ['participant'],
    differs: true,
    awaited: [
      {
        group: 'trial',
        change: 'add',
        since,
        how: 'theirs',
        command: 'ldapmodify <<END\ndn: cn=proef\nEND\n',
      },
    ],
  };

  it('is register and directory side by side, and commands as they can be pasted, also on a narrow terminal', () => {
    const lines = teamLines([member], { ...plain, width: 20 }, wordsIn.en);
    expect(lines.slice(2)).toEqual([
      '',
      `jan is to be added to the group trial, since ${at}:`,
      'ldapmodify <<END',
      'dn: cn=proef',
      'END',
    ]);
    const [, row = ''] = teamLines([member], plain, wordsIn.nl);
    expect(row).toBe(
      `jan        proeflid tot ${at}  bestuur    deelnemer  verschilt, wacht op een wijziging`,
    );
  });

  const after = (more: Partial<TeamResource['awaited'][number]>, language: 'en' | 'nl') => {
    const awaited = [{ group: 'team', change: 'delete', since, how: 'ours', ...more } as const];
    const lines = teamLines([{ ...member, awaited }], plain, wordsIn[language]);
    return lines.slice(lines.lastIndexOf('') + 2);
  };
  const bindDn = expect.stringMatching(/slapd said 50.*directory\.ldap\.bindDn/);

  it.each([
    ['Huismeester does it', { how: 'ours' }, ['Huismeester does it itself.'], ['Huismeester doet dat zelf.']],
    [
      'it could not the last time',
      { how: 'ours', trouble: 'slapd said 50' },
      ['Huismeester does it itself.', bindDn],
      ['Huismeester doet dat zelf.', bindDn],
    ],
    [
      'a file is the directory',
      { how: 'theirs', command: 'In people.yaml, add "jan" to the list groups.trial\n' },
      ['In people.yaml, add "jan" to the list groups.trial'],
      ['Zet "jan" in people.yaml bij de lijst groups.trial'],
    ],
    [
      'that loses somebody',
      { how: 'theirs', command: 'In people.yaml, remove "jan" from the list groups.trial' },
      ['In people.yaml, remove "jan" from the list groups.trial'],
      ['Haal "jan" in people.yaml weg uit de lijst groups.trial'],
    ],
    ['a person has a command', { how: 'theirs', command: 'a\nb\n' }, ['a', 'b'], ['a', 'b']],
    [
      'the command is not known',
      { how: 'theirs' },
      [expect.stringMatching(/not known now.*huismeester directory/)],
      [expect.stringMatching(/nu niet bekend.*huismeester directory/)],
    ],
    [
      'there is no such group',
      { how: 'no-group' },
      [expect.stringContaining('make it, and set directory.ldap.groups.team')],
      [expect.stringContaining('zet hem in directory.ldap.groups.team')],
    ],
  ] as const)('says of a change how it is made: %s', (_, more, english, dutch) => {
    expect(after(more, 'en')).toEqual(english);
    expect(after(more, 'nl')).toEqual(dutch);
  });
});

describe('one member', () => {
  const member: MemberResource = {
    person: id,
    uid: 'jan',
    name: 'Jan\u001b[2J',
    register: 'suspended',
    since,
    until: since,
    suspended_from: 'trial',
    groups: ['board'],
    roles: ['participant'],
    differs: false,
    awaited: [],
    proposal: { act: 'lift', by: other, at: since, because: 'it was a mistake' },
    grants: [{ id: other, on: 'class/participant', until: since, since, by: other }],
    history: [
      {
        at: since,
        by: [other],
        what: 'member.suspended',
        clause: 'TEAM-1',
        because: 'keys were lost',
        data: { person: id, until: since, by: [other] },
      },
    ],
  };

  it('is shown with what is proposed, granted, and how it came about', () => {
    expect(memberLines(member, wordsIn.en, who, 'en')).toEqual([
      'jan (Jan\\u{1b}[2J)',
      `  register    suspended until ${at}, since ${at}`,
      '              then on trial again',
      '  directory   board',
      '  roles       participant',
      `  proposed    the end of the suspension, by mira, ${at}`,
      '              it was a mistake',
      expect.stringContaining('huismeester team lift jan'),
      `  may act on  class/participant, until ${at}`,
      '',
      'history',
      expect.stringMatching(/suspended.* \(mira; TEAM-1\): keys were lost$/),
    ]);
    const dutch = memberLines(member, wordsIn.nl, who, 'nl').join('\n');
    const grant = { grant: other, person: id, on: 'vm/101', until: since, by: other };
    const over = { grant: other, person: id, how: 'expired' };
    const change = { at: since, by: [], clause: 'JOIN-3' };
    const history = [
      { ...change, what: 'grant.given', data: grant },
      { ...change, what: 'grant.ended', data: over },
    ];
    expect(memberLines({ ...member, history }, wordsIn.en, who, 'en').at(-1)).toBe(
      `  ${at}  jan may not act on vm/101 any more (JOIN-3)`,
    );
    expect(dutch).toContain('daarna weer proeflid');
    expect(dutch).toContain('geschorst');
  });
});

describe('an application', () => {
  const open: ApplicationResource = {
    id: other,
    person: id,
    state: 'open',
    since,
    backer: other,
    ends: since,
    trial_days: 60,
    electorate: 3,
    voted: [other],
    votes: [
      { person: other, vote: 'yes', no_objection: true, because: 'helps a lot', at: since, counts: false },
    ],
    would: { yes: 'approved' },
  };

  it('is open: who voted, how for who may read it, and what a vote would do', () => {
    expect(applicationLines(open, wordsIn.en, who)).toEqual([
      `jan: open, until ${at}`,
      `  applied    ${at}, by mira`,
      '  trial      60 days',
      '  voted      1 of 3: mira',
      '  votes      mira: yes, no objection (does not count: no full member now); helps a lot',
      '  your vote  yes: decides it: approved',
    ]);
    const { votes: _, would: __, ...closed } = open;
    expect(applicationLines(closed, wordsIn.nl, who).join('\n')).not.toContain('helps a lot');
  });

  it.each([
    [{}, '; another full member confirms it', '; een ander volledig lid bevestigt het'],
    [{ state: 'awaiting-board', approved: { at: since, how: 'meeting' } }, '', ''],
    [{ state: 'rejected', ended: { at: since, how: 'meeting' } }, '', ''],
  ] as const)('has minutes to be confirmed until it is decided: %j', (more, english, dutch) => {
    const found = { ...open, ...more, minutes: { by: other, at: since } };
    const meeting = (language: 'en' | 'nl') =>
      applicationLines(found, wordsIn[language], who).find((each) => / (meeting|vergadering) /.test(each));
    expect(meeting('en')).toMatch(new RegExp(`recorded by mira, ${at}${english}$`));
    expect(meeting('nl')).toMatch(new RegExp(`vastgelegd door mira, ${at}${dutch}$`));
  });

  it.each([
    [
      { until: since, waits_for: [other] },
      `  board    mira may veto it until ${at}`,
      `mira kan een veto uitspreken tot ${at}`,
    ],
    [{ waits_for: [] }, '  board    no board member is in the team', 'geen bestuurslid in het team'],
  ])('waits for the board: %j', (board, english, dutch) => {
    const { votes: _, would: __, electorate: ___, ends: ____, ...rest } = open;
    const found = { ...rest, state: 'awaiting-board', board } as const;
    expect(applicationLines(found, wordsIn.en, who)).toContain(english);
    expect(applicationLines(found, wordsIn.nl, who).join('\n')).toContain(dutch);
  });
});

describe('who leaves', () => {
  const preview: Departure = {
    person: id,
    register: 'full',
    endsBoard: true,
    fullMembersLeft: 2,
    core: [],
    holds: [{ id: 'h', target: 'vm/120', until: since }],
    applications: [{ application: other, person: other, state: 'open', voted: true }],
    vms: [{ vm: '104' }],
    projects: [{ project: 'p-1', class: 'space-wide', role: 'owner', only: true }],
    accounts: ['pve-3f2a9c01d4e5'],
    lists: [
      { list: 'router', kind: 'access' },
      { list: 'wifi', kind: 'secret' },
    ],
    unknown: ['the directory is unknown'],
  };
  const names = { person: 'jan', who, accounts: () => 'jan@ldap' };

  it('is told what follows', () => {
    expect(previewLines(preview, wordsIn.en, names)).toEqual([
      'If jan left the team now (asking changes nothing):',
      '  register        full member',
      '  BOARD-1         no board member would be in the team any more',
      '  full members    2 would be left',
      `  holds           vm/120 until ${at}`,
      '  applications    mira (open): their vote would not count any more',
      '  VMs             104',
      '  projects        p-1, as owner; nobody else runs it',
      '  admin accounts  jan@ldap',
      '  access          router',
      '  shared secrets  wifi: to be changed',
      '  not known       the directory is unknown',
    ]);
    expect(previewLines(preview, wordsIn.nl, names).join('\n')).toContain('geen bestuurslid meer');
  });

  it('leaves a list to tick, with commands as they can be pasted', () => {
    const list: OffboardingResource = {
      person: id,
      since,
      open: 1,
      unknown: ['pve'],
      items: [
        {
          item: 'group-team',
          kind: 'group',
          what: 'team',
          state: 'to-do',
          command: 'ldapmodify <<END\nEND\n',
        },
        {
          item: 'account-1',
          kind: 'account',
          what: 'pve-1',
          state: 'seen',
          name: 'jan@ldap',
          command: 'pveum x',
        },
      ],
    };
    expect(offboardingLines(list, 'jan', wordsIn.en)).toEqual([
      `jan left the team on ${at}: 1 of 2 to do`,
      '  [ ] group-team: take them out of the group team',
      'ldapmodify <<END',
      'END',
      '  [x] account-1: take the rights away of jan@ldap (done, as far as Huismeester sees)',
      'At pve accounts could not be read: there may be more to do.',
      'Tick what is done: `huismeester departure jan --done group-team`.',
    ]);
  });
});

describe('accounts with admin rights', () => {
  const account: AccountResource = {
    id: 'pve-3f2a9c01d4e5',
    source: 'pve',
    name: 'oud@ldap',
    kind: 'user',
    whose: 'nobody',
    state: 'admin',
    since,
    rights: [{ on: '/vms', privileges: ['VM.Allocate'], by: ['group admins: Administrator on /'] }],
    commands: ['pveum acl delete / --groups admins --roles Administrator'],
  };

  it('begin with those that no member stands for', () => {
    const lines = accountTable(
      [{ ...account, id: 'pve-000000000000', name: 'jan@ldap', whose: 'member', person: id }, account],
      plain,
      wordsIn.en,
      who,
    );
    expect(lines[1]).toMatch(/^oud@ldap +pve +nobody’s, as far as is known +admin +pve-3f2a9c01d4e5 +\/vms$/);
    expect(lines[2]).toMatch(/^jan@ldap +pve +jan \(full member\)/);
    expect(lines.at(-1)).toContain('huismeester access show');
  });

  it('are shown with evidence, and what takes their rights away', () => {
    const text = accountLines(account, wordsIn.nl, who).join('\n');
    expect(text).toContain('/vms: VM.Allocate');
    expect(text).toContain('  group admins: Administrator on /');
    expect(text).toContain('\npveum acl delete / --groups admins --roles Administrator');
    expect(text).toContain('huismeester access owner pve-3f2a9c01d4e5');
  });
});
