import type { DesignDecisionEntity, DesignDecisionFields, EventOf, WikiPage } from '@huismeester/contracts';

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
      return known.read && known.page === after.page ? { ...after, read: known.read } : after;
    }
    case 'design-decision.removed':
      return undefined;
    case 'design-decision.page-read':
      return known && { ...known, read: readOf(event.data) };
  }
}

/** The design decision as inventory's snapshot has it: the same as a fold of its events. */
export function designDecisionFrom(entity: DesignDecisionEntity): DesignDecisionFact {
  return { ...said(entity), ...(entity.read && { read: readOf(entity.read) }) };
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
