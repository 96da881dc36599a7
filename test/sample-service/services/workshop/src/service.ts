import { defineService } from '@huismeester/service';
import { fromUpsMonitor } from './consumes.ts';
import { machineRoutes } from './routes.ts';
import { machine, tables } from './schema.ts';

/** workshop: its machines, and how often the power failed while they were there. */
export const createWorkshop = defineService({
  name: 'workshop',
  migrations: new URL('../migrations', import.meta.url),
  tables,
  settings: ['site'],
  open: () => ({}),
  consumes: () => [fromUpsMonitor],
  routes: machineRoutes,
  entities: async (tx) => {
    const rows = await tx.select().from(machine);
    return rows.map(({ version, ...state }) => ({ subject: `machine/${state.id}`, version, state }));
  },
});
