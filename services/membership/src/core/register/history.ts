import type { EventData, StoredEvent } from '@huismeester/contracts';
import { clauseOf } from './carry-out.ts';

/** What of somebody's history in the team follows from an event of theirs. */
export interface Change {
  /** Ids of people; else who did it, as the log names them. */
  readonly by: string[];
  readonly clause: string;
  /** The id of its reason. */
  readonly reason?: string;
}

/** By which clause something changed in the register, and who did it; whatever else is of no history is by TEAM-1. */
export function changeOf({ type, actor, data }: Pick<StoredEvent, 'type' | 'actor' | 'data'>): Change {
  const { by, reason } = data as { by?: string | string[]; reason?: string };
  return {
    by: [by ?? actor ?? []].flat(),
    clause: clauseOfEvent(type, data),
    ...(reason !== undefined && { reason }),
  };
}

function clauseOfEvent(type: string, data: unknown): string {
  switch (type) {
    case 'member.joined':
      return 'JOIN-1';
    case 'member.confirmed':
    case 'member.extended':
    case 'grant.given':
    case 'grant.ended':
      return 'JOIN-3';
    case 'member.proposed':
    case 'member.proposal-withdrawn':
      return clauseOf((data as EventData<'member.proposal-withdrawn'>).act);
    default:
      return 'TEAM-1';
  }
}
