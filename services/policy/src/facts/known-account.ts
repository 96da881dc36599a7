import type { EventOf, KnownAccountEntity } from '@huismeester/contracts';

/** Whose an account is, by somebody of the team, from membership's events alone: a person's, or no person's. Kept by the account's id. */
export interface KnownAccountFact {
  readonly account: string;
  readonly person?: string;
  /** A service account, with the civil day on which somebody looks at it again (`2027-11-22`). */
  readonly service?: { readonly review: string; readonly steward?: string };
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type KnownAccountEvent = EventOf<
  'known-account.assigned' | 'known-account.registered' | 'known-account.forgotten'
>;

/** Folds one of membership's events into whose an account is; undefined: nobody knows any more. */
export function evolveKnownAccount(event: KnownAccountEvent): KnownAccountFact | undefined {
  return event.type === 'known-account.forgotten' ? undefined : knownAccountFrom(event.data);
}

/** The same from membership's snapshot. */
export function knownAccountFrom({ account, person, review, steward }: KnownAccountEntity): KnownAccountFact {
  if (review === undefined) return { account, ...(person !== undefined && { person }) };
  return { account, service: { review, ...(steward !== undefined && { steward }) } };
}
