import type { AccessListEntity, EventOf } from '@huismeester/contracts';

/** Who has access to what has no API, or knows a shared secret (CORE-2), from membership's events alone; times in ms since 1970. Kept by the list's id. */
export interface AccessListFact {
  readonly list: string;
  readonly kind: AccessListEntity['kind'];
  /** It gives admin access to core (CORE-4). */
  readonly core: boolean;
  /** Their ids. */
  readonly people: readonly string[];
  /** When it was last written down. */
  readonly since: number;
  /** When somebody last confirmed it since then. */
  readonly confirmedAt?: number;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type AccessListEvent = EventOf<'access-list.recorded' | 'access-list.confirmed' | 'access-list.ended'>;

/** Folds one of membership's events into what is known of a list; undefined: it is kept no more, or was never seen. */
export function evolveAccessList(
  known: AccessListFact | undefined,
  event: AccessListEvent,
): AccessListFact | undefined {
  const at = Date.parse(event.time);
  switch (event.type) {
    case 'access-list.recorded': {
      const { list, kind, core, people } = event.data;
      return { list, kind, core, people, since: at };
    }
    case 'access-list.confirmed':
      return known && { ...known, confirmedAt: at };
    case 'access-list.ended':
      return undefined;
  }
}

/** The list as membership's snapshot has it: the same as a fold of its events. */
export function accessListFrom(entity: AccessListEntity): AccessListFact {
  const { list, kind, core, people, since, confirmed_at } = entity;
  return {
    list,
    kind,
    core,
    people,
    since: Date.parse(since),
    ...(confirmed_at !== undefined && { confirmedAt: Date.parse(confirmed_at) }),
  };
}
