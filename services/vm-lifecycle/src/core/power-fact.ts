import type { Attribution, OwnRequest } from './attribution.ts';
import type { Guest, Power } from './guest.ts';
import { guestTarget } from './target.ts';

/** The news that a guest started or stopped: our own acts lead back to the decision that asked for them. */
export function powerFact(guest: Guest, to: Power, { cause, actor, request }: Attribution) {
  const { id, hypervisor, node } = guest;
  const data = { vm: id, hypervisor, node, class: guest.class, cause };
  return {
    type: to === 'running' ? ('vm.started' as const) : ('vm.stopped' as const),
    subject: guestTarget(id),
    data: request ? { ...data, decision: request.decision } : data,
    ...(actor !== undefined && { actor }),
    ...(request && { cause: causedBy(request) }),
  };
}

/** Links an event to the decision behind it. */
export function causedBy(request: Pick<OwnRequest, 'decision' | 'correlation'>) {
  return { id: request.decision, correlationid: request.correlation };
}
