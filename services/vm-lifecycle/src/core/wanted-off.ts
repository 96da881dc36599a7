import { type No, no } from '@huismeester/contracts';
import type { Desired } from './desired.ts';

/** The newest decision of policy about a VM, as far as it bears on what people may ask. */
export type InForce = Pick<Desired, 'state' | 'mode' | 'reached'> & {
  readonly tier?: string | null | undefined;
};

/**
 * Why a VM cannot be acted on while policy has the say: undefined when it has none. A decision to stop stays in force after it was reached,
 * for as long as policy has not decided anew: a power cut goes on while its guests are off. That of a lease ends with the stop, after which
 * the owner may start again (PART-4).
 */
export function wantedOff(id: string, decision: InForce | undefined): No | undefined {
  if (decision?.state !== 'stopped' || decision.mode === 'dry-run') return undefined;
  if (decision.tier === 'lease') {
    if (decision.reached) return undefined;
    return refused(`VM ${id} is being stopped, since its lease is over; start it once it is off`, 'PART-4');
  }
  return refused(`VM ${id} is to stay off, by the decision that shut it down: see \`huismeester why ${id}\``);
}

/** Why it is left alone: a hold is respected by all but those who may place one, who are the team and a project's managers. */
export function onHold(id: string, decision: InForce | undefined, mayHold: boolean): No | undefined {
  if (decision?.tier !== 'hold' || mayHold) return undefined;
  return no('wanted-off', `VM ${id} is on hold: somebody works on it. See \`huismeester holds\``, {
    clause: 'SPACE-3',
    errors: [{ field: 'act', allowed: 'anything once the hold has ended' }],
  });
}

function refused(title: string, clause?: string): No {
  const errors = [{ field: 'act', found: 'start', allowed: 'start, once that decision is over' }];
  return no('wanted-off', title, { errors, ...(clause !== undefined && { clause }) });
}
