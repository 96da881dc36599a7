import { ownRole, rolesOf } from './roles.ts';
import type { AclEntry, ProxmoxState } from './state.ts';

/** Everybody is in it from the beginning, may do everything, and stands in no ACL. */
export const root = 'root@pam';

/** What is granted to whom. */
export interface Acl {
  /** In no particular order, as Proxmox lists them. */
  readonly entries: readonly AclEntry[];
  at(path: string): readonly AclEntry[];
  /** Of a role; of one that is not there, none. */
  privilegesOf(role: string): readonly string[];
  /** The groups that somebody is in. */
  groupsOf(user: string): ReadonlySet<string>;
}

/** `USER@REALM!TOKEN` → `USER@REALM` */
export function userOf(id: string): string {
  return id.split('!', 1)[0] ?? id;
}

/**
 * The ACL of a cluster: that of its state, and what its tokens say of themselves, which both they and their users have. `only`: of this token alone,
 * since what one token says of a path would replace for its user what another one says of a path above.
 */
export function aclOf(state: ProxmoxState, only?: string): Acl {
  const tokens = state.tokens.filter(({ id }) => only === undefined || id === only);
  const own = tokens.flatMap(({ id, privileges }) =>
    privileges.flatMap(({ path, privs, propagate = true }): AclEntry[] => {
      const granted = { path, role: ownRole(privs), propagate };
      return [
        { ...granted, type: 'token', ugid: id },
        { ...granted, type: 'user', ugid: userOf(id) },
      ];
    }),
  );
  const entries = [...(state.acl ?? []), ...own];
  const byPath = Map.groupBy(entries, ({ path }) => path);
  const roles = rolesOf(state);
  return {
    entries,
    at: (path) => byPath.get(path) ?? [],
    privilegesOf: (role) => roles.get(role) ?? [],
    groupsOf: (user) =>
      new Set((state.groups ?? []).flatMap(({ id, users }) => (users.includes(user) ? [id] : []))),
  };
}

/** The paths that an ACL knows: those of entries, and all above them. */
export function pathsOf({ entries }: Acl): ReadonlySet<string> {
  return new Set(entries.flatMap(({ path }) => ancestry(path)));
}

/** `/pool/core` → `/`, `/pool`, `/pool/core` */
export function ancestry(path: string): string[] {
  const steps = path.split('/').filter((step) => step !== '');
  return ['/', ...steps.map((_step, index) => `/${steps.slice(0, index + 1).join('/')}`)];
}
