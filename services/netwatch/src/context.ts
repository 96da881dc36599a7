import type { Service } from '@huismeester/service';
import type { IsOwnAddress } from './about.ts';
import type { Timing } from './core/timing.ts';
import type { About } from './core/world.ts';
import type { Ledger } from './ledger.ts';

/** netwatch with the parts of `space.yaml` that it uses. */
export type Netwatch = Service<
  'site' | 'ups' | 'hypervisors' | 'switches' | 'traps' | 'probes',
  { timing: Timing; isOwnAddress: IsOwnAddress }
>;

/** All verdicts as they are now, and what settings say of the things. */
export interface Known {
  readonly ledger: Pick<Ledger, 'world' | 'post'>;
  readonly about: (thing: string) => About;
}
