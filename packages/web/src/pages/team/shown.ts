import type { ApplicationResource } from '@huismeester/contracts';

/** What each part of an application's page gets. */
export interface Shown {
  readonly of: ApplicationResource;
  readonly called: string;
}
