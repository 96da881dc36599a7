import { defineService } from '@huismeester/service';
import { usedSettings } from './inside.ts';
import { tables } from './schema.ts';

/** inventory: what there is, on whose hardware it runs, who can run it, and where each design decision stands. */
export const createInventory = defineService({
  name: 'inventory',
  migrations: new URL('../migrations', import.meta.url),
  tables,
  settings: usedSettings,
  open: () => ({}),
  consumes: () => [],
  routes: () => async () => {},
  entities: async () => [],
});
