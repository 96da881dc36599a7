import type { Act } from './guest.ts';
import { type GuestTarget, isNode, type NodeTarget, type Target } from './target.ts';

/** What is asked about a node: to shut itself down, or, by magic packets, to come back. */
export type NodeAct = 'shutdown' | 'wake';

/**
 * Our newest request about a target; those before it are in the log. `intended` is committed before anything is sent;
 * `accepted`: Proxmox took it (a guest's has its UPID then), or the packet went out; `failed` and `done` are its end.
 */
export interface RequestOf<T extends Target, A extends Act | NodeAct> {
  readonly target: T;
  readonly hypervisor: string;
  /** Where the guest stood when it was asked; for a node its own name. */
  readonly node: string;
  readonly act: A;
  readonly generation: number;
  readonly decision: string;
  readonly correlation: string;
  /** Counts within the generation, whatever became of each. */
  readonly attempt: number;
  /** How many attempts of the generation count against the limit: those that may have arrived. */
  readonly tries: number;
  readonly phase: 'intended' | 'accepted' | 'failed' | 'done';
  readonly upid?: string;
  readonly error?: string;
  readonly intendedAt: Date;
  /** Not to be tried, or sent, again before this. */
  readonly notBefore?: Date;
}

export type Request = RequestOf<GuestTarget, Act>;
export type NodeRequest = RequestOf<NodeTarget, NodeAct>;
export type AnyRequest = Request | NodeRequest;

/** A request as it is stored, with the UPIDs of those before it. */
export type Stored<R extends AnyRequest> = R & { readonly upids: readonly string[] };

/** How an attempt failed: whether it will be made again, in how many milliseconds, and how many tries that makes. */
export interface Failure {
  readonly error: string;
  readonly retry: boolean;
  readonly tries: number;
  readonly again: number;
}

/** Errors by which another holds the guest: waited for, as often as it takes. */
export const lockedOut = /is locked|can't lock file|got lock request timeout/i;

/** Whether the end of a request was not seen yet. */
export function isInFlight<R extends AnyRequest>(
  request: R | undefined,
): request is R & { readonly phase: 'intended' | 'accepted' } {
  return request?.phase === 'intended' || request?.phase === 'accepted';
}

/** The request, if it was made for this decision. */
export function madeFor<R extends AnyRequest>(
  desired: { readonly decision: string } | undefined,
  request: R | undefined,
): R | undefined {
  return request?.decision === desired?.decision ? request : undefined;
}

export function isNodeRequest(request: AnyRequest): request is NodeRequest {
  return isNode(request.target);
}
