import type { Vm } from '@huismeester/contracts';
import type { Guest } from './guest.ts';
import { type Desired, isInFlight, type Request } from './plan.ts';

/** A VM as people and other services read it. `blind` is why its present state is not known, `waiting` why nothing is done. */
export function toResource(
  { guest, desired, request }: { guest: Guest; desired?: Desired | undefined; request?: Request | undefined },
  now: { blind?: string | undefined; waiting?: string | undefined } = {},
): Vm {
  const { changedAt: _, status, ...rest } = guest;
  const act = actOf(desired, request, now.waiting);
  return {
    ...rest,
    status: now.blind === undefined ? status : 'unknown',
    ...(desired && { desired: desired.state, generation: desired.generation }),
    ...(act !== undefined && { act }),
  };
}

function actOf(
  desired: Desired | undefined,
  request: Request | undefined,
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
