import { type Acl, aclOf, ancestry, pathsOf, root, userOf } from './acl.ts';
import { denied } from './api-error.ts';
import { builtInRoles } from './roles.ts';
import type { AclEntry, GuestState, ProxmoxState, TokenState } from './state.ts';

/** privilege → whether it also holds below the path */
type Granted = ReadonlyMap<string, boolean>;
/** role → whether it also holds below the path */
type Roles = ReadonlyMap<string, boolean>;
type Guest = Pick<GuestState, 'vmid' | 'pool'>;

/** What one user or token may. */
interface Authority {
  on(path: string): Granted;
  /** The same as on its path, without a search for its pool. */
  onGuest(guest: Guest): Granted;
}

const nothing: Granted = new Map();
const everything: Granted = new Map((builtInRoles.get('Administrator') ?? []).map((priv) => [priv, true]));

/**
 * What a user or a token may, as pve-access-control has it: a deeper path replaces what comes from above, on one path an entry of the token or user
 * itself those of groups; NoAccess leaves nothing; a guest or a storage has the roles of its pools as well; a token has what it and its user both have, or with
 * `privsep: false` what its user has. Of somebody who is not there it is nothing. Whether they are disabled changes nothing.
 */
function authorityOf(state: ProxmoxState, id: string): Authority {
  return id === root
    ? { on: () => everything, onGuest: () => everything }
    : authorityIn(state, aclOf(state), id);
}

function authorityIn(state: ProxmoxState, acl: Acl, id: string): Authority {
  const user = userOf(id);
  const token = state.tokens.find((each) => each.id === id);
  if (id !== user && token === undefined) return { on: () => nothing, onGuest: () => nothing };
  const owner = id === user ? undefined : user;
  if (owner !== undefined && token?.privsep === false) return authorityOf(state, owner);
  const groups = owner === undefined ? acl.groupsOf(user) : new Set<string>();
  const along = (path: string) => rolesAlong(acl, { id, groups }, path);
  const ceiling =
    owner === undefined || owner === root ? undefined : authorityIn(state, aclOf(state, id), owner);
  const resolve = (path: string, pools: readonly string[], most: Granted | undefined): Granted => {
    const roles = pools.reduce((sum, pool) => withPool(sum, along(`/pool/${pool}`)), along(path));
    const own = privilegesOf(acl, roles);
    return most === undefined ? own : common(own, most);
  };
  return {
    on(path) {
      return resolve(path, poolsWith(state, path), ceiling?.on(path));
    },
    onGuest: (guest) =>
      resolve(`/vms/${guest.vmid}`, guest.pool === undefined ? [] : [guest.pool], ceiling?.onGuest(guest)),
  };
}

/** The pools in which a guest or a storage is. */
function poolsWith({ guests, pools }: ProxmoxState, path: string): string[] {
  const [, kind, id = ''] = /^\/(vms|storage)\/([^/]+)$/.exec(path) ?? [];
  if (kind === 'storage') return pools.flatMap((pool) => (pool.storages?.includes(id) ? [pool.id] : []));
  const pool = kind === 'vms' ? guests.find(({ vmid }) => vmid === Number(id))?.pool : undefined;
  return pool === undefined ? [] : [pool];
}

function rolesAlong(
  acl: Acl,
  { id, groups }: { id: string; groups: ReadonlySet<string> },
  path: string,
): Roles {
  let roles: Roles = new Map();
  for (const step of ancestry(path)) {
    const here = acl.at(step).filter(({ propagate }) => step === path || propagate !== false);
    const own = here.filter(({ type, ugid }) => type !== 'group' && ugid === id);
    const holding =
      own.length > 0 ? own : here.filter(({ type, ugid }) => type === 'group' && groups.has(ugid));
    if (holding.length > 0) roles = rolesIn(holding);
  }
  return roles.has('NoAccess') ? new Map([['NoAccess', roles.get('NoAccess') === true]]) : roles;
}

function rolesIn(entries: readonly AclEntry[]): Roles {
  const roles = new Map<string, boolean>();
  for (const { role, propagate = true } of entries) roles.set(role, propagate || roles.get(role) === true);
  return roles;
}

/** What comes from a pool never comes down further; NoAccess on either is the end of it. */
function withPool(own: Roles, pool: Roles): Roles {
  if (own.has('NoAccess')) return own;
  if (pool.has('NoAccess')) return new Map([['NoAccess', false]]);
  return new Map([...[...pool.keys()].map((role) => [role, false] as const), ...own]);
}

function privilegesOf(acl: Acl, roles: Roles): Granted {
  const granted = new Map<string, boolean>();
  for (const [role, below] of roles)
    for (const priv of acl.privilegesOf(role)) granted.set(priv, below || granted.get(priv) === true);
  return granted;
}

function common(own: Granted, most: Granted): Granted {
  return new Map(
    [...own].flatMap(([priv, below]) => (most.has(priv) ? [[priv, below && most.get(priv) === true]] : [])),
  );
}

/** Those of the guests on which a token has a privilege. */
export function guestsWith<T extends Guest>(
  state: ProxmoxState,
  token: TokenState,
  guests: readonly T[],
  priv: string,
): T[] {
  const authority = authorityOf(state, token.id);
  return guests.filter((guest) => authority.onGuest(guest).has(priv));
}

export function allowed(state: ProxmoxState, token: TokenState, path: string, priv: string): boolean {
  return authorityOf(state, token.id).on(path).has(priv);
}

/** Throws the 403 of the real one, which names the path and the privilege; of several one is enough. */
export function demand(
  state: ProxmoxState,
  token: TokenState,
  path: string,
  priv: string | readonly string[],
): void {
  const privs = typeof priv === 'string' ? [priv] : priv;
  if (!privs.some((one) => allowed(state, token, path, one))) throw denied(`${path}, ${privs.join('|')}`);
}

/**
 * What may be had on a guest or on the pool that it is to be in (PVE::RPCEnvironment::check_vm_perm): a guest that is made
 * is in no pool yet.
 */
export function demandOnGuest(
  state: ProxmoxState,
  token: TokenState,
  where: { readonly vmid: number; readonly pool?: string | undefined },
  priv: string | readonly string[],
): void {
  const privs = typeof priv === 'string' ? [priv] : priv;
  const inPool = privs.some(
    (one) => where.pool !== undefined && allowed(state, token, `/pool/${where.pool}`, one),
  );
  if (!inPool) demand(state, token, `/vms/${where.vmid}`, priv);
}

/** Every bridge is part of a zone, `localnetwork` unless SDN has another. */
export function demandBridge(state: ProxmoxState, token: TokenState, net: string | undefined): void {
  const bridge = /(?:^|,)bridge=([^,]+)/.exec(net ?? '')?.[1];
  if (bridge !== undefined) demand(state, token, `/sdn/zones/localnetwork/${bridge}`, 'SDN.Use');
}

const always = ['/', '/access', '/access/groups', '/nodes', '/pool', '/sdn', '/storage', '/vms'];

/**
 * What GET /access/permissions answers of a user or a token: path → privilege → 1 where it propagates. Without a path: of those that are always
 * looked at, of all that any ACL entry of anybody names, and of every guest and storage in a pool; where nothing is had, no line.
 */
export function effectivePermissions(
  state: ProxmoxState,
  id: string,
  only?: string,
): Record<string, Record<string, 0 | 1>> {
  const authority = authorityOf(state, id);
  const storages = state.pools.flatMap((pool) => pool.storages ?? []).map((each) => `/storage/${each}`);
  const found: [string, Granted][] =
    only === undefined
      ? [
          ...[...new Set([...always, ...pathsOf(aclOf(state)), ...storages])].map(
            (path): [string, Granted] => [path, authority.on(path)],
          ),
          ...state.guests
            .filter(({ pool }) => pool !== undefined)
            .map((guest): [string, Granted] => [`/vms/${guest.vmid}`, authority.onGuest(guest)]),
        ]
      : [[only, authority.on(only)]];
  const shown = found.filter(([, granted]) => granted.size > 0 || only !== undefined);
  return Object.fromEntries(
    shown.map(([path, granted]) => [
      path,
      Object.fromEntries([...granted].map(([priv, below]) => [priv, below ? 1 : 0] as const)),
    ]),
  );
}
