import { type Refusal, refuse } from '@huismeester/events';

const hourMs = 3_600_000;

/** A refusal of what is asked for no time at all, or for longer than `mostMs`; undefined for any other length (`forMs`). */
export function refuseLength(
  forMs: number,
  mostMs: number,
  { title, clause }: { title: string; clause?: string },
): Refusal | undefined {
  if (forMs > 0 && forMs <= mostMs) return undefined;
  const allowed = `more than nothing, at most ${mostMs / hourMs}h`;
  const errors = [{ field: 'body.for', found: `${forMs / hourMs}h`, allowed }];
  return refuse('too-long', title, { errors, ...(clause !== undefined && { clause }) });
}
