import { because, type ReasonCode } from '@huismeester/contracts';
import type { Notice } from './define.ts';

const dayMs = 24 * 3_600_000;
/** What cannot be read for so long is said to the team, ms. */
const saidAfterMs = 7 * dayMs;
/** And not any more after so long: who was not sent it by then is not sent it twice when the outbox forgets it (90 days), ms. */
const saidForMs = 60 * dayMs;

/** Something of which nothing can be read. */
export interface Unreadable {
  readonly kind: 'wiki-unknown' | 'page-unknown';
  readonly subject: string;
  readonly clause: string;
  /** ms since 1970. */
  readonly since: number;
  readonly reason: ReasonCode;
  /** What it is, or why, for people. */
  readonly text?: string | undefined;
}

/** What is to be said of it: once, after 7 days, and never by a clock that is not believed; and when the next one is due. */
export function saidOf(
  all: readonly Unreadable[],
  { now, isBelieved }: { readonly now: number; readonly isBelieved: boolean },
): { readonly notices: readonly Notice[]; readonly times: readonly number[] } {
  const due = (since: number) => now >= since + saidAfterMs && now < since + saidAfterMs + saidForMs;
  return {
    notices: isBelieved ? all.filter(({ since }) => due(since)).map(noticeOf) : [],
    times: all.map(({ since }) => since + saidAfterMs).filter((at) => at > now),
  };
}

function noticeOf({ kind, subject, clause, since, reason, text }: Unreadable): Notice {
  const until = new Date(since).toISOString();
  return {
    kind,
    subject,
    // Once for each time that it could not be read for so long.
    moment: until,
    to: 'team',
    urgency: 'digest',
    severity: 'warning',
    clause,
    reasons: [because(reason, { until, ...(text !== undefined && { text }) })],
  };
}
