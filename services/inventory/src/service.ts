import { defineService } from '@huismeester/service';
import { fromNetwatch } from './consumes/netwatch.ts';
import { outsideOf } from './consumes/read-outside.ts';
import { fromUpsMonitor } from './consumes/ups-monitor.ts';
import { fromVmLifecycle } from './consumes/vm-lifecycle.ts';
import { type Inside, type Inventory, usedSettings } from './inside.ts';
import { createRegister } from './items/register.ts';
import { cableRoutes } from './routes/cables.ts';
import { impactRoutes } from './routes/impact.ts';
import { itemRoutes } from './routes/items.ts';
import { linkRoutes } from './routes/links.ts';
import { stewardRoutes } from './routes/stewards.ts';
import { tables } from './schema.ts';
import { entitiesOf } from './snapshot.ts';

/** inventory: what there is, on whose hardware it runs, who can run it, and where each design decision stands. */
export const createInventory = defineService({
  name: 'inventory',
  migrations: new URL('../migrations', import.meta.url),
  tables,
  settings: usedSettings,
  open(service: Inventory): Inside {
    const outside = outsideOf(service.settings);
    return { outside, register: createRegister({ ...service, outside }) };
  },
  // People fill in the register whether or not anything is seen.
  consumes: () => [
    { from: 'ups-monitor', optional: true, ...fromUpsMonitor },
    { from: 'netwatch', optional: true, ...fromNetwatch },
    { from: 'vm-lifecycle', optional: true, ...fromVmLifecycle },
  ],
  loops: () => [],
  routes: (service, inside) => async (app) => {
    const all = [itemRoutes, linkRoutes, cableRoutes, stewardRoutes, impactRoutes];
    for (const routes of all) await app.register(routes({ ...service, ...inside }));
  },
  entities: (tx) => entitiesOf(tx),
});
