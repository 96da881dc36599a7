import { type Static, Type } from 'typebox';

/**
 * A person: the id that the directory gave when the person was first seen there (entryUUID, RFC 4530), which is the same under
 * another uid or DN, and is kept when the directory gives everybody a new id.
 */
export const PersonId = Type.String({
  format: 'uuid',
  description: 'A person, by the id in the directory; never a uid or a DN',
  examples: ['5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f'],
});
export type PersonId = Static<typeof PersonId>;

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
