import type { GroupName } from '@huismeester/contracts';

/** What is kept of a person. */
export interface KnownPerson {
  readonly id: string;
  readonly directoryId: string;
  readonly uidHash: string;
  readonly enabled: boolean;
  readonly groups: readonly GroupName[];
  readonly tookUidOf: string | null;
  /** Whether the directory has the person no more. */
  readonly gone: boolean;
}

/** A person of a read, with the hash of the uid. */
export interface ReadPerson {
  /** The directory's id. */
  readonly id: string;
  readonly enabled: boolean;
  readonly uidHash: string;
}

/** Who is in a group, by the directory's ids, if that can be told now. */
export type ReadGroup =
  | { readonly state: 'known'; readonly members: { has(id: string): boolean } }
  | { readonly state: 'unknown' | 'not-set-up' };

/** What of a read of the directory is decided upon. */
export interface Read {
  readonly people: readonly ReadPerson[];
  readonly groups: Readonly<Record<GroupName, ReadGroup>>;
}

export const groupNames = ['participants', 'team', 'trial', 'board'] as const satisfies readonly GroupName[];
