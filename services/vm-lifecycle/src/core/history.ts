import type { EventOf, PowerCause } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { Act } from './guest.ts';
import type { AnyRequest, NodeAct } from './request.ts';

/** A request whose end was not seen in any event yet; `at` is ISO 8601. */
export interface Asked<A extends Act | NodeAct = Act | NodeAct> {
  readonly act: A;
  readonly at: string;
  readonly generation: number;
  readonly decision: string;
  readonly correlationid: string;
}

/** How a guest last came up, or went off; `decision` is the one that we asked for it by, and `tier` that of policy; `at` is ISO 8601. */
export interface PowerChange {
  readonly at: string;
  readonly by: Static<typeof PowerCause>;
  readonly decision?: string;
  readonly tier?: string;
  readonly correlationid: string;
}

/**
 * What a fold of a guest's events would know besides how it is now; kept beside it and given with the snapshot, so that
 * who begins with a snapshot in the middle of a power cut knows what was asked.
 */
export interface History {
  readonly foundAt?: Date;
  readonly started?: PowerChange;
  readonly stopped?: PowerChange;
  readonly asked?: Asked<Act>;
  /** How long its last shutdown by us took, in milliseconds. */
  readonly shutdownMs?: number;
  /** The newest generation that was given up. */
  readonly gaveUp?: number;
}

export function askedBy(request: AnyRequest): Asked {
  const { act, intendedAt, generation, decision, correlation } = request;
  return { act, at: intendedAt.toISOString(), generation, decision, correlationid: correlation };
}

/** How long the shutdown took that ended at `at`; undefined when it was not ours. */
export function shutdownMs(
  asked: Asked | null,
  { cause }: EventOf<'vm.stopped'>['data'],
  at: Date,
): number | undefined {
  if (asked?.act !== 'shutdown' || cause !== 'huismeester') return undefined;
  return Math.max(0, at.getTime() - Date.parse(asked.at));
}
