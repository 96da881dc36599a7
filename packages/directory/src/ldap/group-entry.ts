import type { Entry } from './entry.ts';

/** An entry that is a group, as it stands in the directory. */
export interface GroupEntry {
  readonly dn: string;
  readonly name: string;
  /** By the attribute: DNs in member and uniqueMember, uids in memberUid. */
  readonly values: Readonly<Record<MemberAttribute, readonly string[]>>;
  readonly classes: readonly string[];
  /** Why its members cannot be told. */
  readonly unknown?: string;
}

export const memberAttributes = ['member', 'uniqueMember', 'memberUid'] as const;
export type MemberAttribute = (typeof memberAttributes)[number];

/** What a group is told by; the id is that of a person whose DN is written in another way. */
export const attributesOfGroup = ['objectClass', 'cn', ...memberAttributes];

/** Classes in lower case, each with the attribute of which it must have a value (RFC 4519, 3.5 and 3.6). */
const never = { groupofnames: 'member', groupofuniquenames: 'uniqueMember' } as const;

/** Classes of which an entry without a member is a group all the same. */
const groupClasses = new Set([
  ...Object.keys(never),
  'posixgroup',
  'groupofurls',
  'groupofmembers',
  'groupofentries',
  'group',
]);

/** The group that an entry is; undefined where it has neither members nor a class of groups. */
export function groupOf(entry: Entry): GroupEntry | undefined {
  const [name = entry.dn] = entry.texts('cn');
  const classes = entry.texts('objectClass').map((each) => each.toLowerCase());
  const values = {
    member: entry.texts('member'),
    uniqueMember: entry.texts('uniqueMember'),
    memberUid: entry.texts('memberUid'),
  };
  const isEmpty = memberAttributes.every((attribute) => values[attribute].length === 0);
  const ranged = entry.names.some((each) => /^(unique)?member(uid)?;range=/.test(each));
  // Each entry has classes: who may not read them may not read the members either, or not all.
  if (isEmpty && !ranged && classes.length > 0 && !classes.some((each) => groupClasses.has(each)))
    return undefined;
  const unknown = whyUnknown({ classes, values, ranged });
  return { dn: entry.dn, name, values, classes, ...(unknown !== undefined && { unknown }) };
}

function whyUnknown({
  classes,
  values,
  ranged,
}: Pick<GroupEntry, 'classes' | 'values'> & { ranged: boolean }): string | undefined {
  if (ranged) return 'the server gives only a range of its members';
  if (classes.length === 0) return 'its objectClass may not be read';
  for (const [name, attribute] of Object.entries(never)) {
    if (classes.includes(name) && values[attribute].length === 0)
      return `its ${attribute} may not be read: this kind of group always has one`;
  }
  return undefined;
}

/** A DN without the bit string that may follow it in uniqueMember (RFC 4517, 3.3.21). */
export function withoutUid(value: string): string {
  return value.replace(/#'[01]*'B$/, '');
}

/** The DNs of all members, each once. */
export function memberDns({ values }: GroupEntry): string[] {
  return [...new Set([...values.member, ...values.uniqueMember.map(withoutUid)])];
}
