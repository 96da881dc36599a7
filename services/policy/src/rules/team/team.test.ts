import { phrase } from '@huismeester/contracts';
import { describe, expect, it, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import type { DirectoryFact } from '../../facts/directory.ts';
import { noFacts } from '../../facts/index.ts';
import type { MemberFact } from '../../facts/member.ts';
import type { PersonFact } from '../../facts/person.ts';
import type { RuleContext } from '../define.ts';
import { rule } from './index.ts';

const id = 'p1';
const settings = { ...defaults, directory: true };
const context: RuleContext = {
  now: 0,
  startedAt: 0,
  epoch: 'e',
  modes: new Map(),
  mine: new Map(),
  settings,
};
const known: DirectoryFact = { state: 'known', since: 0 };
const person = (groups: PersonFact['groups'], more: Partial<PersonFact> = {}): PersonFact => ({
  person: id,
  enabled: true,
  groups,
  roles: [],
  ...more,
});
const member = (state: MemberFact['state'], more: Partial<MemberFact> = {}): MemberFact => ({
  person: id,
  state,
  ...more,
});

function look(
  each: PersonFact | undefined,
  inRegister: MemberFact | undefined,
  directory: DirectoryFact | undefined = known,
) {
  const facts = {
    ...noFacts,
    person: new Map(each ? [[each.person, each]] : []),
    member: new Map(inRegister ? [[inRegister.person, inRegister]] : []),
    directory: new Map(directory ? [['main', directory]] : []),
  };
  const { violations, clauses, opinions } = atOnce(rule.decide(facts, new Map(), context));
  return {
    opinions,
    violations,
    found: violations.found.map(({ kind, subject, severity }) => `${kind} ${subject} ${severity}`),
    undecided: violations.undecided.map(({ kind, subject }) => `${kind} ${subject}`),
    watch: clauses.get('TEAM-1'),
  };
}

const warning = ['team-differs person/p1 warning'];
const serious = ['team-differs person/p1 serious'];
type Case = [string, PersonFact | undefined, MemberFact | undefined, readonly string[]];

test.each<Case>([
  ['full, and in the group', person(['participants', 'team']), member('full'), []],
  ['on trial, and in that group', person(['trial']), member('trial'), []],
  ['on trial, and in the group of the team', person(['team']), member('trial'), []],
  ['in neither', person(['participants', 'board']), undefined, []],
  ['former, and in no group', person([]), member('former'), []],
  ['suspended, and taken out of the group', person(['participants']), member('suspended'), []],
  ['former, and gone', undefined, member('former'), []],
  ['in the group of the team, and not in the register', person(['team']), undefined, serious],
  ['in the group of the team, and former', person(['team']), member('former'), serious],
  ['in the group of the team, and suspended', person(['team', 'trial']), member('suspended'), serious],
  ['the same, with a disabled account', person(['team'], { enabled: false }), undefined, warning],
  ['in the group of trial members alone', person(['trial']), undefined, warning],
  ['full, and in no group', person(['participants']), member('full'), warning],
  ['full, and in that of trial members alone', person(['trial']), member('full'), warning],
  ['full, and disabled', person(['team'], { enabled: false }), member('full'), warning],
  ['full, and gone', undefined, member('full'), warning],
  ['on trial, and in no group', person([]), member('trial'), warning],
])('%s', (_, each, inRegister, found) => {
  expect(look(each, inRegister)).toMatchObject({ found, undecided: [], opinions: [], watch: 'watched' });
});

const reasonOf = (...of: Parameters<typeof look>) => {
  const [first] = look(...of).violations.found;
  return (['en', 'nl'] as const).map((language) => phrase(first?.reasons ?? [], language));
};

describe('a difference', () => {
  it('names what the register says and what the groups say', () => {
    expect(reasonOf(person(['team', 'trial']), member('former'))).toEqual([
      'the register of the team has this person as a former member; of the groups team and trial, the directory has this person in team, trial; whatever goes by the group team alone lets this person in, also to core (CORE-4)',
      'in het register van het team staat deze persoon als oud-lid; van de groepen team en trial zit deze persoon volgens de directory in team, trial; alles wat alleen naar de groep team kijkt laat deze persoon binnen, ook bij core-infra (CORE-4)',
    ]);
    expect(reasonOf(person(['team'], { enabled: false }), member('full'))[0]).toBe(
      'the register of the team has this person as a full member; of the groups team and trial, the directory has this person in team; the account is disabled in the directory',
    );
    expect(reasonOf(undefined, member('full'))[0]).toBe(
      'the register of the team has this person as a full member; the directory does not have this person',
    );
  });

  it('that became another one is another violation: it is not accepted with the first', () => {
    const causes = [
      look(person(['trial']), undefined),
      look(person(['trial', 'team']), undefined),
      look(person(['team']), undefined),
      look(person(['team']), member('former')),
      look(person(['team'], { enabled: false }), member('former')),
    ].map(({ violations }) => violations.found[0]?.cause);
    expect(new Set(causes).size).toBe(causes.length);
  });
});

describe('a uid that was another’s', () => {
  const reused = person(['participants'], { tookUidOf: 'p0' });

  it('is a violation about who has it now, until that is confirmed', () => {
    expect(look(reused, undefined).violations.found).toEqual([
      expect.objectContaining({
        kind: 'uid-reused',
        subject: 'person/p1',
        cause: 'person/p0',
        clause: 'TEAM-1',
      }),
    ]);
    expect(reasonOf(reused, undefined)[0]).toContain('was that of person/p0 before');
    expect(look(person(['participants']), undefined).found).toEqual([]);
  });

  it('stays while the directory is unknown, and is over by a confirmation all the same', () => {
    const unknown: DirectoryFact = { state: 'unknown' };
    expect(look(reused, undefined, unknown).undecided).toContain('uid-reused person/p1');
    const confirmed = look(person(['participants']), undefined, unknown);
    expect(confirmed.undecided).toEqual(['team-differs person/p1']);
  });
});

describe('a directory that was renumbered', () => {
  const renumbered: DirectoryFact = { ...known, renumbered: 25 };

  it('is one violation about the directory, until that is confirmed', () => {
    expect(look(undefined, undefined, renumbered).found).toEqual([
      'directory-renumbered directory/main serious',
    ]);
    expect(reasonOf(undefined, undefined, renumbered)[0]).toContain('gave 25 people another id');
    expect(look(undefined, undefined, known)).toMatchObject({ found: [], undecided: [] });
  });

  it('stays while the directory is unknown, and is over by a confirmation all the same', () => {
    expect(look(undefined, undefined, { ...renumbered, state: 'unknown' })).toMatchObject({
      found: [],
      undecided: ['directory-renumbered directory/main'],
    });
    expect(look(undefined, undefined, { state: 'unknown' }).undecided).toEqual([]);
  });
});

describe('what is unknown', () => {
  const stranger = person(['team'], { tookUidOf: 'p0' });
  const everything = ['team-differs person/p1', 'uid-reused person/p1'];

  it.each<[string, DirectoryFact | undefined]>([
    ['cannot be read whole', { state: 'unknown', since: 0, reason: 'no-answer' }],
    ['is not seen', { ...known, unseen: true }],
    ['is not set up in membership', { state: 'not-set-up' }],
  ])('opens and closes nothing: the directory %s', (_, directory) => {
    expect(look(stranger, undefined, directory)).toMatchObject({
      found: [],
      undecided: expect.arrayContaining(everything),
    });
    expect(look(undefined, member('full'), directory)).toMatchObject({
      found: [],
      undecided: expect.arrayContaining(['team-differs person/p1']),
    });
  });

  it('opens and closes nothing: nothing was ever said of the directory', () => {
    const facts = { ...noFacts, person: new Map([[id, stranger]]) };
    const { violations, clauses } = atOnce(rule.decide(facts, new Map(), context));
    expect(violations.found).toEqual([]);
    const kinds = new Set(violations.undecided.map(({ kind }) => kind));
    expect([...kinds]).toEqual(rule.violationKinds);
    expect(clauses.get('TEAM-1')).toEqual({ unknown: expect.stringContaining('must name membership') });
  });

  it('opens and closes nothing: somebody, or their place in the register, is not seen', () => {
    expect(look({ ...stranger, unseen: true }, undefined)).toMatchObject({
      found: [],
      undecided: everything,
    });
    const unseenMember = look(person(['team']), member('full', { unseen: true }));
    expect(unseenMember).toMatchObject({ found: [], undecided: ['team-differs person/p1'] });
  });

  it('says of the clause why it cannot be told, and what to do', () => {
    const watch = (directory: DirectoryFact) => look(undefined, undefined, directory).watch;
    expect(watch({ state: 'unknown', since: 0, reason: 'no-answer' })).toEqual({
      unknown: 'the directory cannot be read whole since 1970-01-01T00:00:00.000Z: no-answer',
    });
    expect(watch({ ...known, unseen: true })).toHaveProperty('unknown');
    expect(watch({ state: 'not-set-up' })).toHaveProperty('notSetUp');
    expect(rule.notSetUp?.({ ...settings, directory: false })).toContain('`directory`');
    expect(rule.notSetUp?.(settings)).toBeUndefined();
  });
});
