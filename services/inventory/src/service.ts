import { defineService } from '@huismeester/service';
import { fromNetwatch } from './consumes/netwatch.ts';
import { outsideOf } from './consumes/read-outside.ts';
import { fromUpsMonitor } from './consumes/ups-monitor.ts';
import { fromVmLifecycle } from './consumes/vm-lifecycle.ts';
import { type Inside, type Inventory, usedSettings } from './inside.ts';
import { createRegister } from './items/register.ts';
import { cableRoutes } from './routes/cables.ts';
import { csvRoutes } from './routes/csv.ts';
import { designDecisionRoutes } from './routes/design-decisions.ts';
import { designPageRoutes } from './routes/design-pages.ts';
import { impactRoutes } from './routes/impact.ts';
import { itemRoutes } from './routes/items.ts';
import { linkRoutes } from './routes/links.ts';
import { policyTextRoutes } from './routes/policy-text.ts';
import { proposalRoutes } from './routes/proposals.ts';
import { stewardRoutes } from './routes/stewards.ts';
import { tables } from './schema.ts';
import { entitiesOf } from './snapshot.ts';
import { openPages } from './wiki/open.ts';

/** inventory: what there is, on whose hardware it runs, who can run it, and where each design decision stands. */
export const createInventory = defineService({
  name: 'inventory',
  migrations: new URL('../migrations', import.meta.url),
  tables,
  settings: usedSettings,
  open(service: Inventory): Inside {
    const outside = outsideOf(service.settings);
    return { outside, register: createRegister({ ...service, outside }), ...openPages(service) };
  },
  // People fill in the register whether or not anything is seen.
  consumes: ({ log }) => [
    { from: 'ups-monitor', optional: true, ...fromUpsMonitor },
    { from: 'netwatch', optional: true, ...fromNetwatch },
    { from: 'vm-lifecycle', optional: true, ...fromVmLifecycle(log) },
  ],
  loops: (_, { pageLoops }) => pageLoops,
  routes: (service, inside) => async (app) => {
    const all = [
      itemRoutes,
      linkRoutes,
      cableRoutes,
      stewardRoutes,
      impactRoutes,
      designDecisionRoutes,
      designPageRoutes,
      policyTextRoutes,
      proposalRoutes,
      csvRoutes,
    ];
    for (const routes of all) await app.register(routes({ ...service, ...inside }));
  },
  entities: (tx) => entitiesOf(tx),
});
