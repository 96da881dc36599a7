import { aggregate, type Made, type NewEvent, newEvent, type Refusal, refuse } from '@huismeester/events';
import type { HoldTarget } from '../desired/target.ts';
import { longestHoldMs } from '../facts/hold.ts';
import { refuseLength } from '../length.ts';
import { hold } from '../schema.ts';

export type HoldState = Omit<typeof hold.$inferSelect, 'id' | 'version'>;
type HoldEvent = Made<'hold.placed'> | Made<'hold.released'>;

/** The holds that people placed, each known by an id of its own. */
export const holds = aggregate({ kind: 'hold', table: hold, initial: undefined, evolve });

function evolve(_: HoldState | undefined, event: HoldEvent): HoldState | undefined {
  if (event.type === 'hold.released') return undefined;
  const { target, until, because } = event.data;
  return { target, since: event.time, until: new Date(until), because, by: event.actor ?? '' };
}

/** What is asked for when something is put on hold. */
export interface Asked {
  readonly id: string;
  readonly target: HoldTarget;
  readonly forMs: number;
  readonly because: string;
}

/** Whether a target is among the facts, and whether all logs that name targets were read to their heads. */
export interface Knowledge {
  readonly known: boolean;
  readonly upToDate: boolean;
}

/**
 * Puts a target on hold, however many holds it has: none of them ends sooner for it. Refused for one that is not known,
 * and for longer than the policy allows (SPACE-3).
 */
export function place(
  { id, target, forMs, because }: Asked,
  { known, upToDate }: Knowledge,
  now: Date,
): NewEvent<'hold.placed'>[] | Refusal {
  const tooLong = { title: 'A hold is for at most 24 hours, and another can follow it', clause: 'SPACE-3' };
  const refusal = refuseLength(forMs, longestHoldMs, tooLong);
  if (refusal) return refusal;
  if (!known && !upToDate) {
    return refuse(
      'not-read-yet',
      `${target} is not known yet: not all logs were read to their heads; ask again`,
    );
  }
  if (!known) {
    const title = `There is no ${target} among what settings name; everything else is left alone anyway`;
    return refuse('not-found', title, {
      errors: [
        {
          field: 'body.target',
          found: target,
          allowed: 'the target of `GET /vms` or `GET /nodes`, or a probe, switch or port',
        },
      ],
    });
  }
  const until = new Date(now.getTime() + forMs).toISOString();
  return [newEvent('hold.placed', `hold/${id}`, { hold: id, target, until, because })];
}

/** Ends one hold before its time; others on the same target stay. */
export function release(id: string, { target }: HoldState): NewEvent<'hold.released'>[] {
  return [
    newEvent('hold.released', `hold/${id}`, { hold: id, target: target as HoldTarget, how: 'released' }),
  ];
}
