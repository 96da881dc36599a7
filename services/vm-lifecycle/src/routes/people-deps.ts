import type { SizesSettings } from '@huismeester/contracts';
import type { Service } from '@huismeester/service';
import type { Managed } from '../acting/context.ts';
import type { Asker } from '../asking/carry-out.ts';
import type { Maker } from '../ports.ts';
import type { Limits } from '../quota/limits.ts';

/** What the routes of people's own VMs are made with. */
export interface PeopleDeps
  extends Pick<Service<never>, 'ask' | 'database' | 'log' | 'clock' | 'tables' | 'tasks'> {
  readonly limits: Limits;
  readonly sizes: SizesSettings;
  /** By the hypervisor's id. */
  readonly hypervisors: ReadonlyMap<string, Managed>;
  readonly asker: Asker;
  /** By the hypervisor's id. */
  readonly makers: ReadonlyMap<string, Maker>;
  /** Of each hypervisor's own interface, by its id. */
  readonly urls: ReadonlyMap<string, string>;
}
