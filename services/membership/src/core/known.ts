import type { GroupName } from '@huismeester/contracts';
import type { DirectoryPerson, DirectoryRead } from '@huismeester/directory';

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
export interface ReadPerson extends Pick<DirectoryPerson, 'id' | 'enabled'> {
  readonly uidHash: string;
}

/** What of a read of the directory is decided upon. */
export interface Read {
  readonly people: readonly ReadPerson[];
  readonly groups: DirectoryRead['groups'];
}

export const groupNames = ['participants', 'team', 'trial', 'board'] as const satisfies readonly GroupName[];
