import { Role } from '@huismeester/contracts';
import { Value } from 'typebox/value';
import type { Identity, Role as RoleName } from '../http/identity.ts';
import { isLive, isRecent } from './limits.ts';
import type { Found } from './look-up.ts';

/** Who somebody is now who shows what was found; undefined when it has ended. */
export function identityOf(found: Found, now: Date): Identity | undefined {
  const { kind, row, person, readAt } = found;
  if (kind === 'session' ? !isLive(row.expires, now) : row.expires !== null && row.expires <= now) {
    return undefined;
  }
  if (person === null) {
    return kind === 'token' ? { roles: [Value.Parse(Role, row.role)], name: row.name } : undefined;
  }
  const identity = {
    name: `person:${person.id}`,
    person: person.id,
    ...(kind === 'session' && { session: row.id }),
  };
  if (!isRecent(readAt, now)) return { ...identity, roles: [], directory: { lastRead: readAt ?? undefined } };
  // A role that a newer version gave is none here.
  const all = person.roles.filter((role): role is RoleName => Value.Check(Role, role));
  const roles = kind === 'token' ? all.filter((role) => role === row.role) : all;
  const grants = roles.includes('trial') ? person.grants.filter(({ until }) => new Date(until) > now) : [];
  return { ...identity, roles, ...(grants.length > 0 && { grants }) };
}
