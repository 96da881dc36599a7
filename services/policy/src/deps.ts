import type { Service } from '@huismeester/service';
import type { Reading } from './desired/gates.ts';
import type { ItemStore } from './desired/item-rows.ts';
import type { PassLoop } from './desired/pass-loop.ts';
import type { SpaceView } from './display/space.ts';
import type { Sender } from './notices/sender.ts';
import type { PageDeps } from './now/open.ts';
import type { Reports } from './report/open.ts';
import type { PolicySettings } from './rules/settings.ts';

/** What policy's routes are given. */
export interface RouteDeps
  extends Pick<Service<never>, 'database' | 'log' | 'clock' | 'tables' | 'consumers' | 'ask'> {
  readonly settings: PolicySettings;
  readonly loop: PassLoop;
  readonly view: SpaceView;
  /** How the reading of each source goes. */
  readonly sources: { readings(): readonly Reading[] };
  readonly sender: Pick<Sender, 'wake'>;
  /** The register of things. */
  readonly items: Pick<ItemStore, 'load'>;
  readonly page: PageDeps;
  readonly reports: Pick<Reports, 'plan' | 'readers' | 'links'>;
}
