import { type Static, Type } from 'typebox';
import { PersonId, Timestamp } from '../words.ts';

/** The groups of the directory that mean something to Huismeester. */
export const GroupName = Type.Enum(['participants', 'team', 'trial', 'board'] as const, {
  description: 'A group of the directory, by what it is for',
  examples: ['team'],
});
export type GroupName = Static<typeof GroupName>;

/** Where somebody stands in the register of the team (TEAM-1). */
export const RegisterState = Type.Enum(['trial', 'full', 'suspended', 'former'] as const, {
  examples: ['full'],
});
export type RegisterState = Static<typeof RegisterState>;

/** What is changed in a group: one value is added to it, or deleted from it. */
export const GroupChange = Type.Enum(['add', 'delete'] as const, { examples: ['add'] });
export type GroupChange = Static<typeof GroupChange>;

/** Why the directory could not be read: nothing follows from such a read. */
export const DirectoryReason = Type.Enum(
  [
    'no-answer',
    'tls',
    'wrong-secret',
    'refused',
    'base-gone',
    'size-limit',
    'referral',
    'incomplete',
    'bad-file',
    'too-much-gone',
    'failed',
  ] as const,
  {
    description:
      '`tls`: its certificate is not one that we accept; `wrong-secret`: our own login; `base-gone`: no base, or none that we may read (both are 32); `incomplete`: something that must be there is not, such as the id of a person; `too-much-gone`: read whole, and too much changed at once',
    examples: ['no-answer'],
  },
);
export type DirectoryReason = Static<typeof DirectoryReason>;

/** Of an application to the team: a UUID that is made when it is asked for. */
export const ApplicationId = Type.String({
  format: 'uuid',
  description: 'An application to the team',
  examples: ['0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4f'],
});

/** Of a text that stands outside the log and is erased after a year (JOIN-2). */
export const ReasonId = Type.String({
  format: 'uuid',
  description: 'Where its reason stands, for full members and the board, until it is erased',
  examples: ['0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c50'],
});

/** A reason that somebody gives. It stands in a table of its own, never in an event. */
export const TeamReason = Type.String({
  minLength: 3,
  maxLength: 1000,
  description: 'Why. Read by full members and the board alone, and erased after `team.keepVotes`',
});

/** How an application to the team stands (JOIN-1, JOIN-2). */
export const ApplicationState = Type.Enum(
  ['proposed', 'open', 'awaiting-board', 'carried-out', 'rejected', 'lapsed', 'vetoed', 'withdrawn'] as const,
  {
    description:
      '`proposed`: waits for the applicant’s consent; `open`: full members vote; `awaiting-board`: approved, and the board members in the team may veto it; `lapsed`: not decided in time, it can be asked anew',
    examples: ['open'],
  },
);
export type ApplicationState = Static<typeof ApplicationState>;

/** What a full member votes (JOIN-1). */
export const Vote = Type.Enum(['yes', 'no', 'abstain'] as const, { examples: ['yes'] });
export type Vote = Static<typeof Vote>;

/** What an application becomes with the vote that closes it; `lapsed`: all have voted, and it is neither approved nor rejected (JOIN-1). */
export const VoteOutcome = Type.Enum(['approved', 'rejected', 'lapsed'] as const, { examples: ['approved'] });
export type VoteOutcome = Static<typeof VoteOutcome>;

/** By what an application was approved or rejected; `board`: a board member appointed, where there is no full member. */
export const DecidedBy = Type.Enum(['votes', 'meeting', 'board'] as const, { examples: ['votes'] });
export type DecidedBy = Static<typeof DecidedBy>;

/**
 * What two full members do about somebody of the team: one proposes, another confirms. `end`, `suspend` and `lift` one board member does alone
 * (TEAM-1); `confirm` and `extend` are about a trial (JOIN-3).
 */
export const MemberAct = Type.Enum(['confirm', 'extend', 'end', 'suspend', 'lift'] as const, {
  description:
    '`confirm`: a trial becomes full membership; `extend`: it lasts longer; `end`: of membership; `suspend`, and `lift` before its end',
  examples: ['extend'],
});
export type MemberAct = Static<typeof MemberAct>;

/** What a member on trial may act on: all of a class, or one thing (JOIN-3). */
export const GrantTarget = Type.String({
  pattern: '^(class/(core|space-wide|participant)|(vm|node|switch|ups|probe)/[a-z0-9]+(-[a-z0-9]+)*)$',
  description: '`class/participant`, or a thing such as `vm/104` or `switch/sw1`',
  examples: ['class/participant'],
});
export type GrantTarget = Static<typeof GrantTarget>;

/** What somebody on trial may act on, until when. */
export const Grant = Type.Object({
  on: GrantTarget,
  until: Timestamp,
  core: Type.Optional(
    Type.Boolean({
      description: 'It was said that it is admin access to core: without that it gives none (CORE-4)',
      examples: [true],
    }),
  ),
});
export type Grant = Static<typeof Grant>;

/**
 * An account somewhere, by its source and a keyed digest of its name: names have uids in them, and are shown from the last read, stored nowhere
 * (PRIV-1).
 */
export const AccountId = Type.String({
  pattern: '^[a-z0-9-]+-[0-9a-f]{12}$',
  description: '`<source>-<12 hex digits>`: an account at a source; its name is stored nowhere',
  examples: ['pve-3f2a9c01d4e5'],
});
export type AccountId = Static<typeof AccountId>;

/** Where an account is. */
export function sourceOfAccount(id: AccountId): string {
  return id.slice(0, id.lastIndexOf('-'));
}

/** Where accounts with admin rights are looked for: a hypervisor by its id, `directory` or `wiki`. */
export const AccessSourceId = Type.String({
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  description: 'A hypervisor by its id, `directory` or `wiki`',
  examples: ['pve'],
});

/** A path on which an account has admin rights, with what it may there and by what. */
export const AdminRight = Type.Object({
  on: Type.String({
    description: 'A path of Proxmox, the DN of a group, or `/wiki/<group>`',
    examples: ['/vms'],
  }),
  privileges: Type.Array(Type.String(), { examples: [['VM.Allocate']] }),
  by: Type.Array(Type.String(), {
    description: 'By which entries: `user`, `token`, `group admins`, each with the role and the path',
    examples: [['group admins: Administrator on /']],
  }),
});
export type AdminRight = Static<typeof AdminRight>;

/** What is no person’s: what it is for, whose it is to look after, and until when that was looked at. */
export const ServiceAccountFields = {
  purpose: Type.String({ minLength: 3, maxLength: 300, examples: ['Backups by the backup server'] }),
  steward: Type.Optional(PersonId),
  review: Type.String({
    format: 'date',
    description: 'The civil day on which somebody looks at it again, at most a year ahead',
    examples: ['2027-11-22'],
  }),
};

export const ServiceAccount = Type.Object(ServiceAccountFields);
export type ServiceAccount = Static<typeof ServiceAccount>;

/** Of a list that is kept by hand. */
export const AccessListId = Type.String({
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  maxLength: 64,
  description: 'Id of a list that is kept by hand: a-z, 0-9 and single dashes',
  examples: ['router-admins'],
});

/** Who has access to what has no API, or knows a shared secret (CORE-2). */
export const AccessListFields = {
  title: Type.String({ minLength: 3, maxLength: 120, examples: ['Admin login of the router'] }),
  kind: Type.Enum(['access', 'secret'] as const, {
    description: '`secret`: who knows a shared secret, by its name; the secret itself stands nowhere',
    examples: ['access'],
  }),
  core: Type.Boolean({ description: 'Whether it gives admin access to core (CORE-4)', examples: [true] }),
  people: Type.Array(PersonId, {
    maxItems: 200,
    uniqueItems: true,
    examples: [['5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f']],
  }),
};

/** What is to be done when somebody has left the team. */
export const OffboardingItem = Type.Object({
  item: Type.String({ maxLength: 120, examples: ['secret-router-admins'] }),
  kind: Type.Enum(['group', 'account', 'list', 'secret', 'wiki'] as const, {
    description:
      '`group`: of the directory; `account`: with rights, at a source; `list`: one that is kept by hand; `secret`: one that this person knows, to be changed; `wiki`: rights there',
  }),
  what: Type.String({
    description: 'A group, an account or a list by its id, never a person’s name',
    examples: ['router-admins'],
  }),
});
export type OffboardingItem = Static<typeof OffboardingItem>;
