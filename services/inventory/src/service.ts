import { defineService } from '@huismeester/service';
import { type Inside, type Inventory, usedSettings } from './inside.ts';
import { nothingOutside } from './ports.ts';
import { tables } from './schema.ts';
import { entitiesOf } from './snapshot.ts';

/** inventory: what there is, on whose hardware it runs, who can run it, and where each design decision stands. */
export const createInventory = defineService({
  name: 'inventory',
  migrations: new URL('../migrations', import.meta.url),
  tables,
  settings: usedSettings,
  open: (_: Inventory): Inside => ({ outside: nothingOutside }),
  consumes: () => [],
  loops: () => [],
  routes: () => async () => {},
  entities: (tx) => entitiesOf(tx),
});
