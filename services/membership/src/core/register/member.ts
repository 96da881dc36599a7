import type { MemberAct, PersonId } from '@huismeester/contracts';

/** What somebody who is suspended is again afterwards; `until` is the end of a trial, in ISO 8601. */
export interface Before {
  readonly state: 'trial' | 'full';
  readonly until?: string;
}

/** What one full member proposed about a member, and another one has to confirm; times in ISO 8601. */
export interface Proposal {
  readonly act: MemberAct;
  readonly by: PersonId;
  readonly at: string;
  readonly until?: string;
  /** The id of its reason. */
  readonly reason?: string;
}
