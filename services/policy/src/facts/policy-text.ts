import type { EventData, EventOf, PolicyTextEntity } from '@huismeester/contracts';

/** The page of the infra policy as it was last read (TEAM-3), from inventory's events alone. There is one; its text is inventory's. */
export interface PolicyTextFact {
  readonly revision: string;
  /** The revision that settings name, if they name one. */
  readonly expected?: string;
  readonly newer: boolean;
  /** The headings of the sections that differ from the revision that settings name. */
  readonly sections: readonly string[];
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

/** The key of the only one. */
export const thePolicyText = 'main';

export type PolicyTextEvent = EventOf<'policy-text.read'>;

/** Folds one of inventory's events into how the page was last read. */
export function evolvePolicyText({ data }: PolicyTextEvent): PolicyTextFact {
  return readOf(data);
}

/** The same from inventory's snapshot. */
export function policyTextFrom(entity: PolicyTextEntity): PolicyTextFact {
  return readOf(entity);
}

function readOf({ revision, expected, newer, sections }: EventData<'policy-text.read'>): PolicyTextFact {
  return { revision, ...(expected !== undefined && { expected }), newer, sections };
}
