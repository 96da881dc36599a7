import { expect, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import type { DirectoryFact } from '../../facts/directory.ts';
import { noFacts } from '../../facts/index.ts';
import type { MemberFact } from '../../facts/member.ts';
import type { PersonFact } from '../../facts/person.ts';
import { rule } from './index.ts';

const known: DirectoryFact = { state: 'known', since: 0 };
type Each = [
  state: MemberFact['state'] | 'none',
  groups: PersonFact['groups'],
  more?: Partial<Pick<PersonFact, 'enabled' | 'unseen'>>,
];

function look(people: readonly Each[], directory: DirectoryFact = known) {
  const ids = people.map((_, index) => `p${index}`);
  const facts = {
    ...noFacts,
    person: new Map(
      people.map(([, groups, more], index) => {
        const person = `p${index}`;
        return [person, { person, enabled: true, groups, roles: [], ...more }];
      }),
    ),
    member: new Map(
      people.flatMap(([state], index) => {
        const person = ids[index] ?? '';
        return state === 'none' ? [] : [[person, { person, state }] as const];
      }),
    ),
    directory: new Map([['main', directory]]),
  };
  const settings = { ...defaults, directory: true };
  const context = { now: 0, startedAt: 0, epoch: 'e', modes: new Map(), mine: new Map(), settings };
  const { violations } = atOnce(rule.decide(facts, new Map(), context));
  return [...violations.found, ...violations.undecided.map(() => 'undecided')].map((each) =>
    typeof each === 'string' ? each : `${each.kind} ${each.severity}`,
  );
}

const missing = ['board-missing serious'];
const unseen = { unseen: true } as const;

test.each<[string, readonly Each[], DirectoryFact, readonly string[]]>([
  ['a full member of the board', [['full', ['board']]], known, []],
  ['one on trial', [['trial', ['board']]], known, []],
  ['one who is suspended', [['suspended', ['board']]], known, missing],
  ['one who left', [['former', ['board']]], known, missing],
  ['one whose account is disabled', [['full', ['board'], { enabled: false }]], known, missing],
  [
    'one who is not of the team',
    [
      ['none', ['board']],
      ['full', ['team']],
    ],
    known,
    missing,
  ],
  ['nobody at all', [], known, missing],
  ['the directory is unknown', [['full', ['team']]], { state: 'unknown' }, ['undecided']],
  ['what membership says is not seen', [['full', ['team']]], { ...known, unseen: true }, ['undecided']],
  [
    'a member who is not seen may be the one',
    [
      ['full', ['team']],
      ['full', [], unseen],
    ],
    known,
    ['undecided'],
  ],
  [
    'somebody else is not seen',
    [
      ['full', ['team']],
      ['former', [], unseen],
    ],
    known,
    missing,
  ],
  [
    'one is enough, whoever is not seen',
    [
      ['full', ['board']],
      ['full', [], unseen],
    ],
    known,
    [],
  ],
])('%s', (_, people, directory, found) => {
  expect(look(people, directory)).toEqual(found);
});
