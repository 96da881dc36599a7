import { aggregate, type Made, type NewEvent, newEvent, type Refusal, refuse } from '@huismeester/events';
import { violation } from '../schema.ts';

type Row = Omit<typeof violation.$inferSelect, 'id' | 'version'>;
type AcceptanceEvent = Made<'violation.accepted'> | Made<'violation.acceptance-ended'>;

/** Open violations, as people change them; the power pass, and the passes of other rules, open and close them. */
export const violations = aggregate({ kind: 'violation', table: violation, initial: undefined, evolve });

function evolve(state: Row | undefined, event: AcceptanceEvent): Row | undefined {
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

/** The longest acceptance: whoever still accepts it after a year says so again, ms. */
const longestMs = 366 * 24 * 3_600_000;

/** Accepts a violation for now; one that is accepted already gets the new reason and end. */
export function accept(
  id: string,
  { forMs, because }: { forMs: number; because: string },
  now: Date,
): NewEvent<'violation.accepted'>[] | Refusal {
  if (forMs <= 0 || forMs > longestMs) {
    const errors = [
      { field: 'for', found: `${forMs / 3_600_000}h`, allowed: 'more than nothing, at most 8784h' },
    ];
    return refuse(
      'acceptance-too-long',
      'A violation is accepted for at most a year, and can then be accepted anew',
      {
        errors,
      },
    );
  }
  const until = new Date(now.getTime() + forMs).toISOString();
  return [newEvent('violation.accepted', `violation/${id}`, { violation: id, until, because })];
}

/** Takes the acceptance back; of one that is not accepted nothing changes. */
export function withdraw(id: string, { accepted }: Row): NewEvent<'violation.acceptance-ended'>[] {
  if (!accepted) return [];
  return [
    newEvent('violation.acceptance-ended', `violation/${id}`, { violation: id, how: 'withdrawn' as const }),
  ];
}
