import type { DecidedBy, PersonId, ApplicationState as Status } from '@huismeester/contracts';

/** An application to the team (JOIN-1, JOIN-2); people by their ids, times in ISO 8601. Votes and reasons are not in it. */
export interface ApplicationState {
  readonly status: Status;
  readonly since: string;
  /** The full member who applied for the person. */
  readonly backer?: PersonId;
  /** Until when full members vote; once it is open. */
  readonly ends?: string;
  /** Days of trial that it begins with; 0: none. */
  readonly trialDays: number;
  /** Who recorded what a meeting decided, until that is confirmed. */
  readonly minutes?: { readonly by: PersonId; readonly at: string };
  readonly approved?: { readonly at: string; readonly how: DecidedBy };
  /** Until when board members in the team may veto what was approved; missing while there is none of them. */
  readonly boardUntil?: string;
  readonly veto?: { readonly by: PersonId; readonly reason: string };
  readonly ended?: { readonly at: string; readonly how?: DecidedBy };
}
