import type { GroupName } from '@huismeester/contracts';

/** What is kept of a person. */
export interface KnownPerson {
  readonly id: string;
  readonly directoryId: string;
  readonly uidHash: string;
  /** Of uids that were this person's before. */
  readonly formerUids: readonly string[];
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
  /** Undefined where the uid may not be read. */
  readonly uidHash: string | undefined;
}

/** Who is in a group, by the directory's ids, if that can be told now. */
export type ReadGroup =
  | {
      readonly state: 'known';
      readonly members: { has(id: string): boolean; readonly size: number };
      /** Those who are in it by their uid alone. */
      readonly byUid: { has(id: string): boolean };
      readonly dangling: { readonly length: number };
    }
  | { readonly state: 'unknown' | 'not-set-up' };

/** What of a read of the directory is decided upon. */
export interface Read {
  readonly people: readonly ReadPerson[];
  readonly groups: Readonly<Record<GroupName, ReadGroup>>;
}

export const groupNames = ['participants', 'team', 'trial', 'board'] as const satisfies readonly GroupName[];
