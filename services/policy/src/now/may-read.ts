import { Role } from '@huismeester/contracts';
import { type Identity, permitted } from '@huismeester/service';

const roles = Role.enum;

/** Who may read how the space is: undefined is anybody, where settings allow that. Throws a Problem (401, 403). */
export function mayReadNow(asker: Identity | undefined, publicNow: boolean): Identity | undefined {
  // Somebody without a role may read what anybody may.
  const isNobody = asker === undefined || !mayReadOn(asker);
  return isNobody && publicNow ? undefined : permitted(asker, roles);
}

/** Whether somebody who was let in is still somebody who may read it. */
export function mayReadOn(asker: Identity | undefined): boolean {
  return asker?.roles.some((role) => roles.includes(role)) ?? false;
}
