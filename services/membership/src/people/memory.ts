import { type DirectoryRead, normalUid } from '@huismeester/directory';
import type { Gone } from '../core/assess.ts';

/** What the directory says of a person, for showing. */
export interface Shown {
  readonly uid: string;
  readonly name?: string;
  readonly enabled: boolean;
  readonly mails: readonly string[];
  readonly sshKeys: readonly string[];
}

/** A read that is complete and that nobody accepted yet, since too much is gone in it. */
export interface Pending {
  readonly read: DirectoryRead;
  readonly parts: readonly Gone[];
  /** Of this very change. */
  readonly id: string;
  /** When the read was that it is compared with. */
  readonly basis: Date | null;
}

/**
 * The last complete read, in memory alone: names, uids and mail addresses are shown from here and stored nowhere (PRIV-1). Empty until the
 * directory was read since the start.
 */
export interface Memory {
  /** What waited to be accepted, and what was wrong before, is over with it. */
  take(read: DirectoryRead, people: ReadonlyMap<string, string>): void;
  readonly latest: () => DirectoryRead | undefined;
  /** By the id of the person. */
  readonly shown: (person: string) => Shown | undefined;
  /** The groups through which a person is in a group. */
  readonly path: (person: string, group: keyof DirectoryRead['groups']) => readonly string[];
  /** The person whom the directory has under this id of its own. */
  readonly personAt: (directoryId: string) => string | undefined;
  /** The person whom this uid or mail address logs in; undefined where nobody has it. */
  readonly personOf: (login: string) => string | undefined;
  pending: Pending | undefined;
  /** Why the last read counts for nothing, for people; undefined when it does. */
  trouble: string | undefined;
}

/** `taken` is called with each complete read. */
export function createMemory(taken: () => void = () => {}): Memory {
  let latest: DirectoryRead | undefined;
  let shown: ReadonlyMap<string, Shown> = new Map();
  let personIds: ReadonlyMap<string, string> = new Map();
  let directoryIds: ReadonlyMap<string, string> = new Map();
  let logins: ReadonlyMap<string, string> = new Map();
  const memory: Memory = {
    pending: undefined,
    trouble: undefined,
    take(read, people) {
      memory.pending = undefined;
      memory.trouble = undefined;
      latest = read;
      personIds = people;
      directoryIds = new Map([...people].map(([directoryId, person]) => [person, directoryId]));
      shown = new Map(read.people.flatMap((each) => pair(people.get(each.id), each)));
      logins = new Map(
        read.people.flatMap((each) => each.logins.flatMap((login) => pair(login, people.get(each.id)))),
      );
      taken();
    },
    latest: () => latest,
    shown: (person) => shown.get(person),
    path(person, group) {
      const found = latest?.groups[group];
      return (found?.state === 'known' && found.members.get(directoryIds.get(person) ?? '')) || [];
    },
    personAt: (directoryId) => personIds.get(directoryId),
    personOf: (login) => logins.get(normalUid(login)),
  };
  return memory;
}

function pair<K, T>(key: K | undefined, value: T | undefined): [K, T][] {
  return key === undefined || value === undefined ? [] : [[key, value]];
}
