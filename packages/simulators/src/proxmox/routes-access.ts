import { aclOf, pathsOf, root, userOf } from './acl.ts';
import { died } from './api-error.ts';
import { flag, optionalText, type Parameter } from './parameters.ts';
import { allowed, demand, effectivePermissions } from './permissions.ts';
import { builtInRoles, rolesOf } from './roles.ts';
import { type Call, flagOf, has, type Route, textOf } from './route.ts';
import type { ProxmoxState, UserState } from './state.ts';
import { usersOf } from './users.ts';

const groupid: Parameter = {
  type: 'string',
  format: { test: /^[A-Za-z0-9._-]+$/, complaint: 'value does not look like a valid group name' },
};

/** On all of `/access/groups`, or on the group alone. */
function seesGroup({ world: { state }, token }: Call, group: string, privs: readonly string[]): boolean {
  return privs.some((priv) => allowed(state, token, `/access/groups/${group}`, priv));
}

/** Without the right to see them, only those of groups that may be seen; a token is none of them itself. */
function users(call: Call): unknown[] {
  const { state } = call.world;
  const seeing = ['User.Modify', 'Sys.Audit'];
  const all = seeing.some((priv) => allowed(state, call.token, '/access/groups', priv));
  const groups = state.groups ?? [];
  const members = new Set(
    groups.filter(({ id }) => seesGroup(call, id, seeing)).flatMap((group) => group.users),
  );
  return usersOf(state)
    .filter(({ id }) => all || members.has(id))
    .filter(({ enable = true }) => !has(call, 'enabled') || flagOf(call, 'enabled') === enable)
    .map((user) => userRow(state, user, flagOf(call, 'full')));
}

function userRow(state: ProxmoxState, { id, enable = true, expire = 0, comment }: UserState, full: boolean) {
  const tokens = state.tokens
    .filter((token) => userOf(token.id) === id)
    .map((token) => ({
      tokenid: token.id.slice(id.length + 1),
      expire: token.expire ?? 0,
      privsep: token.privsep === false ? 0 : 1,
    }));
  const groups = (state.groups ?? []).filter((group) => group.users.includes(id)).map((group) => group.id);
  return {
    userid: id,
    enable: enable ? 1 : 0,
    expire,
    ...(comment !== undefined && { comment }),
    'realm-type': id.split('@').at(-1),
    ...(full && { groups: groups.toSorted().join(','), ...(tokens.length > 0 && { tokens }) }),
  };
}

function groups(call: Call): unknown[] {
  return (call.world.state.groups ?? [])
    .filter(({ id }) => seesGroup(call, id, ['User.Modify', 'Sys.Audit', 'Group.Allocate']))
    .map(({ id, users: members, comment }) => ({
      groupid: id,
      users: members.toSorted().join(','),
      ...(comment !== undefined && { comment }),
    }));
}

function group(call: Call): unknown {
  const id = textOf(call, 'groupid');
  const found = (call.world.state.groups ?? []).find((each) => each.id === id);
  if (found === undefined) throw died(`group '${id}' does not exist`);
  return { members: found.users, ...(found.comment !== undefined && { comment: found.comment }) };
}

/** PVE::RPCEnvironment::check_perm_modify, of the ACL of a path. */
function mayModify(path: string): readonly string[] {
  const [, top] = path.split('/');
  const more = { vms: 'VM.Allocate', storage: 'Datastore.Allocate', pool: 'Pool.Allocate' }[top ?? ''];
  return ['Permissions.Modify', ...(more !== undefined && path !== `/${top}` ? [more] : [])];
}

/** Without Sys.Audit on /access a part, and nothing says so. */
function entries({ world: { state }, token }: Call): unknown[] {
  const acl = aclOf(state);
  const all = allowed(state, token, '/access', 'Sys.Audit');
  const seen = new Set(
    [...pathsOf(acl)].filter(
      (path) => all || mayModify(path).some((priv) => allowed(state, token, path, priv)),
    ),
  );
  return acl.entries
    .filter(({ path, ugid }) => seen.has(path) && ugid !== root)
    .map(({ path, type, ugid, role, propagate = true }) => ({
      path,
      type,
      ugid,
      roleid: role,
      propagate: propagate ? 1 : 0,
    }));
}

function roles({ world: { state } }: Call): unknown[] {
  return [...rolesOf(state)].map(([roleid, privs]) => ({
    roleid,
    privs: privs.toSorted().join(','),
    special: builtInRoles.has(roleid) ? 1 : 0,
  }));
}

/** Of oneself always; of anybody else with Sys.Audit on /access. */
function permissions(call: Call): unknown {
  const { token } = call;
  const { state } = call.world;
  const userid = textOf(call, 'userid') || token.id;
  if (userid !== token.id) demand(state, token, '/access', 'Sys.Audit');
  const path = textOf(call, 'path');
  return effectivePermissions(state, userid, path === '' ? undefined : path);
}

/** Who may what: users, groups, roles, the ACL, and what follows from it. */
export const accessRoutes: readonly Route[] = [
  { method: 'GET', path: '/access/users', parameters: { enabled: flag, full: flag }, handle: users },
  { method: 'GET', path: '/access/groups', parameters: {}, handle: groups },
  {
    method: 'GET',
    path: '/access/groups/{groupid}',
    parameters: { groupid },
    permission: { path: '/access/groups', priv: ['Sys.Audit', 'Group.Allocate'] },
    handle: group,
  },
  { method: 'GET', path: '/access/acl', parameters: {}, handle: entries },
  { method: 'GET', path: '/access/roles', parameters: {}, handle: roles },
  {
    method: 'GET',
    path: '/access/permissions',
    parameters: { path: optionalText, userid: optionalText },
    handle: permissions,
  },
];
