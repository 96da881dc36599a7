import { type DirectoryRead, normalUid } from '@huismeester/directory';
import type { Gone } from '../core/assess.ts';

/** What the directory says of a person, for showing. */
export interface Shown {
  readonly uid: string;
  readonly name?: string;
  readonly mails: readonly string[];
  readonly sshKeys: readonly string[];
}

/** A read that is complete and that nobody accepted yet, since too much is gone in it. */
export interface Pending {
  readonly read: DirectoryRead;
  readonly parts: readonly Gone[];
  /** Of this very change. */
  readonly id: string;
}

/**
 * The last complete read, in memory alone: names, uids and mail addresses are shown from here and stored nowhere (PRIV-1). Empty until the
 * directory was read since the start.
 */
export interface Memory {
  take(read: DirectoryRead, people: ReadonlyMap<string, string>): void;
  readonly latest: () => DirectoryRead | undefined;
  /** By the id of the person. */
  readonly shown: (person: string) => Shown | undefined;
  /** The groups through which a person is in a group. */
  readonly path: (person: string, group: keyof DirectoryRead['groups']) => readonly string[];
  /** The uid of whoever has this login, as it is compared; the login itself where nobody has it. */
  readonly uidOf: (login: string) => string;
  pending: Pending | undefined;
  /** Why the last read counts for nothing, for people; undefined when it does. */
  trouble: string | undefined;
}

export function createMemory(): Memory {
  let latest: DirectoryRead | undefined;
  let shown: ReadonlyMap<string, Shown> = new Map();
  let directoryIds: ReadonlyMap<string, string> = new Map();
  let uids: ReadonlyMap<string, string> = new Map();
  return {
    pending: undefined,
    trouble: undefined,
    take(read, people) {
      latest = read;
      directoryIds = new Map([...people].map(([directoryId, person]) => [person, directoryId]));
      shown = new Map(read.people.flatMap((each) => pair(people.get(each.id), each)));
      uids = new Map(
        read.people.flatMap(({ uid, mails }) =>
          mails.map((mail) => [normalUid(mail), normalUid(uid)] as const),
        ),
      );
    },
    latest: () => latest,
    shown: (person) => shown.get(person),
    path(person, group) {
      const found = latest?.groups[group];
      return (found?.state === 'known' && found.members.get(directoryIds.get(person) ?? '')) || [];
    },
    uidOf: (login) => uids.get(normalUid(login)) ?? normalUid(login),
  };
}

function pair<T>(id: string | undefined, value: T): [string, T][] {
  return id === undefined ? [] : [[id, value]];
}
