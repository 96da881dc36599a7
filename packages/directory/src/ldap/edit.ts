import type { GroupChange } from '@huismeester/contracts';
import { normalUid } from '../directory.ts';
import { type GroupEntry, type MemberAttribute, memberAttributes, withoutUid } from './group-entry.ts';
import type { Known } from './members.ts';
import type { Found } from './people.ts';

/** One value that is added to, or deleted from, one attribute of an entry. */
export interface ValueEdit {
  readonly dn: string;
  readonly change: GroupChange;
  readonly attribute: MemberAttribute;
  readonly value: string;
}

/**
 * What makes somebody a member of a group, or no member any more, by the attributes that the group has. Undefined where that would be a uid
 * and theirs is missing, or that of another entry as well: it would stand for neither, or later for the other.
 */
export function editsOf(
  change: GroupChange,
  group: GroupEntry,
  found: Found,
  known: Known,
): ValueEdit[] | undefined {
  const own = attributeFor(group);
  const usual = {
    dn: group.dn,
    change,
    attribute: own,
    value: own === 'memberUid' ? found.person.uid : found.dn,
  };
  const there =
    change === 'delete' ? valuesOf(group, found, known).map((each) => ({ ...usual, ...each })) : [];
  if (there.length > 0) return there;
  return own === 'memberUid' && !found.uids.includes(normalUid(usual.value)) ? undefined : [usual];
}

/** The values of a group that stand for somebody, exactly as they are there. */
function valuesOf(
  group: GroupEntry,
  { person }: Found,
  known: Known,
): Pick<ValueEdit, 'attribute' | 'value'>[] {
  const isTheirs = (attribute: MemberAttribute, value: string) => {
    if (attribute === 'memberUid') return known.byUid.get(normalUid(value)) === person.id;
    const member = known.members.get(withoutUid(value));
    return member?.kind === 'person' && member.id === person.id;
  };
  return memberAttributes.flatMap((attribute) =>
    group.values[attribute]
      .filter((value) => isTheirs(attribute, value))
      .map((value) => ({ attribute, value })),
  );
}

/** Where new members go: to the attribute that has members, or else to that of the group's class. */
function attributeFor({ values, classes }: GroupEntry): MemberAttribute {
  const used = memberAttributes.find((attribute) => values[attribute].length > 0);
  if (used) return used;
  if (classes.includes('groupofuniquenames')) return 'uniqueMember';
  return classes.includes('posixgroup') && !classes.includes('groupofnames') ? 'memberUid' : 'member';
}

/** A group and those within it that somebody stands in directly; each once. */
export function holdersOf(root: GroupEntry, found: Found, known: Known): GroupEntry[] {
  const met = new Map([[root.dn, root]]);
  // A map goes on over what is added to it meanwhile.
  for (const group of met.values()) {
    for (const value of [...group.values.member, ...group.values.uniqueMember]) {
      const member = known.members.get(withoutUid(value));
      if (member?.kind === 'group' && !met.has(member.group.dn)) met.set(member.group.dn, member.group);
    }
  }
  return [...met.values()].filter((group) => valuesOf(group, found, known).length > 0);
}
