import { createHash } from 'node:crypto';
import type { Which } from '../core/ownership.ts';

/** The id of what belongs to one incarnation of a VM: its ownership and its lease. */
export function ownershipId({ vm, hypervisor, vmid, incarnation }: Which): string {
  return `${vm}-${digest(`${hypervisor}/${vmid}/${incarnation}`)}`;
}

/**
 * The id of the project that a VM without one gets: the same however often it is made. `nth` is above 1 for a guest that came back after its ownership
 * had ended: the project of before is not its.
 */
export function projectIdOf(ownership: string, nth = 1): string {
  return `p-${digest(nth === 1 ? ownership : `${ownership}/${nth}`)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
