import type { EventData, ProposalId } from '@huismeester/contracts';
import type { Answered } from './proposals.ts';

type ProposalEventType = 'proposal.dismissed' | 'proposal.confirmed' | 'proposal.reopened';

/** An event of a proposal, before it is in the log. */
export type NewProposalEvent = {
  [T in ProposalEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[ProposalEventType];
export type ProposalEvent = NewProposalEvent & { readonly time: Date };

/** What was answered to a proposal, after the event; undefined: nothing. */
export function evolveProposal(_: Answered | undefined, event: ProposalEvent): Answered | undefined {
  switch (event.type) {
    case 'proposal.dismissed':
      return { since: event.time, item: null };
    case 'proposal.confirmed':
      return { since: event.time, item: event.data.item };
    case 'proposal.reopened':
      return undefined;
  }
}

/** It is not to be registered; nothing where that was said already. */
export function dismiss(
  proposal: ProposalId,
  known: Answered | undefined,
  because: string | undefined,
): readonly NewProposalEvent[] {
  if (known?.item === null) return [];
  const data = { proposal, ...(because !== undefined && { because }) };
  return [{ type: 'proposal.dismissed', subject: `proposal/${proposal}`, data }];
}

/** It is proposed again. */
export function reopen(proposal: ProposalId): readonly NewProposalEvent[] {
  return [{ type: 'proposal.reopened', subject: `proposal/${proposal}`, data: { proposal } }];
}

/** It was registered as this item: said of what stands for nothing that is seen, by which it would be known. */
export function proposalRegistered(proposal: ProposalId, item: string): readonly NewProposalEvent[] {
  return [{ type: 'proposal.confirmed', subject: `proposal/${proposal}`, data: { proposal, item } }];
}
