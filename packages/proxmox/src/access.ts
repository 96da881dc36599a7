import type { Proxmox } from 'proxmox-api';
import { type Row, rowsOf } from './row.ts';

/** A token of a user, by its whole id: `USER@REALM!TOKEN`. */
interface AccessToken {
  id: string;
  /** Whether it has only what it and its user both have. */
  privsep: boolean;
  /** When it ends; absent: never. */
  expires?: Date;
}

/** A user of Proxmox. */
export interface AccessUser {
  /** `USER@REALM` */
  id: string;
  enabled: boolean;
  expires?: Date;
  tokens: AccessToken[];
}

/** A line of the ACL. */
export interface AclEntry {
  path: string;
  type: 'user' | 'group' | 'token';
  /** The id of the user, group or token. */
  holder: string;
  role: string;
  /** Whether it comes down to the paths below. */
  propagate: boolean;
}

/** All users, with their tokens. Needs Sys.Audit on `/access/groups`: without it the answer is a part, or empty, and does not say so. */
export async function listUsers(api: Proxmox.Api): Promise<AccessUser[]> {
  const answer: unknown = await api.access.users.$get({ full: true });
  return rowsOf('GET /access/users', answer).map((row) => {
    const id = row.text('userid');
    return {
      id,
      // Proxmox leaves it out of what was never changed, and its schema has 1 as the default.
      enabled: row.optionalText('enable') === undefined || row.flag('enable'),
      ...expiry(row),
      tokens: row.rows('tokens').map((token) => ({
        id: `${id}!${token.text('tokenid')}`,
        privsep: token.optionalText('privsep') === undefined || token.flag('privsep'),
        ...expiry(token),
      })),
    };
  });
}

/** The groups that the token may see, each with its members. */
export async function listGroups(api: Proxmox.Api): Promise<{ id: string; users: string[] }[]> {
  const answer: unknown = await api.access.groups.$get();
  return rowsOf('GET /access/groups', answer).map((row) => ({
    id: row.text('groupid'),
    users: (row.optionalText('users') ?? '').split(',').filter((user) => user !== ''),
  }));
}

/** The whole ACL with Sys.Audit on `/access`; without it a part, which does not say so. root@pam stands in none. */
export async function listAcl(api: Proxmox.Api): Promise<AclEntry[]> {
  const answer: unknown = await api.access.acl.$get();
  return rowsOf('GET /access/acl', answer).map((row) => ({
    path: row.text('path'),
    type: typeOf(row),
    holder: row.text('ugid'),
    role: row.text('roleid'),
    propagate: row.optionalText('propagate') === undefined || row.flag('propagate'),
  }));
}

/** All roles with their privileges; everybody may read them. */
export async function listRoles(api: Proxmox.Api): Promise<ReadonlyMap<string, readonly string[]>> {
  const answer: unknown = await api.access.roles.$get();
  return new Map(
    rowsOf('GET /access/roles', answer).map((row) => {
      const privileges = (row.optionalText('privs') ?? '').split(',');
      return [row.text('roleid'), privileges.filter((each) => each !== '')] as const;
    }),
  );
}

function typeOf(row: Row): AclEntry['type'] {
  const type = row.text('type');
  return type === 'group' || type === 'token' ? type : 'user';
}

function expiry(row: Row): { expires?: Date } {
  const seconds = row.optionalNumber('expire') ?? 0;
  return seconds === 0 ? {} : { expires: new Date(seconds * 1000) };
}
