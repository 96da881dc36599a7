import type { Node, NodeEntity, Vm, VmEntity } from '@huismeester/contracts';
import type { Desired } from './desired.ts';
import type { Guest } from './guest.ts';
import type { History } from './history.ts';
import type { NodeRecord } from './node.ts';
import { collidesWith } from './node-id.ts';
import { type AnyRequest, isInFlight, type Request } from './request.ts';

interface GuestState {
  readonly guest: Guest;
  readonly desired?: Desired | undefined;
  readonly request?: Request | undefined;
}

/** A VM as people read it. `blind` is why its present state is not known, `waiting` why nothing is done. */
export function vmResource(
  { guest, desired, request }: GuestState,
  now: { blind?: string | undefined; waiting?: string | undefined } = {},
): Vm {
  const { changedAt: _, status, ...rest } = guest;
  return {
    ...rest,
    status: now.blind === undefined ? status : 'unknown',
    ...progress(desired, request, now.waiting),
  };
}

/** A VM as the snapshot has it, with all that a fold of its events would know. */
export function vmEntity(record: GuestState & { readonly history: History }): VmEntity {
  const { foundAt, shutdownMs, ...history } = record.history;
  return {
    ...vmResource(record),
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
