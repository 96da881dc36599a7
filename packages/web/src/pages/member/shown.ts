import type { MemberResource } from '@huismeester/contracts';

/** What each part of a member's page gets. */
export interface Shown {
  readonly of: MemberResource;
  readonly called: string;
}
