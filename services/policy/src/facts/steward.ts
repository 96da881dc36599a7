import type { EventOf, StewardEntity } from '@huismeester/contracts';

/** That somebody can run an item without help, or learns to (TEAM-2), from inventory's events alone. Kept by its id; one that was removed is forgotten. */
export interface StewardFact {
  readonly steward: string;
  readonly item: string;
  readonly person: string;
  readonly role: StewardEntity['role'];
  /** When they last became or confirmed to be it, ms since 1970. */
  readonly confirmedAt: number;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type StewardEvent = EventOf<
  'steward.added' | 'steward.promoted' | 'steward.confirmed' | 'steward.removed'
>;

/** Folds one of inventory's events into what is known of a steward; undefined: they are none any more, or were never seen. */
export function evolveSteward(known: StewardFact | undefined, event: StewardEvent): StewardFact | undefined {
  const confirmedAt = Date.parse(event.time);
  switch (event.type) {
    case 'steward.added': {
      const { steward, item, person, role } = event.data;
      return { steward, item, person, role, confirmedAt };
    }
    case 'steward.promoted':
      return known && { ...known, role: 'steward', confirmedAt };
    case 'steward.confirmed':
      return known && { ...known, confirmedAt };
    case 'steward.removed':
      return undefined;
  }
}

/** The steward as inventory's snapshot has them. */
export function stewardFrom({ steward, item, person, role, confirmed_at }: StewardEntity): StewardFact {
  return { steward, item, person, role, confirmedAt: Date.parse(confirmed_at) };
}
