import type { Managed } from '../acting/context.ts';
import type { Parts } from '../parts.ts';
import type { Maker } from '../ports.ts';

/** What people's acts are carried out with. */
export interface AskingContext extends Parts {
  /** By the hypervisor's id. */
  readonly hypervisors: ReadonlyMap<string, Managed>;
  /** By the hypervisor's id; of those whose settings name a create token. */
  readonly makers: ReadonlyMap<string, Maker>;
}
