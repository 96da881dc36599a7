import type { EventOf, GrantEntity } from '@huismeester/contracts';

/** What a member on trial may act on (JOIN-3), from membership's events alone. Kept by the grant's id; one that ended is forgotten. */
export interface GrantFact {
  readonly grant: string;
  readonly person: string;
  readonly on: GrantEntity['on'];
  /** It was said that it is admin access to core: without that it gives none (CORE-4). */
  readonly core: boolean;
  /** Until when, ms since 1970: membership says when it ended. */
  readonly until: number;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type GrantEvent = EventOf<'grant.given' | 'grant.ended'>;

/** Folds one of membership's events into what is known of a grant; undefined: it is over. */
export function evolveGrant(event: GrantEvent): GrantFact | undefined {
  return event.type === 'grant.given' ? grantFrom(event.data) : undefined;
}

/** The grant as membership's snapshot has it. */
export function grantFrom({ grant, person, on, core = false, until }: GrantEntity): GrantFact {
  return { grant, person, on, core, until: Date.parse(until) };
}
