import { defineService } from '@huismeester/service';
import { fromNetwatch } from './consumes/netwatch.ts';
import { outsideOf } from './consumes/read-outside.ts';
import { fromUpsMonitor } from './consumes/ups-monitor.ts';
import { fromVmLifecycle } from './consumes/vm-lifecycle.ts';
import { type Inside, type Inventory, usedSettings } from './inside.ts';
import { tables } from './schema.ts';
import { entitiesOf } from './snapshot.ts';

/** inventory: what there is, on whose hardware it runs, who can run it, and where each design decision stands. */
export const createInventory = defineService({
  name: 'inventory',
  migrations: new URL('../migrations', import.meta.url),
  tables,
  settings: usedSettings,
  open: ({ settings }: Inventory): Inside => ({ outside: outsideOf(settings) }),
  // People fill in the register whether or not anything is seen.
  consumes: () => [
    { from: 'ups-monitor', optional: true, ...fromUpsMonitor },
    { from: 'netwatch', optional: true, ...fromNetwatch },
    { from: 'vm-lifecycle', optional: true, ...fromVmLifecycle },
  ],
  loops: () => [],
  routes: () => async () => {},
  entities: (tx) => entitiesOf(tx),
});
