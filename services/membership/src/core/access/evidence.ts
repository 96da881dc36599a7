import type { AdminRight } from '@huismeester/contracts';
import { type CoreOf, pathsAbove } from './admin.ts';

/** A line of the ACL of Proxmox. */
export interface Entry {
  readonly path: string;
  readonly type: 'user' | 'group' | 'token';
  readonly holder: string;
  readonly role: string;
  readonly propagate: boolean;
}

/** An account of Proxmox, and by what it can have something. */
export interface Holder {
  /** `USER@REALM`, or of a token `USER@REALM!TOKEN`. */
  readonly id: string;
  /** The ids by which entries name it: its own, and of a token without privilege separation that of its user. */
  readonly names: readonly string[];
  readonly groups: readonly string[];
}

/** The entries that name an account: they are evidence, and what Proxmox makes of them is for Proxmox to say. */
export function entriesOf({ names, groups }: Holder, acl: readonly Entry[]): Entry[] {
  return acl.filter(
    ({ type, holder, role }) =>
      // It takes away.
      role !== 'NoAccess' && (type === 'group' ? groups : names).includes(holder),
  );
}

/** What an account can have its rights by. */
export interface Evidence {
  /** Those that name it. */
  readonly entries: readonly Entry[];
  /** The privileges of each role. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

/** Those of the entries that can give one of the privileges that were found on a path: on it, or above it and coming down. */
export function givingOn(
  { on, privileges }: Pick<AdminRight, 'on' | 'privileges'>,
  { entries, roles }: Evidence,
  core: CoreOf,
): Entry[] {
  const above = pathsAbove(on, core);
  // What a role may that is not listed cannot be told: its entry stays.
  const gives = (role: string) => roles.get(role)?.some((each) => privileges.includes(each)) ?? true;
  return entries.filter(
    (entry) => above.includes(entry.path) && (entry.propagate || isOn(entry, on)) && gives(entry.role),
  );
}

/** What a path of its own says, and what a pool says of its guests, which Proxmox does not take as coming down. */
function isOn({ path }: Entry, of: string): boolean {
  return path === of || (path.startsWith('/pool/') && of.startsWith('/vms/'));
}

/** An entry without the account in it: `group admins: Administrator on /`. */
export function shown({ type, holder, role, path }: Entry): string {
  return `${type === 'group' ? `group ${holder}` : type}: ${role} on ${path}`;
}

/**
 * What takes these entries away from an account alone: its own are deleted, and it leaves the groups whose entries they are, in which others may be
 * by right. A token is removed, and its user keeps what it has, by which it may be in the team by right. Account names are in it, so it is kept nowhere.
 */
export function commandsFor(
  { id, user, groups }: Pick<Holder, 'id' | 'groups'> & { readonly user: string },
  giving: readonly Entry[],
): string[] {
  if (id !== user) return [...giving.filter(({ type }) => type === 'token').map(deleting), removing(id)];
  const own = giving.filter(({ type }) => type !== 'group').map(deleting);
  const through = giving.flatMap(({ type, holder }) => (type === 'group' ? [holder] : []));
  if (through.length === 0) return own;
  const rest = groups.filter((group) => !through.includes(group)).join(',');
  return [...own, `pveum user modify ${shellWord(user)} --groups ${shellWord(rest)}`];
}

function deleting({ type, holder, role, path }: Entry): string {
  return `pveum acl delete ${shellWord(path)} --${type}s ${shellWord(holder)} --roles ${shellWord(role)}`;
}

function removing(token: string): string {
  const [user = '', name = ''] = token.split('!');
  return `pveum user token remove ${shellWord(user)} ${shellWord(name)}`;
}

/** Quoted for a shell where it must be: the `!` of a token is history to bash. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
