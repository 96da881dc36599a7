import type { EventOf } from '@huismeester/contracts';

/** Whether the civil clock may be believed: policy's own finding, of which there is one; times in ms since 1970. */
export interface ClockFact {
  /** Since when it is not, until a person accepts it: it jumped by over an hour, or stands before the last event. */
  readonly insane?: { readonly since: number; readonly why: 'jumped' | 'before-last-event' };
  /** When a person last accepted it: what was waited for before counts for nothing. */
  readonly acceptedAt?: number;
}

/** The key of the only one. */
export const theClock = 'main';

/** Whether the civil clock may be believed: while it may not, nothing becomes overdue, and nothing that depends on the time opens or closes. */
export function isClockBelieved({ clock }: { readonly clock: ReadonlyMap<string, ClockFact> }): boolean {
  return clock.get(theClock)?.insane === undefined;
}

export type ClockEvent = EventOf<'clock.jumped' | 'clock.accepted'>;

/** Folds one of policy's own events into what is known of the clock. */
export function evolveClock(known: ClockFact, event: ClockEvent): ClockFact {
  const at = Date.parse(event.time);
  if (event.type === 'clock.accepted') return { acceptedAt: at };
  return { ...known, insane: { since: at, why: event.data.why } };
}
