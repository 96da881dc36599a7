import type { DirectoryReason, GroupChange, GroupName } from '@huismeester/contracts';

/** A person as the directory has it now. Names, uids and mail addresses are for showing: they are never stored. */
export interface DirectoryPerson {
  /** What stays the same when somebody is renamed (entryUUID), as a UUID in lower case. */
  readonly id: string;
  /** The name to log in with, as it was written there; compare `normalUid` of two. Empty where an entry has none, or none that we may read. */
  readonly uid: string;
  readonly name?: string;
  readonly mails: readonly string[];
  /**
   * What logs this person in and nobody else, as `normalUid` has it: each uid that is theirs alone, and each mail address that is so and that
   * nobody has as uid. Without a uid: none. Of a login to LDAP only the one that was used: it does not see what others have.
   */
  readonly logins: readonly string[];
  /** False where an administrator disabled the account; a lock that ends by itself is none. */
  readonly enabled: boolean;
  /** Public keys of OpenSSH, as they stand there. */
  readonly sshKeys: readonly string[];
}

/** Who is in a group, nested groups included; unknown where that cannot be told now. */
export type GroupRead =
  | {
      readonly state: 'known';
      /** By the id of each member: the groups (their names) through which they are in it, outermost first; empty for a direct member. */
      readonly members: ReadonlyMap<string, readonly string[]>;
      /**
       * The ids of those who are in it by memberUid alone, in it and in the groups within it, and nowhere by a DN: somebody else may have come
       * to have that uid. Empty for a file.
       */
      readonly byUid: ReadonlySet<string>;
      /** Members that are nobody, as they stand there. */
      readonly dangling: readonly string[];
      /** Those of `dangling` that are somebody all the same, who is none of the people: DNs with an entry. Of a file, all. */
      readonly strangers?: readonly string[];
      /** How many of `dangling` are a memberUid, of which it cannot be told whether it is somebody's. */
      readonly untold?: number;
    }
  | { readonly state: 'unknown'; readonly detail: string }
  /** Settings name no such group. */
  | { readonly state: 'not-set-up' };

/** A group whose members administer something of core (CORE-4). */
export interface AdminGroup {
  /** Its DN as settings have it; of a file, `admins`. */
  readonly name: string;
  readonly read: GroupRead;
}

/** All of the directory at once: it is complete, or the read failed. */
export interface DirectoryRead {
  readonly people: readonly DirectoryPerson[];
  readonly groups: Readonly<Record<GroupName, GroupRead>>;
  /** Those that settings name, in their order. */
  readonly admins: readonly AdminGroup[];
  /** How many people have no uid, or only such as another has too: they cannot log in with it. */
  readonly skipped: number;
}

/** One value that is to be added to, or deleted from, a group. */
export interface GroupEdit {
  readonly group: GroupName;
  readonly change: GroupChange;
  /** The id of the person. */
  readonly person: string;
}

/** Where people are known from. Every call opens a connection of its own and closes it again. */
export interface Directory {
  readonly kind: 'file' | 'ldap';
  /** All people and groups; throws a {@link DirectoryError} when any part could not be read whole. */
  read(signal: AbortSignal): Promise<DirectoryRead>;
  /**
   * The person with this login name (a uid, or a mail address that nobody has as uid) and this password; undefined for whatever reason it
   * is nobody: unknown, more than one, a wrong password, locked, disabled. Throws a {@link DirectoryError} when it cannot be asked.
   */
  logIn(login: string, password: string, signal: AbortSignal): Promise<DirectoryPerson | undefined>;
  /**
   * What a person can run, or do, to make this edit. Undefined where the person or the group is not there, or where the group has uids and
   * the person has none of their own. Throws a {@link DirectoryError}.
   */
  instructionsFor(edit: GroupEdit, signal: AbortSignal): Promise<string | undefined>;
  /**
   * Makes the edit: one value, added or deleted; true, too, where it was so already. Missing where it cannot be written. Throws a
   * {@link DirectoryError}: `refused`, before anything is written, where the group has uids and the person has none of their own.
   */
  readonly write?: (edit: GroupEdit, signal: AbortSignal) => Promise<void>;
}

/** The directory could not be read, asked or written: nothing follows from that. The message is for people, without secrets or names. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  readonly reason: DirectoryReason;

  constructor(reason: DirectoryReason, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.reason = reason;
  }
}

/** A uid as it is compared: without regard to case and to blanks around it (caseIgnoreMatch, RFC 4517, 4.2.11). */
export function normalUid(uid: string): string {
  return uid.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}
