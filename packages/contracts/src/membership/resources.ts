import { type Static, Type } from 'typebox';
import { list, single } from '../define.ts';
import { PersonId, Role, Timestamp } from '../words.ts';
import { AccountResource, ServiceAccountResource } from './access-resources.ts';
import { ApplicationResource } from './admission-resources.ts';
import { preferences } from './events.ts';
import { memberDetails } from './register-resources.ts';
import { DirectoryReason, GroupChange, GroupName, RegisterState } from './words.ts';

const maybe = Type.Optional;

/** What is read from the directory when it is shown, and is stored nowhere; missing while the directory was never read. */
const shown = {
  uid: maybe(Type.String()),
  name: maybe(Type.String()),
};

/** A group that somebody is in. */
const InGroup = Type.Object({
  group: GroupName,
  path: Type.Array(Type.String(), {
    description:
      'The groups through which the person is in it, outermost first; empty: directly, or not known now',
  }),
});

/** `GET /api/v1/people`: a person of the directory. */
export const PersonResource = Type.Object({
  id: PersonId,
  ...shown,
  enabled: Type.Boolean(),
  roles: Type.Array(Role),
  groups: Type.Array(InGroup),
  register: maybe(RegisterState),
  since: Type.String({ ...Timestamp, description: 'Since when the person is known' }),
  tookUidOf: maybe(PersonId),
});
export type PersonResource = Static<typeof PersonResource>;

/** A change that a group of the directory is to get. */
const Awaited = Type.Object({
  group: GroupName,
  change: GroupChange,
  since: Timestamp,
  how: Type.Enum(['ours', 'theirs', 'no-group'] as const, {
    description:
      '`ours`: Huismeester writes it; `theirs`: a person runs the command; `no-group`: settings name no such group',
  }),
  command: maybe(Type.String({ description: 'What to run; missing where it is not known now' })),
  trouble: maybe(Type.String({ description: 'Why Huismeester could not write it the last time' })),
});

/** `GET /api/v1/team`: somebody in the register of the team, or in a group of it. */
export const TeamResource = Type.Object({
  person: PersonId,
  ...shown,
  register: maybe(RegisterState),
  since: maybe(Timestamp),
  until: maybe(Timestamp),
  groups: Type.Array(GroupName, { description: 'Of team, trial and board, as the directory has it' }),
  roles: Type.Array(Role),
  differs: Type.Boolean({ description: 'Whether register and directory say different things' }),
  awaited: Type.Array(Awaited),
  suspended_from: maybe(
    Type.String({ description: 'What a suspended member is again after that: trial or full' }),
  ),
});
export type TeamResource = Static<typeof TeamResource>;

/** `GET /api/v1/team/{person}`. */
export const MemberResource = Type.Object({ ...TeamResource.properties, ...memberDetails });
export type MemberResource = Static<typeof MemberResource>;

const GroupFound = Type.Object({
  group: GroupName,
  state: Type.Enum(['known', 'unknown', 'not-set-up'] as const),
  members: Type.Integer({ minimum: 0 }),
  dangling: Type.Array(Type.String(), { description: 'Members that are nobody: listed, and ignored' }),
  detail: maybe(Type.String()),
});

/** What of a big change is gone, and by what it is accepted. */
export const BigChange = Type.Object({
  id: Type.String({ description: 'To be given when it is accepted: another change has another' }),
  parts: Type.Array(
    Type.Object({
      what: Type.String({ description: '`people`, `enabled`, `disabled`, or a group' }),
      gone: Type.Integer({ minimum: 0 }),
      of: Type.Integer({ minimum: 0 }),
      people: Type.Array(PersonId, { maxItems: 100, description: 'Who, the first hundred' }),
    }),
  ),
});
export type BigChange = Static<typeof BigChange>;

/** `GET /api/v1/directory`: how well the directory is known. */
export const DirectoryResource = Type.Object({
  kind: Type.Enum(['file', 'ldap', 'none'] as const),
  state: Type.Enum(['known', 'unknown', 'not-set-up'] as const),
  since: maybe(Timestamp),
  readAt: maybe(Type.String({ ...Timestamp, description: 'The last time that it was read whole' })),
  rolesUntil: maybe(
    Type.String({ ...Timestamp, description: 'Roles are kept until then while it is unknown' }),
  ),
  reason: maybe(DirectoryReason),
  detail: maybe(Type.String()),
  change: maybe(BigChange),
  people: Type.Integer({ minimum: 0 }),
  disabled: Type.Integer({ minimum: 0 }),
  skipped: Type.Integer({
    minimum: 0,
    description: 'Entries without a uid, or with one that another has too: nobody can log in as these',
  }),
  groups: Type.Array(GroupFound),
  renumbered: maybe(
    Type.Integer({ minimum: 0, description: 'So many have another id, and nobody has confirmed it' }),
  ),
  writes: Type.Enum(['off', 'groups'] as const),
});
export type DirectoryResource = Static<typeof DirectoryResource>;

/** `GET /api/v1/sessions`: one's own. */
export const SessionResource = Type.Object({
  id: Type.String(),
  created: Timestamp,
  expires: Timestamp,
  current: Type.Boolean(),
});
export type SessionResource = Static<typeof SessionResource>;

/** `GET /api/v1/me`: who asks. */
export const MeResource = Type.Object({
  person: maybe(PersonId),
  ...shown,
  mail: maybe(Type.Array(Type.String())),
  name_in_log: Type.String({ description: 'How the log names who asks' }),
  roles: Type.Array(Role),
  groups: maybe(Type.Array(InGroup, { description: 'Where the roles come from' })),
  ssh_keys: maybe(
    Type.Array(Type.String(), {
      description: 'Public keys that the directory has; missing while it was never read. VMs get these first',
    }),
  ),
  register: maybe(RegisterState),
  session: maybe(SessionResource),
});
export type MeResource = Static<typeof MeResource>;

/** `GET /api/v1/me/preferences`. */
export const PreferencesResource = Type.Object(preferences);
export type PreferencesResource = Static<typeof PreferencesResource>;

export const resources = {
  people: list(PersonResource, { order: ['id'], exported: false }),
  team: list(TeamResource, { order: ['person'], exported: true }),
  directory: single(DirectoryResource, { exported: false }),
  sessions: list(SessionResource, { order: ['id'], exported: false }),
  me: single(MeResource, { exported: false }),
  applications: list(ApplicationResource, { order: ['id'], exported: false }),
  access: list(AccountResource, { order: ['id'], exported: false }),
  'service-accounts': list(ServiceAccountResource, { order: ['id'], exported: false }),
};
