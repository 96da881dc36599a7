import type { Tasks } from '@huismeester/events';
import type { Service } from '@huismeester/service';

/** What those who look at hypervisors, and those who act, take of the service. */
export interface Parts extends Pick<Service<never>, 'database' | 'log' | 'clock' | 'logger'> {
  /** To be asked for when it is needed: the tasks are made with a handler that makes requests. */
  readonly tasks: () => Pick<Tasks, 'enqueue'>;
  /** How long a lease is, ms. */
  readonly leaseMs: number;
}
