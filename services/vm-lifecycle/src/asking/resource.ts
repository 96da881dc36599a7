import type { VmAct } from '@huismeester/contracts';
import { sizeData } from '../core/act.ts';
import type { StoredAct } from './acts.ts';

/** An act as people read it; `waiting` is why nothing is sent. */
export function actResource({ id, vm, state }: StoredAct, waiting?: string): VmAct {
  const { what, by, size, phase, error, pending, requestedAt, endedAt } = state;
  return {
    id,
    vm,
    act: what,
    by,
    ...(size && { size: sizeData(size) }),
    state:
      phase === 'requested' ? 'waiting' : phase === 'asked' || phase === 'accepted' ? 'under-way' : phase,
    ...(waiting !== undefined && endedAt === undefined && { waiting }),
    ...(error !== undefined && { error }),
    ...(pending && { more: 'it takes effect at the next start' }),
    requested: requestedAt,
    ...(endedAt !== undefined && { ended: endedAt }),
  };
}
