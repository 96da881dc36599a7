import type { AccessSourceEntity, EventOf } from '@huismeester/contracts';

/** Whether who has admin rights at a source could be read whole (CORE-4), from membership's events alone. Kept by the source's id. */
export interface AccessSourceFact {
  readonly source: string;
  readonly state: AccessSourceEntity['state'];
  /** ms since 1970. */
  readonly since: number;
  /** The right that is missing, or what went wrong. */
  readonly lacks?: string;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type AccessSourceEvent = EventOf<
  'access-source.known' | 'access-source.unknown' | 'access-source.ended'
>;

/** Folds one of membership's events into how well a source is known; undefined: settings do not name it any more. */
export function evolveAccessSource(event: AccessSourceEvent): AccessSourceFact | undefined {
  if (event.type === 'access-source.ended') return undefined;
  return event.type === 'access-source.known'
    ? { source: event.data.source, state: 'known', since: Date.parse(event.data.since) }
    : accessSourceFrom({ state: 'unknown', ...event.data });
}

/** The source as membership's snapshot has it. */
export function accessSourceFrom({ source, state, since, lacks }: AccessSourceEntity): AccessSourceFact {
  return { source, state, since: Date.parse(since), ...(lacks !== undefined && { lacks }) };
}
