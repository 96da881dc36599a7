import { DirectoryReason, GroupName, MemberEntity, PersonId, Role, Timestamp } from '@huismeester/contracts';
import { type Handlers, readEntities } from '@huismeester/events';
import { Type } from 'typebox';
import { type DirectoryEvent, directoryFrom, evolveDirectory, theDirectory } from '../facts/directory.ts';
import { evolveMember, type MemberEvent, memberFrom } from '../facts/member.ts';
import { evolvePerson, type PersonEvent, personFrom } from '../facts/person.ts';
import { directoryStore, memberStore, personStore } from '../facts/store.ts';
import { factKind, foldInto } from './fact-kind.ts';

const maybe = Type.Optional;

/** `person/<id>` in membership's snapshot: the last `person.changed`, without what was confirmed since. */
const PersonEntity = Type.Object({
  person: PersonId,
  enabled: Type.Boolean(),
  groups: Type.Array(GroupName),
  roles: Type.Array(Role),
  took_uid_of: maybe(PersonId),
  gone: maybe(Type.Boolean({ description: 'In the directory no more: as if there was no entity' })),
});

/** `directory/main`. */
const DirectoryEntity = Type.Object({
  state: Type.Enum(['known', 'unknown', 'not-set-up'] as const),
  since: maybe(Timestamp),
  reason: maybe(DirectoryReason),
  renumbered: maybe(Type.Integer({ minimum: 0 })),
});

const foldPerson = foldInto(personStore, ({ data }: PersonEvent) => data.person, evolvePerson);
const foldMember = foldInto(memberStore, ({ data }: MemberEvent) => data.person, evolveMember);
const foldDirectory = foldInto(directoryStore, (_: DirectoryEvent) => theDirectory, evolveDirectory);

/**
 * What policy takes from membership: who may be what, by the directory and by the register, and how well the directory is known. The second way of
 * folding it: the first did not keep until when somebody is on trial or suspended.
 */
export const fromMembership = {
  fold: 2,
  handlers: {
    'person.changed': foldPerson,
    'person.gone': foldPerson,
    'person.confirmed': foldPerson,
    'member.imported': foldMember,
    'member.started': foldMember,
    'member.joined': foldMember,
    'member.proposed': foldMember,
    'member.proposal-withdrawn': foldMember,
    'member.confirmed': foldMember,
    'member.extended': foldMember,
    'member.suspended': foldMember,
    'member.reinstated': foldMember,
    'member.left': foldMember,
    'directory.known': foldDirectory,
    'directory.unknown': foldDirectory,
    'directory.renumbered': foldDirectory,
    'directory.confirmed': foldDirectory,
  } satisfies Handlers,
  ...readEntities({
    person: factKind(PersonEntity, personStore, (entity) =>
      entity.gone === true ? undefined : personFrom(entity),
    ),
    member: factKind(MemberEntity, memberStore, memberFrom),
    directory: factKind(DirectoryEntity, directoryStore, directoryFrom),
  }),
};
