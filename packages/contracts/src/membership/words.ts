import { type Static, Type } from 'typebox';

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
