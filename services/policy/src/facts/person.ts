import type { EventData, EventOf } from '@huismeester/contracts';

type Said = EventData<'person.changed'>;

/** What the directory says of somebody, from membership's events alone. Kept by the person's id; who is gone is forgotten. */
export interface PersonFact {
  readonly person: string;
  /** Whether the account may be used. */
  readonly enabled: boolean;
  readonly groups: Said['groups'];
  readonly roles: Said['roles'];
  /** Whose uid this one has now, until somebody of the team confirmed that it is another person. */
  readonly tookUidOf?: string;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type PersonEvent = EventOf<'person.changed' | 'person.gone' | 'person.confirmed'>;

/** Folds one of membership's events into what is known of the person; undefined: nobody whom the directory has. */
export function evolvePerson(known: PersonFact | undefined, event: PersonEvent): PersonFact | undefined {
  switch (event.type) {
    case 'person.changed':
      return personFrom(event.data);
    case 'person.gone':
      return undefined;
    case 'person.confirmed': {
      if (known?.tookUidOf !== event.data.took_uid_of) return known;
      const { tookUidOf: _, ...confirmed } = known;
      return confirmed;
    }
  }
}

/** The person as membership's snapshot has them: as their last `person.changed`, without what was confirmed since. */
export function personFrom({ person, enabled, groups, roles, took_uid_of }: Said): PersonFact {
  return { person, enabled, groups, roles, ...(took_uid_of !== undefined && { tookUidOf: took_uid_of }) };
}
