import type { Member, VmClass as VmClassSchema } from '@huismeester/contracts';
import type { Static } from 'typebox';

export type VmClass = Static<typeof VmClassSchema>;

/** What another service's log says of one of its things; stored by its subject. Times are ISO 8601. */
export type OutsideFact =
  | UpsFact
  | WatchedFact
  | VmFact
  | NodeFact
  | HypervisorFact
  | OwnershipFact
  | IncidentFact;

export interface UpsFact {
  readonly kind: 'ups';
  readonly id: string;
  readonly mains: 'unknown' | 'on-mains' | 'on-battery';
  /** Since when mains is so; absent: nobody said. */
  readonly since?: string;
  /** Whether it is seen at all, and since when. */
  readonly contact: boolean;
  readonly contactSince?: string;
}

/** A switch or a probe. */
export interface WatchedFact {
  readonly kind: 'switch' | 'probe';
  readonly id: string;
  readonly state: 'up' | 'down' | 'unknown' | 'refused';
  readonly since?: string;
}

export interface VmFact {
  readonly kind: 'vm';
  readonly id: string;
  readonly hypervisor: string;
  /** The name of the node that it is on, as last seen. */
  readonly node: string;
  readonly class: VmClass;
  readonly name: string;
  /** Absent: Proxmox did not say. */
  readonly running?: boolean;
  readonly since?: string;
  /** Which guest stands under the vmid. */
  readonly incarnation?: string;
}

export interface NodeFact {
  readonly kind: 'node';
  readonly id: string;
  readonly hypervisor: string;
  /** Its name there. */
  readonly node: string;
  readonly online: boolean;
  /** A snapshot does not have it. */
  readonly since?: string;
}

export interface HypervisorFact {
  readonly kind: 'hypervisor';
  readonly id: string;
  readonly reachable: boolean;
  /** A snapshot does not have it. */
  readonly since?: string;
}

/** Whose one incarnation of a VM is (PART-3). */
export interface OwnershipFact {
  readonly kind: 'ownership';
  readonly id: string;
  readonly vm: string;
  readonly incarnation: string;
  /** The person's id; absent while it is offered to its first owner. */
  readonly owner?: string;
}

/** An open incident of netwatch: how those of its members are that are not back. */
export interface IncidentFact {
  readonly kind: 'incident';
  readonly id: string;
  /** `vantage/main`: no other machine answers netwatch, which knows nothing of anything then. */
  readonly root: string;
  readonly since: string;
  readonly members: readonly Pick<Member, 'thing' | 'state' | 'since'>[];
}

/** Where a fact is stored, which is the vertex of the thing that it is of. */
export function keyOf({ kind, id }: Pick<OutsideFact, 'kind' | 'id'>): string {
  return `${kind}/${id}`;
}

/** A snapshot does not say since when a node or hypervisor is as it is: while that is as before, neither does the time change. */
export function withKnownSince(before: OutsideFact | undefined, fact: OutsideFact): OutsideFact {
  if (fact.kind === 'node' && before?.kind === 'node' && before.online === fact.online) {
    return before.since === undefined ? fact : { ...fact, since: before.since };
  }
  if (
    fact.kind === 'hypervisor' &&
    before?.kind === 'hypervisor' &&
    before.reachable === fact.reachable &&
    before.since !== undefined
  ) {
    return { ...fact, since: before.since };
  }
  return fact;
}
