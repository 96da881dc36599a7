import type { TokenCall } from '@huismeester/contracts';
import type { GuestConfig } from '@huismeester/proxmox';
import { answerOf, type CallFailure } from '../adapters/call.ts';
import type { Failure } from '../core/creating/failure.ts';
import { failureOf } from '../core/creating/failure.ts';
import { carries } from '../core/creating/intent.ts';
import type { Place } from '../ports.ts';
import type { Site } from './context.ts';
import type { Stored } from './creations.ts';

/** What stands under the number of a creation. */
export type Looked =
  /** Ours: it carries the intent. */
  | { readonly is: 'ours'; readonly place: Place; readonly config: GuestConfig }
  /** Another's, which is left alone. */
  | { readonly is: 'other' }
  /** Somebody is just making it, and has not written yet what it is. */
  | { readonly is: 'unclear' }
  /** Nothing that this token sees: nothing at all, a guest of another pool, or one that is just being made. */
  | { readonly is: 'unseen' }
  | { readonly is: 'failed'; readonly failure: Failure };

/** Looks at the guest under the number of a creation, wherever it stands by now. */
export async function lookAt({ maker }: Site, made: Stored): Promise<Looked> {
  const { vmid, id, state } = made;
  const found = await answerOf(async () => (await maker.find(vmid)) ?? { node: state.node ?? '' });
  if ('code' in found) return { is: 'failed', failure: failedCall('look', found) };
  if (found.node === '') return { is: 'unseen' };
  const place: Place = { vmid, kind: state.kind, node: found.node };
  const config = await answerOf(() => maker.config(place));
  if ('code' in config) {
    const unseen = config.code === 'not-found' || config.code === 'forbidden';
    return unseen ? { is: 'unseen' } : { is: 'failed', failure: failedCall('look', config) };
  }
  if (carries(config.description, id)) return { is: 'ours', place, config };
  const beingMade = config.lock === 'create' || config.lock === 'clone';
  return { is: beingMade && config.description === undefined ? 'unclear' : 'other' };
}

/** A call that failed, as a failure of the step. */
export function failedCall(call: TokenCall, { code, message }: CallFailure): Failure {
  return failureOf({ call, code, reason: message });
}
