import { Type } from 'typebox';
import { event } from '../define.ts';
import { Language, PersonId, Role, Timestamp } from '../words.ts';
import { accessAggregates, accessEvents } from './access-events.ts';
import { admissionAggregates, admissionEvents } from './admission-events.ts';
import { registerAggregates, registerEvents } from './register-events.ts';
import { DirectoryReason, GroupChange, GroupName, RegisterState } from './words.ts';

const maybe = Type.Optional;
const count = (description: string, example: number) =>
  Type.Integer({ minimum: 0, description, examples: [example] });

/** Who is of the team, or was, can be asked for however long ago it was. */
const keptForGood = true;

const SshKey = Type.String({ description: 'In the form of OpenSSH, without its comment' });

/** What somebody may choose for themselves. */
export const preferences = {
  language: maybe(Language),
  holiday: maybe(
    Type.Object(
      { from: Type.String({ format: 'date' }), until: Type.String({ format: 'date' }) },
      {
        description: 'Civil days of the space, both included',
      },
    ),
  ),
  sshKeys: maybe(Type.Array(SshKey, { maxItems: 20 })),
  notices: maybe(
    Type.Enum(['digest', 'urgent', 'none'] as const, {
      description:
        '`digest`: one a day, and what is urgent at once; `urgent`: only that; `none`: nothing by mail',
    }),
  ),
};

/**
 * membership's events; subjects `person/<id>`, `member/<id>`, `group/<name>`, `preference/<id>`, `directory/main`, and those of the files whose
 * events are among them. All internal: they are about people. A person is an id in them: names, uids and mail addresses stay in the directory.
 */
export const events = {
  'person.changed': event(
    'What the directory says of a person, or what follows from it, changed; or the person is new there',
    Type.Object({
      person: PersonId,
      enabled: Type.Boolean({ description: 'Whether the account may be used', examples: [true] }),
      groups: Type.Array(GroupName, {
        description: 'The groups that the person is in',
        examples: [['participants']],
      }),
      roles: Type.Array(Role, {
        description:
          'What the person may be: from the directory and, for team and trial, from the register too',
        examples: [['participant']],
      }),
      took_uid_of: maybe(PersonId),
    }),
  ),
  'person.gone': event('A person is in the directory no more', Type.Object({ person: PersonId })),
  'person.confirmed': event(
    'A member of the team knows that this person has the uid that was another’s before',
    Type.Object({ person: PersonId, took_uid_of: PersonId }),
  ),
  'member.imported': event(
    'The first read of the directory took somebody into the register of the team, without a vote (TEAM-1)',
    Type.Object({ person: PersonId, state: RegisterState, until: maybe(Timestamp) }),
    { keptForGood },
  ),
  'member.started': event(
    'Root began the register of the team with somebody, where there was none',
    Type.Object({
      person: PersonId,
      state: RegisterState,
      board: Type.Boolean({ description: 'Named as the board member in the team (BOARD-1)' }),
    }),
    { keptForGood },
  ),
  'group.awaited': event(
    'A group of the directory is to follow the register of the team',
    Type.Object({ group: GroupName, person: PersonId, change: GroupChange }),
  ),
  'group.followed': event(
    'A group of the directory follows the register of the team',
    Type.Object({
      group: GroupName,
      person: PersonId,
      change: GroupChange,
      how: Type.Enum(['written', 'seen'] as const, {
        description: '`written`: by Huismeester, and read back; `seen`: somebody did it',
        examples: ['seen'],
      }),
    }),
  ),
  'preference.changed': event(
    'Somebody chose something for themselves; what is left out is as for everybody',
    Type.Object({ person: PersonId, ...preferences }),
  ),
  'directory.unknown': event(
    'The directory could not be read whole: nothing follows from it until it can',
    Type.Object({
      since: Timestamp,
      reason: DirectoryReason,
      gone: maybe(count('Of people or of a group, where that is why', 12)),
      of: maybe(count('Of so many', 25)),
    }),
  ),
  'directory.known': event(
    'The directory was read whole: at first, or again',
    Type.Object({ since: Timestamp, people: count('In it', 25) }),
  ),
  'directory.accepted': event(
    'Somebody accepted that so much changed in the directory at once',
    Type.Object({ gone: count('Of people and members of groups', 12) }),
  ),
  'directory.renumbered': event(
    'The directory gave many people another id at once: they are known by their uid, and are who they were',
    Type.Object({ people: count('With another id', 25) }),
  ),
  'directory.confirmed': event(
    'A member of the team knows that the directory was renumbered',
    Type.Object({}),
  ),
  ...registerEvents,
  ...admissionEvents,
  ...accessEvents,
};

export const aggregates = {
  person: { person: PersonId },
  member: { person: PersonId },
  group: { group: GroupName },
  preference: { person: PersonId },
  directory: 'main',
  ...registerAggregates,
  ...admissionAggregates,
  ...accessAggregates,
};
