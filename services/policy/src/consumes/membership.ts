import { DirectoryReason, GroupName, PersonId, RegisterState, Role, Timestamp } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { entityKind, type Handlers, readEntities } from '@huismeester/events';
import { Type } from 'typebox';
import { type DirectoryEvent, directoryFrom, evolveDirectory, theDirectory } from '../facts/directory.ts';
import { type MemberEvent, memberFrom } from '../facts/member.ts';
import { evolvePerson, type PersonEvent, personFrom } from '../facts/person.ts';
import { directoryStore, memberStore, personStore } from '../facts/store.ts';

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

/** `member/<id>`; until when a state lasts is not read yet. */
const MemberEntity = Type.Object({ person: PersonId, state: RegisterState });

/** `directory/main`. */
const DirectoryEntity = Type.Object({
  state: Type.Enum(['known', 'unknown', 'not-set-up'] as const),
  since: maybe(Timestamp),
  reason: maybe(DirectoryReason),
  renumbered: maybe(Type.Integer({ minimum: 0 })),
});

const foldPerson = async (tx: Tx, event: PersonEvent): Promise<void> => {
  const { person } = event.data;
  const folded = evolvePerson(await personStore.get(tx, person), event);
  if (folded) await personStore.save(tx, person, folded);
  else await personStore.forget(tx, person);
};

const foldMember = (tx: Tx, { data }: MemberEvent): Promise<void> =>
  memberStore.save(tx, data.person, memberFrom(data));

const foldDirectory = async (tx: Tx, event: DirectoryEvent): Promise<void> => {
  const known = await directoryStore.get(tx, theDirectory);
  await directoryStore.save(tx, theDirectory, evolveDirectory(known, event));
};

/** What policy takes from membership: who may be what, by the directory and by the register, and how well the directory is known. */
export const fromMembership = {
  handlers: {
    'person.changed': foldPerson,
    'person.gone': foldPerson,
    'person.confirmed': foldPerson,
    'member.imported': foldMember,
    'member.started': foldMember,
    'directory.known': foldDirectory,
    'directory.unknown': foldDirectory,
    'directory.renumbered': foldDirectory,
    'directory.confirmed': foldDirectory,
  } satisfies Handlers,
  ...readEntities({
    person: entityKind({
      schema: PersonEntity,
      replace: (tx, found, kept) => {
        const here = found.filter(({ state }) => state.gone !== true);
        return personStore.replace(tx, new Map(here.map(({ id, state }) => [id, personFrom(state)])), kept);
      },
      save: (tx, { id, state }) =>
        state.gone === true ? personStore.forget(tx, id) : personStore.save(tx, id, personFrom(state)),
    }),
    member: entityKind({
      schema: MemberEntity,
      replace: (tx, found, kept) =>
        memberStore.replace(tx, new Map(found.map(({ id, state }) => [id, memberFrom(state)])), kept),
      save: (tx, { id, state }) => memberStore.save(tx, id, memberFrom(state)),
    }),
    directory: entityKind({
      schema: DirectoryEntity,
      replace: (tx, found, kept) =>
        directoryStore.replace(tx, new Map(found.map(({ id, state }) => [id, directoryFrom(state)])), kept),
      save: (tx, { id, state }) => directoryStore.save(tx, id, directoryFrom(state)),
    }),
  }),
};
