import type { EventData, EventOf } from '@huismeester/contracts';

/**
 * Where somebody stands in the register of the team (TEAM-1), from membership's events alone. Kept by the person's id, and apart from what the
 * directory says of them: `person/<id>` and `member/<id>` are two subjects, whose events are applied side by side.
 */
export interface MemberFact {
  readonly person: string;
  readonly state: EventData<'member.imported'>['state'];
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type MemberEvent = EventOf<'member.imported' | 'member.started'>;

/** What one of membership's events says of somebody in the register; its snapshot says the same. */
export function memberFrom({ person, state }: Pick<MemberFact, 'person' | 'state'>): MemberFact {
  return { person, state };
}
