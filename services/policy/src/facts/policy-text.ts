import type { EventData, EventOf, PageGone, PageUnknown, PolicyTextEntity } from '@huismeester/contracts';

/** What is known of the text of the infra policy (TEAM-3), from inventory's events alone; times in ms since 1970. There is one; the text itself is inventory's. */
export interface PolicyTextFact {
  /** As it was last read; missing before that. */
  readonly read?: PolicyTextRead;
  /** There is no such page or file, or nothing is in it. `confirmed`: two looks, 6 h apart or more, said so. */
  readonly gone?: { readonly state: PageGone['state']; readonly since: number; readonly confirmed: boolean };
  /** Nothing can be read of it since then, though the wiki answers. */
  readonly unknown?: { readonly since: number; readonly why: string };
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export interface PolicyTextRead {
  readonly revision: string;
  /** The revision that settings name, if they name one. */
  readonly expected?: string;
  readonly newer: boolean;
  /** The headings of the sections that differ from the revision that settings name. */
  readonly sections: readonly string[];
}

/** The key of the only one. */
export const thePolicyText = 'main';

export type PolicyTextEvent = EventOf<'policy-text.read' | 'policy-text.gone' | 'policy-text.unknown'>;

/** Folds one of inventory's events into what is known of the text. */
export function evolvePolicyText(known: PolicyTextFact | undefined, event: PolicyTextEvent): PolicyTextFact {
  const { unknown: _, ...rest } = known ?? {};
  switch (event.type) {
    case 'policy-text.read':
      return { read: readOf(event.data) };
    case 'policy-text.gone':
      return { ...rest, gone: goneOf(event.data) };
    case 'policy-text.unknown':
      return { ...rest, unknown: unknownOf(event.data) };
  }
}

/** The same from inventory's snapshot. */
export function policyTextFrom({ read, gone, unknown }: PolicyTextEntity): PolicyTextFact {
  return {
    ...(read && { read: readOf(read) }),
    ...(gone && { gone: goneOf(gone) }),
    ...(unknown && { unknown: unknownOf(unknown) }),
  };
}

function readOf({ revision, expected, newer, sections }: EventData<'policy-text.read'>): PolicyTextRead {
  return { revision, ...(expected !== undefined && { expected }), newer, sections };
}

function goneOf({ state, since, confirmed }: PageGone): NonNullable<PolicyTextFact['gone']> {
  return { state, since: Date.parse(since), confirmed };
}

function unknownOf({ since, why }: PageUnknown): NonNullable<PolicyTextFact['unknown']> {
  return { since: Date.parse(since), why };
}
