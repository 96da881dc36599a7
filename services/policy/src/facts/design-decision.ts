import type {
  DesignDecisionEntity,
  DesignDecisionFields,
  EventOf,
  PageUnknown,
  WikiPage,
} from '@huismeester/contracts';

/** A design decision and its page of the wiki (CORE-5, SPACE-6), from inventory's events alone; times in ms since 1970. Kept by its id. */
export interface DesignDecisionFact {
  readonly decision: string;
  readonly status: DesignDecisionFields['status'];
  readonly item?: string;
  readonly project?: string;
  /** The title of its page, as it was registered: one that was moved keeps it. */
  readonly page?: string;
  /** What the wiki last said of that page; missing before it was read. */
  readonly read?: PageRead;
  /** Nothing can be read of it since then, though the wiki answers. */
  readonly unknown?: { readonly since: number; readonly why: string };
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

/** `confirmed`: two looks, 6 h apart or more, said so. */
export interface PageRead {
  readonly state: WikiPage['state'];
  readonly since: number;
  readonly confirmed: boolean;
}

export type DesignDecisionEvent = EventOf<
  | 'design-decision.registered'
  | 'design-decision.changed'
  | 'design-decision.removed'
  | 'design-decision.page-read'
  | 'design-decision.page-unknown'
>;

/** Folds one of inventory's events into what is known of a design decision; undefined: it is registered no more, or was never seen. */
export function evolveDesignDecision(
  known: DesignDecisionFact | undefined,
  event: DesignDecisionEvent,
): DesignDecisionFact | undefined {
  switch (event.type) {
    case 'design-decision.registered':
      return said(event.data);
    case 'design-decision.changed': {
      if (known === undefined) return undefined;
      const after = said(event.data);
      // Of another page the wiki said nothing yet.
      if (known.page !== after.page) return after;
      const { read, unknown } = known;
      return { ...after, ...(read && { read }), ...(unknown && { unknown }) };
    }
    case 'design-decision.removed':
      return undefined;
    case 'design-decision.page-read': {
      if (known === undefined) return undefined;
      const { unknown: _, ...rest } = known;
      return { ...rest, read: readOf(event.data) };
    }
    case 'design-decision.page-unknown':
      return known && { ...known, unknown: unknownOf(event.data) };
  }
}

/** The design decision as inventory's snapshot has it: the same as a fold of its events. */
export function designDecisionFrom(entity: DesignDecisionEntity): DesignDecisionFact {
  const { read, unknown } = entity;
  return {
    ...said(entity),
    ...(read && { read: readOf(read) }),
    ...(unknown && { unknown: unknownOf(unknown) }),
  };
}

function said(fields: DesignDecisionFields & { readonly decision: string }): DesignDecisionFact {
  const { decision, status, item, project, page } = fields;
  return {
    decision,
    status,
    ...(item !== undefined && { item }),
    ...(project !== undefined && { project }),
    ...(page !== undefined && { page }),
  };
}

function readOf({ state, since, confirmed }: WikiPage): PageRead {
  return { state, since: Date.parse(since), confirmed };
}

function unknownOf({ since, why }: PageUnknown): NonNullable<DesignDecisionFact['unknown']> {
  return { since: Date.parse(since), why };
}
