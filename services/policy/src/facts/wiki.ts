import type { EventOf, WikiEntity } from '@huismeester/contracts';

/** Whether the wiki answers, from inventory's events alone. There is one. */
export interface WikiFact {
  readonly state: WikiEntity['state'];
  /** ms since 1970. */
  readonly since: number;
  /** Why it does not. */
  readonly why?: string;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

/** The key of the only one. */
export const theWiki = 'main';

export type WikiEvent = EventOf<'wiki.reachable' | 'wiki.unreachable'>;

/** Folds one of inventory's events into whether the wiki answers. */
export function evolveWiki({ type, data }: WikiEvent): WikiFact {
  return type === 'wiki.reachable'
    ? wikiFrom({ state: 'reachable', since: data.since })
    : wikiFrom({ state: 'unreachable', ...data });
}

/** The same from inventory's snapshot. */
export function wikiFrom({ state, since, why }: WikiEntity): WikiFact {
  return { state, since: Date.parse(since), ...(why !== undefined && { why }) };
}
