import type { PersonId, Vote, VoteOutcome } from '@huismeester/contracts';

/** Who may vote, and what was voted. */
export interface Voting {
  /** E: full members now, without the applicant. */
  readonly electorate: ReadonlySet<PersonId>;
  /** At most one a person; those of others than the electorate are left out of the count. */
  readonly votes: Iterable<{ readonly person: PersonId; readonly vote?: Vote | undefined }>;
  /** Whether the time to vote is over. */
  readonly ended: boolean;
}

/**
 * Counts the votes on an application (JOIN-1). Undefined while it stays open: a vote that is not cast yet could still change the outcome, and the
 * time is not over. With no full member nothing is counted, not even at the end.
 */
export function count({ electorate, votes, ended }: Voting): VoteOutcome | undefined {
  const of = electorate.size;
  if (of === 0) return undefined;
  const cast = { yes: 0, no: 0, abstain: 0 };
  for (const { person, vote } of votes) if (vote !== undefined && electorate.has(person)) cast[vote] += 1;
  const { yes, no, abstain } = cast;
  const outcome = outcomeOf(yes, no, of);
  const uncast = of - yes - no - abstain;
  if (ended || uncast === 0) return outcome;
  // If all who are left abstain, say yes, or say no, and it comes to the same, then it does for every mixture of these.
  const isFinal = outcome === outcomeOf(yes + uncast, no, of) && outcome === outcomeOf(yes, no + uncast, of);
  return isFinal ? outcome : undefined;
}

/** What comes of it when nobody votes any more; `of` so many full members. */
function outcomeOf(yes: number, no: number, of: number): VoteOutcome {
  const need = Math.min(2, of);
  if (yes >= need && yes > no) return 'approved';
  return no >= yes && yes + no >= need ? 'rejected' : 'lapsed';
}
