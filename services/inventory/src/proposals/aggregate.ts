import { aggregate, type Made } from '@huismeester/events';
import { evolveProposal } from '../core/proposals/answer.ts';
import type { Answered } from '../core/proposals/proposals.ts';
import { proposal } from '../schema.ts';

type ProposalMade = Made<'proposal.dismissed'> | Made<'proposal.confirmed'> | Made<'proposal.reopened'>;

/** What was answered to proposals, by their ids. */
export const proposals = aggregate({
  kind: 'proposal',
  table: proposal,
  initial: undefined,
  evolve: (known: Answered | undefined, event: ProposalMade) => evolveProposal(known, event),
});
