import type { LeaseEntity, Node, NodeEntity, OwnershipEntity, Vm, VmEntity } from '@huismeester/contracts';
import type { Desired } from './desired.ts';
import type { Guest } from './guest.ts';
import type { History } from './history.ts';
import type { LeaseState } from './lease.ts';
import type { NodeRecord } from './node.ts';
import { collidesWith } from './node-id.ts';
import { type AnyRequest, isInFlight, type Request } from './request.ts';

interface GuestState {
  readonly guest: Guest;
  readonly desired?: Desired | undefined;
  readonly request?: Request | undefined;
}

/** Whose the guest that stands under a VM's id is, as far as it has an owner, or is offered to one. */
export interface Owned {
  /** The id of the ownership, and of its lease. */
  readonly id: string;
  readonly owner?: string | undefined;
  readonly project?: string | undefined;
  /** The person whom it is offered to. */
  readonly offeredTo?: string | undefined;
  readonly lease?: LeaseState | undefined;
  /** Of one that was made here, and who logs in. */
  readonly address?: string | undefined;
  readonly user?: string | undefined;
}

/** Who reads: a person, or none, and whether they may read whose a VM is. */
export interface Reader {
  readonly person?: string | undefined;
  readonly seesOwners: boolean;
}

/** A VM as it is seen by anyone. `blind` is why its present state is not known, `waiting` why nothing is done. */
function seenOf(
  { guest, desired, request }: GuestState,
  now: { blind?: string | undefined; waiting?: string | undefined } = {},
) {
  const { changedAt: _, status, memoryMib, diskGib, ...rest } = guest;
  return {
    ...rest,
    ...(memoryMib !== undefined && { memory_mib: memoryMib }),
    ...(diskGib !== undefined && { disk_gib: diskGib }),
    status: now.blind === undefined ? status : ('unknown' as const),
    ...progress(desired, request, now.waiting),
  };
}

/** A VM as people read it: its owner is named to those who may know, and to the owner. */
export function vmResource(
  state: GuestState & { readonly owned?: Owned | undefined; readonly history?: History },
  now: { blind?: string | undefined; waiting?: string | undefined } = {},
  { person, seesOwners }: Reader = { seesOwners: true },
): Vm {
  const { guest, owned, history: { started, stopped } = {} } = state;
  const mine = person !== undefined && owned?.owner === person;
  const isShown = mine || seesOwners;
  const unclaimed = guest.class === 'participant' && owned?.owner === undefined;
  return {
    ...seenOf(state, now),
    ...(started && { started }),
    ...(stopped && { stopped }),
    ...(isShown && owned?.owner !== undefined && { owner: owned.owner }),
    ...(mine && { mine }),
    ...(person !== undefined && owned?.offeredTo === person && { offered: true }),
    ...(unclaimed && { unclaimed }),
    ...(owned?.project !== undefined && { project: owned.project }),
    ...(owned?.lease && { lease: leaseOf(owned.lease) }),
    ...(isShown && owned && reachedAt(owned)),
  };
}

function reachedAt({ address, user }: Owned) {
  if (address === undefined) return {};
  return { address, ...(user !== undefined && { ssh: sshCommand(user, address) }) };
}

/** How one logs in. */
export function sshCommand(user: string, address: string): string {
  return `ssh ${user}@${address}`;
}

/** A lease as people read it. */
export function leaseOf({ number, started, ends, renewals }: LeaseState) {
  return { number, started: started.toISOString(), ends: ends.toISOString(), renewals };
}

/** An ownership as the snapshot has it. */
export function ownershipEntity({
  id,
  offer,
  owner,
  project,
  ...which
}: Pick<OwnershipEntity, 'vm' | 'hypervisor' | 'vmid' | 'incarnation'> & {
  readonly id: string;
  readonly owner: string | null;
  readonly project: string | null;
  readonly offer: OwnershipEntity['offer'] | null;
}): OwnershipEntity {
  const { vm, hypervisor, vmid, incarnation } = which;
  return {
    ownership: id,
    vm,
    hypervisor,
    vmid,
    incarnation,
    ...(owner !== null && { owner }),
    ...(project !== null && { project }),
    ...(offer && { offer }),
  };
}

/** A lease as the snapshot has it; `owner` is whose the VM is now. */
export function leaseEntity(id: string, state: LeaseState, owner: string): LeaseEntity {
  const { vm, onbootBefore } = state;
  return { lease: id, vm, owner, ...leaseOf(state), ...(onbootBefore === true && { onbootOff: true }) };
}

/** A VM as the snapshot has it, with all that a fold of its events would know. */
export function vmEntity(record: GuestState & { readonly history: History }): VmEntity {
  const { foundAt, shutdownMs, ...history } = record.history;
  return {
    ...seenOf(record),
    ...history,
    ...(foundAt !== undefined && { foundAt: foundAt.toISOString() }),
    ...(shutdownMs !== undefined && { shutdown_s: shutdownMs / 1000 }),
  };
}

/** A node as people read it; `waiting` is why nothing is done. */
export function nodeResource({ node, desired, request }: NodeRecord, waiting?: string): Node {
  const collides = collidesWith(node);
  return {
    ...node,
    ...(collides !== undefined && { collides }),
    ...progress(desired, request, waiting),
  };
}

/** A node as the snapshot has it, with all that a fold of its events would know. */
export function nodeEntity(record: NodeRecord): NodeEntity {
  return { ...nodeResource(record), ...record.history };
}

/** What is wanted, and what is being done about it. */
function progress(
  desired: Desired | undefined,
  request: AnyRequest | undefined,
  waiting: string | undefined,
) {
  const act = actOf(desired, request, waiting);
  return {
    ...(desired && { desired: desired.state, generation: desired.generation }),
    ...(act !== undefined && { act }),
  };
}

function actOf(
  desired: Desired | undefined,
  request: AnyRequest | undefined,
  waiting: string | undefined,
): string | undefined {
  const nth = request && `${request.act}, attempt ${request.attempt}`;
  if (isInFlight(request))
    return `${nth}: ${request.phase === 'accepted' ? 'under way' : 'asked, no answer yet'}`;
  if (request?.phase === 'failed' && request.decision === desired?.decision) {
    return `${nth} failed: ${request.error}; ${desired.givenUp ? 'given up' : 'it will be tried again'}`;
  }
  return waiting === undefined ? undefined : `waiting: ${waiting}`;
}
