import type { EventOf } from '@huismeester/contracts';

/** How well the directory is known, from membership's events alone. There is one. */
export interface DirectoryFact {
  /** `unknown`: the last read was not whole, and nothing follows from it; what people were last known to be stays. */
  readonly state: 'known' | 'unknown' | 'not-set-up';
  /** ms since 1970. */
  readonly since?: number;
  /** Why it is unknown. */
  readonly reason?: string;
  /** So many people have another id than before, until somebody of the team confirmed it. */
  readonly renumbered?: number;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

/** The key of the only one. */
export const theDirectory = 'main';

export type DirectoryEvent = EventOf<
  'directory.known' | 'directory.unknown' | 'directory.renumbered' | 'directory.confirmed'
>;

/** Before it was read: nobody knows how it is. */
const unread: DirectoryFact = { state: 'unknown' };

/** Folds one of membership's events into what is known of the directory. */
export function evolveDirectory(known: DirectoryFact = unread, event: DirectoryEvent): DirectoryFact {
  const { renumbered, ...state } = known;
  const kept = renumbered !== undefined && { renumbered };
  switch (event.type) {
    case 'directory.known':
      return { state: 'known', since: Date.parse(event.data.since), ...kept };
    case 'directory.unknown': {
      const { since, reason } = event.data;
      return { state: 'unknown', since: Date.parse(since), reason, ...kept };
    }
    case 'directory.renumbered':
      return { ...state, renumbered: event.data.people };
    case 'directory.confirmed':
      return state;
  }
}

/** The directory as membership's snapshot has it. */
export function directoryFrom(entity: {
  readonly state: DirectoryFact['state'];
  readonly since?: string;
  readonly reason?: string;
  readonly renumbered?: number;
}): DirectoryFact {
  const { state, since, reason, renumbered } = entity;
  return {
    state,
    ...(since !== undefined && { since: Date.parse(since) }),
    ...(reason !== undefined && { reason }),
    ...(renumbered !== undefined && { renumbered }),
  };
}
