import type { GroupRead } from '../directory.ts';
import { normalUid } from '../directory.ts';
import { type GroupEntry, memberDns } from './group-entry.ts';

/** What the DN of a member stands for. */
export type Member =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'group'; readonly group: GroupEntry }
  /** An entry that may not be read: it could be anybody, or a group. */
  | { readonly kind: 'hidden' }
  /** An entry that is neither a person that we read nor a group. */
  | { readonly kind: 'stranger' }
  /** No entry. */
  | { readonly kind: 'nobody' };

export interface Known {
  /** By DN as it is written in a group. A DN that is too deep below a group of the settings is missing. */
  readonly members: ReadonlyMap<string, Member>;
  /** The id of the person by a uid, as uids are compared. */
  readonly byUid: ReadonlyMap<string, string>;
}

const hiddenMember = 'one of its members is there, and may not be read';

/** A group that was reached, and the names of the groups through which it was. */
interface Reached {
  readonly group: GroupEntry;
  readonly path: readonly string[];
}

/**
 * Who is in a group and in those within it. Each person has the shortest path; a group that was met already is not gone into again, so
 * that a cycle ends. One group within it that is unknown makes it unknown, and so does a member that may not be read.
 */
export function membersOf(root: GroupEntry, known: Known, mostLevels: number): GroupRead {
  const members = new Map<string, readonly string[]>();
  const byDn = new Set<string>();
  const dangling = new Set<string>();
  const strangers = new Set<string>();
  const untold = new Set<string>();
  const met = new Set([root.dn]);
  let level: Reached[] = [{ group: root, path: [] }];
  for (let depth = 0; depth <= mostLevels && level.length > 0; depth += 1) {
    const next: Reached[] = [];
    for (const { group, path } of level) {
      if (group.unknown !== undefined) return { state: 'unknown', detail: detailOf(group.unknown, path) };
      const add = (id: string) => {
        if (!members.has(id)) members.set(id, path);
      };
      for (const dn of memberDns(group)) {
        const member = known.members.get(dn);
        if (member?.kind === 'hidden') return { state: 'unknown', detail: detailOf(hiddenMember, path) };
        if (member?.kind === 'person') {
          add(member.id);
          byDn.add(member.id);
        } else if (member?.kind === 'nobody') dangling.add(dn);
        else if (member?.kind === 'stranger') strangers.add(dn);
        else if (member && !met.has(member.group.dn)) {
          met.add(member.group.dn);
          next.push({ group: member.group, path: [...path, member.group.name] });
        }
      }
      for (const uid of group.values.memberUid) {
        const id = known.byUid.get(normalUid(uid));
        if (id === undefined) untold.add(uid);
        else add(id);
      }
    }
    level = next;
  }
  const byUid = new Set([...members.keys()].filter((id) => !byDn.has(id)));
  return {
    state: 'known',
    members,
    byUid,
    dangling: [...dangling, ...strangers, ...untold],
    strangers: [...strangers],
    untold: untold.size,
  };
}

function detailOf(unknown: string, path: readonly string[]): string {
  return path.length === 0 ? unknown : `of the group ${path.join(' › ')} within it: ${unknown}`;
}
