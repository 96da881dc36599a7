import type { PersonId, Token } from '@huismeester/contracts';
import { type Refusal, refuse } from '@huismeester/events';
import type { Identity, Role } from '../http/identity.ts';
import { Problem } from '../http/problem.ts';
import { directoryUnknown } from '../http/roles.ts';

/** Which tokens somebody may see, make and revoke. */
type Scope =
  | 'all'
  /** One's own; `displays`: those of screens as well, as whoever is of the team may. */
  | { readonly person: PersonId; readonly displays: boolean };

/** What a token is to be. */
interface Asked {
  readonly role: Role;
  readonly person?: PersonId;
}

/** All for administrators, their own for people who have logged in, and screens for the team. Throws a Problem (403) for anybody else. */
export function scopeOf({ roles, name, person, session }: Identity): Scope {
  if (roles.includes('administrator')) return 'all';
  if (person !== undefined && session !== undefined) return { person, displays: roles.includes('infrateam') };
  const detail = `Administrators see all tokens, and a person who has logged in their own; "${name}" is neither`;
  throw new Problem(403, 'forbidden', 'Not with this role', { detail });
}

export function isWithin(scope: Scope, { person, role }: Token): boolean {
  return scope === 'all' || scope.person === person || (scope.displays && role === 'display');
}

/** Whose a new token is: a screen is nobody's; undefined is nobody. */
export function ownerOf({ role, person }: Asked, scope: Scope): PersonId | undefined {
  if (role === 'display') return undefined;
  return person ?? (scope === 'all' ? undefined : scope.person);
}

/** Why a token is not made: a person makes tokens for themselves, with roles that they have. Throws a Problem where their roles are not known. */
export function refusalOf({ role, person }: Asked, who: Identity): Refusal | undefined {
  const scope = scopeOf(who);
  if (role === 'display' && person !== undefined) return notForPerson();
  if (scope === 'all') return undefined;
  if (who.directory) throw directoryUnknown(who.directory);
  if (person !== undefined && person !== scope.person) {
    const errors = [{ field: 'body.person', allowed: 'your own id, or nothing' }];
    return refuse('not-your-own', 'Only administrators make tokens for others', { errors });
  }
  const own: readonly Role[] = [...who.roles, ...(scope.displays ? (['display'] as const) : [])];
  if (own.includes(role)) return undefined;
  const allowed = own.length === 0 ? 'none: you have no role' : `one of ${own.join(', ')}`;
  const errors = [{ field: 'body.role', found: JSON.stringify(role), allowed }];
  return refuse('role-not-yours', 'You do not have this role', { errors });
}

function notForPerson(): Refusal {
  const errors = [{ field: 'body.person', allowed: 'nothing: whoever passes by looks at a display' }];
  return refuse('display-of-nobody', 'A display is nobody’s', { errors });
}
