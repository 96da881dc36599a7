import type { GroupName, LdapSettings } from '@huismeester/contracts';
import { type GroupEntry, memberDns } from './ldap/group-entry.ts';
import { attributesInUse, namingContexts, type Seen, seenBelow, smallestBase } from './ldap/look.ts';
import { usualLimits, withSession } from './ldap/session.ts';

/** How to reach a directory of which nothing else is known yet. */
export type ExploreOptions = Pick<LdapSettings, 'startTls'> &
  Partial<Pick<LdapSettings, 'ca' | 'bindDn' | 'bindPassword' | 'base'>> & { readonly url: string };

/** What a look at a directory found: proposals for its settings. */
export interface Explored {
  /** Below it are people. */
  readonly base: string;
  readonly filter: string;
  readonly attributes: Partial<LdapSettings['attributes']>;
  readonly people: number;
  /** Every group below the naming context that could be read. */
  readonly groups: readonly { readonly dn: string; readonly name: string; readonly members: number }[];
  /** What some of them are for, by their names. */
  readonly proposed: Readonly<Partial<Record<GroupName, string>>>;
  /** What could not be read, and what to do about it. */
  readonly problems: readonly string[];
}

/** What groups are called, here and there. */
const usualNames: Readonly<Record<GroupName, readonly string[]>> = {
  participants: ['deelnemers', 'participants', 'members', 'leden'],
  team: ['infrateam', 'infra', 'sysadmin', 'sysadmins'],
  trial: ['proef', 'trial'],
  board: ['bestuur', 'board'],
};

/** Looks at a directory and proposes its settings. Throws a DirectoryError. */
export async function exploreLdap(options: ExploreOptions, signal: AbortSignal): Promise<Explored> {
  const { url, base, ...rest } = options;
  const access = { urls: [url], ...rest };
  return await withSession(access, usualLimits, signal, async (connection) => {
    const contexts = base === undefined ? await namingContexts(connection) : [base];
    const problems: string[] = [];
    if (contexts.length === 0) problems.push('the server names no namingContexts: give the base');
    let best: { context: string; seen: Seen } | undefined;
    for (const context of contexts) {
      const seen = await seenBelow(connection, context);
      if (typeof seen === 'string') problems.push(seen);
      else if (!best || seen.people.length > best.seen.people.length) best = { context, seen };
    }
    return described(best, options, problems);
  });
}

function described(
  best: { context: string; seen: Seen } | undefined,
  options: ExploreOptions,
  problems: readonly string[],
): Explored {
  const { context = '', seen = { filter: '', people: [], units: [], groups: [] } } = best ?? {};
  const attributes = attributesInUse(seen.people);
  const { proposed, doubts } = proposals(seen.groups);
  return {
    base: options.base ?? smallestBase(seen, context),
    filter: seen.filter,
    attributes,
    people: seen.people.length,
    groups: seen.groups
      .filter(({ unknown }) => unknown === undefined)
      .map((group) => ({ dn: group.dn, name: group.name, members: memberCount(group) })),
    proposed,
    problems: [
      ...problems,
      ...clearText(options),
      ...missing(seen, attributes, best !== undefined),
      ...seen.groups.flatMap(({ name, unknown }) =>
        unknown === undefined ? [] : [`group ${name}: ${unknown}`],
      ),
      ...doubts,
    ],
  };
}

function memberCount(group: GroupEntry): number {
  return memberDns(group).length + group.values.memberUid.length;
}

function clearText({ url, startTls }: ExploreOptions): string[] {
  if (startTls || url.startsWith('ldaps:')) return [];
  return ['passwords would cross the network in clear text: use ldaps://, or startTls'];
}

function missing({ people }: Seen, { id, uid, mail }: Explored['attributes'], isRead: boolean): string[] {
  if (people.length === 0)
    return isRead
      ? ['no people were found, or none that we may read: give a base, or a bindDn that may']
      : [];
  return [
    ...(id
      ? []
      : ['no attribute that could be an id may be read of everybody: give bindDn the right to entryUUID']),
    ...(uid ? [] : ['nobody has a uid, or none that we may read: give bindDn the right to it']),
    ...(mail ? [] : ['nobody has a mail address, or none that we may read: they log in by uid alone']),
  ];
}

/** Groups by their names; where several could be meant the first of the list is proposed, and the others are named. */
function proposals(groups: readonly GroupEntry[]): { proposed: Explored['proposed']; doubts: string[] } {
  const doubts: string[] = [];
  const proposed: Partial<Record<GroupName, string>> = {};
  for (const name of ['participants', 'team', 'trial', 'board'] as const) {
    const fitting = usualNames[name].flatMap((usual) =>
      groups.filter((group) => group.name.toLowerCase() === usual),
    );
    const [first, ...others] = fitting;
    if (first) proposed[name] = first.dn;
    for (const other of others) doubts.push(`${other.dn} could be ${name}, too`);
  }
  return { proposed, doubts };
}
