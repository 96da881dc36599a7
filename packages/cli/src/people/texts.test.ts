import type { DirectoryResource, MeResource, PersonResource } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { table } from '../table.ts';
import { civilTime } from '../time.ts';
import { changeLines, directoryLines } from './directory-text.ts';
import { peopleColumns, personLines } from './people.ts';
import { meLines } from './whoami.ts';
import { wordsIn } from './words.ts';

const plain = { width: undefined, paint: (_: unknown, text: string) => text };
const since = '2026-11-22T12:00:00.000Z';
const at = civilTime(since);
const id = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const other = '6f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';

describe('people', () => {
  const jan: PersonResource = {
    id,
    uid: 'jan',
    name: 'Jan\u001b[2J',
    enabled: true,
    roles: ['participant', 'infrateam'],
    groups: [
      { group: 'participants', path: [] },
      { group: 'team', path: ['infra', 'beheer'] },
    ],
    register: 'full',
    since,
  };
  const nobody: PersonResource = { id: other, enabled: false, roles: [], groups: [], since, tookUidOf: id };

  it('are a table, of which a narrow terminal shows the left', () => {
    expect(table([jan, nobody], peopleColumns(wordsIn.en), plain, '')).toEqual([
      'uid                                   name          roles                   register     note',
      'jan                                   Jan\\u{1b}[2J  participant, infrateam  full member',
      `${other}                                                     disabled, has the uid of another`,
    ]);
    const narrow = table([jan], peopleColumns(wordsIn.en), { ...plain, width: 30 }, '');
    expect(narrow.every((line) => line.length <= 30)).toBe(true);
    expect(narrow[1]).toMatch(/^jan {2}Jan/);
  });

  it('are shown one by one with the way into each group', () => {
    expect(personLines(jan, wordsIn.en)).toContain('  groups    participants; team, through infra > beheer');
    const lines = personLines(nobody, wordsIn.en).join('\n');
    expect(lines).toContain('disabled');
    expect(lines).toContain(`huismeester people confirm ${other}`);
  });

  it('are shown in Dutch, with the names of roles and groups', () => {
    expect(personLines({ ...jan, name: 'Jan' }, wordsIn.nl)).toEqual([
      'jan (Jan)',
      '  account   staat aan',
      '  rollen    deelnemer, infrateam',
      '  register  volledig lid',
      '  groepen   deelnemers; team, via infra > beheer',
      `  bekend    sinds ${at}, als ${id}`,
    ]);
    const [heads, row] = table([nobody], peopleColumns(wordsIn.nl), plain, '');
    expect(heads).toContain('rollen');
    expect(row).toContain('uitgezet, heeft de uid van een ander');
  });
});

describe('the directory', () => {
  const nobody = new Map<string, string>();
  const known: DirectoryResource = {
    kind: 'ldap',
    state: 'known',
    since,
    readAt: since,
    people: 25,
    disabled: 2,
    skipped: 0,
    groups: [
      { group: 'team', state: 'known', members: 3, dangling: ['cn=weg,ou=people'] },
      { group: 'board', state: 'unknown', members: 0, dangling: [], detail: 'member may not be read' },
    ],
    writes: 'off',
  };

  it('is known', () => {
    expect(directoryLines(known, plain, wordsIn.en, nobody)).toEqual([
      'Directory  known (LDAP)',
      `Last read  ${at}`,
      'People     25, of whom 2 disabled',
      expect.stringContaining('Writes     off'),
      '',
      'group  state    members  detail',
      'team   known    3',
      'board  unknown           member may not be read',
      '',
      'In the group for team, but no person of the directory; take them out there:',
      '  cn=weg,ou=people',
    ]);
  });

  it.each(['en', 'nl'] as const)(
    'is unknown, in %s: since when, why, what to do, and what stays',
    (language) => {
      const words = wordsIn[language];
      const change = {
        id: 'c1',
        parts: [
          { what: 'people', gone: 12, of: 25, people: [other, id] },
          { what: 'team', gone: 4, of: 6, people: [] },
        ],
      };
      const lines = directoryLines(
        {
          ...known,
          state: 'unknown',
          reason: 'too-much-gone',
          detail: 'too much of it',
          rolesUntil: since,
          change,
          renumbered: 9,
        },
        plain,
        words,
        new Map([[id, 'jan']]),
      );
      expect(lines[0]).toContain(at);
      expect(lines.slice(1, 4)).toEqual([
        `  ${words.directory.reasons['too-much-gone']}`,
        `  ${words.directory.remedies['too-much-gone']}`,
        `  ${words.directory.rolesUntil(at)}`,
      ]);
      const text = lines.join('\n');
      for (const part of ['c1', '12', '25', '4', '6', 'directory accept', 'directory confirm'])
        expect(text).toContain(part);
      expect(text).toContain(`    ${other}, jan, ${words.directory.more(10)}\n`);
    },
  );

  it('names at most 20 people of a part, and says how many more there are', () => {
    const people = Array.from({ length: 25 }, (_, index) => `p${String(index).padStart(2, '0')}`);
    const part = { what: 'enabled', gone: 25, of: 60, people };
    const [, what, who] = changeLines({ id: 'c1', parts: [part] }, wordsIn.en, nobody);
    expect(what).toBe('  25 of 60 accounts that were enabled are disabled now');
    expect(who).toBe(`    ${people.slice(0, 20).join(', ')}, and 5 more`);
  });

  it.each([
    ['enabled', 'accounts that were enabled are disabled now', 'staan nu uit'],
    ['disabled', 'accounts that were disabled are enabled now', 'staan nu aan'],
  ])('says which way accounts went: %s', (what, english, dutch) => {
    expect(wordsIn.en.directory.parts(what, 3, 4)).toBe(`3 of 4 ${english}`);
    expect(wordsIn.nl.directory.parts(what, 3, 4)).toContain(dutch);
  });

  it('says of accounts, too, that too much changed', () => {
    expect(wordsIn.en.directory.reasons['too-much-gone']).toBe('too much changed at once');
    expect(wordsIn.nl.directory.reasons['too-much-gone']).toBe('er is te veel tegelijk veranderd');
  });

  it('is not set up, with what to do', () => {
    const { since: _, readAt: __, ...rest } = known;
    const none: DirectoryResource = { ...rest, kind: 'none', state: 'not-set-up', people: 0, groups: [] };
    expect(directoryLines(none, plain, wordsIn.nl, nobody)).toEqual([
      expect.stringContaining('huismeester init --ldap'),
    ]);
  });
});

describe('who one is', () => {
  it('is a person', () => {
    const session = { id: 's', created: since, expires: since, current: true };
    const me: MeResource = {
      person: id,
      uid: 'jan',
      name: 'Jan',
      mail: ['jan@x.nl'],
      name_in_log: `person:${id}`,
      roles: ['participant'],
      register: 'trial',
      session,
    };
    expect(meLines(me, 'https://a.space/', wordsIn.nl)).toEqual([
      'jan (Jan)',
      '  Rollen      deelnemer',
      '  Register    proeflid',
      '  Mail        jan@x.nl',
      `  In het log  person:${id}`,
      `  Sessie      tot ${at}`,
      '  Op          https://a.space/',
    ]);
  });

  it('is root of this machine', () => {
    const me: MeResource = { name_in_log: 'local:root', roles: ['administrator'] };
    expect(meLines(me, '/run/h.sock', wordsIn.en)).toEqual([
      'local:root (no person)',
      '  Roles       administrator',
      '  In the log  local:root',
      '  At          /run/h.sock',
    ]);
  });
});
