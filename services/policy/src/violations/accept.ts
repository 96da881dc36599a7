import { aggregate, type Made, type NewEvent, newEvent, type Refusal } from '@huismeester/events';
import { refuseLength } from '../length.ts';
import { violation } from '../schema.ts';

export type ViolationState = Omit<typeof violation.$inferSelect, 'id' | 'version'>;
type AcceptanceEvent = Made<'violation.accepted'> | Made<'violation.acceptance-ended'>;

/** Open violations, as people change them; the power pass, and the passes of other rules, open and close them. */
export const violations = aggregate({ kind: 'violation', table: violation, initial: undefined, evolve });

function evolve(state: ViolationState | undefined, event: AcceptanceEvent): ViolationState | undefined {
  if (!state) return undefined;
  if (event.type === 'violation.acceptance-ended') return { ...state, accepted: null };
  const { because, until } = event.data;
  const accepted = {
    by: event.actor ?? '',
    because,
    since: event.time.getTime(),
    until: Date.parse(until),
  };
  return { ...state, accepted };
}

/** Decides what becomes of the acceptance of an open violation. */
export type Acceptance = (
  id: string,
  state: ViolationState,
  now: Date,
) => (NewEvent<'violation.accepted'> | NewEvent<'violation.acceptance-ended'>)[] | Refusal;

/** The longest acceptance: after a year it must be accepted anew, ms. */
const longestMs = 366 * 24 * 3_600_000;

/** Accepts a violation for now; one that is accepted already gets the new reason and end. */
export function accept(forMs: number, because: string): Acceptance {
  return (id, _, now) => {
    const title = 'A violation is accepted for at most a year, and can then be accepted anew';
    const refusal = refuseLength(forMs, longestMs, { title });
    if (refusal) return refusal;
    const until = new Date(now.getTime() + forMs).toISOString();
    return [newEvent('violation.accepted', `violation/${id}`, { violation: id, until, because })];
  };
}

/** Takes the acceptance back; of one that is not accepted nothing changes. */
export const withdraw: Acceptance = (id, { accepted }) =>
  accepted
    ? [newEvent('violation.acceptance-ended', `violation/${id}`, { violation: id, how: 'withdrawn' })]
    : [];
