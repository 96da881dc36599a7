import { aggregate, type Made, newEvent } from '@huismeester/events';
import { Type } from 'typebox';
import { commandRoute, defineService, itemRoute, listRoute } from '../../src/index.ts';
import { holding as table, tables } from './schema.ts';

const Holding = Type.Object({ id: Type.String(), because: Type.String(), until: Type.String() });
const until = '2030-01-01T00:00:00.000Z';
const roles = ['administrator', 'board'] as const;
const Params = Type.Object({ id: Type.String() });

type HoldingEvent = Made<'hold.placed'> | Made<'hold.released'>;
interface State {
  readonly because: string;
  readonly until: string;
}

const holdings = aggregate({
  kind: 'hold',
  table,
  initial: undefined,
  evolve: (_: State | undefined, event: HoldingEvent): State | undefined =>
    event.type === 'hold.placed' ? { because: event.data.because, until: event.data.until } : undefined,
});

const toResource = (id: string, { because, until: end }: State) => ({ id, because, until: end });

/** A small service made by `defineService`: one aggregate with commands, a list, an item, a loop, a gauge. */
export const createHoldings = defineService({
  name: 'policy',
  migrations: new URL('migrations', import.meta.url),
  tables,
  settings: ['site'],
  overrides: { seen: [] as string[] },
  open: ({ settings, overrides: { seen } }) => {
    seen.push(`opened for ${settings.site.id}`);
    return { seen };
  },
  loops: (_, { seen }) => [
    { start: () => void seen.push('loop'), close: async () => void seen.push('closed') },
  ],
  state: (_, { seen }) => void seen.push('state'),
  routes: (service) => async (app) => {
    const { database, log } = service;
    const all = async () =>
      (await database.orm.select().from(table)).map(({ id, ...state }) => toResource(id, state));
    listRoute(app, { url: '/holds', roles, summary: 'All', item: Holding, order: ['id'], all });
    itemRoute(app, {
      url: '/holds/:id',
      roles,
      summary: 'One',
      item: Holding,
      params: Params,
      find: async ({ id }) => (await all()).find((each) => each.id === id),
      missing: ({ id }) => `There is no hold ${id}`,
    });
    commandRoute(app, service, {
      method: 'POST',
      url: '/holds',
      roles,
      summary: 'Hold',
      body: Type.Object({ id: Type.String(), because: Type.String() }),
      answer: Holding,
      creates: { at: ({ id }) => `/holds/${id}` },
      run: async (tx, { body: { id, because }, who }) => {
        const data = { hold: id, target: 'vm/1', until, because };
        const decide = () => [newEvent('hold.placed', `hold/${id}`, data)];
        const found = await holdings.handle(tx, { log, id, actor: who.name, only: 'new', decide });
        return 'refused' in found ? found : { id, because, until };
      },
    });
    commandRoute(app, service, {
      method: 'DELETE',
      url: '/holds/:id',
      roles,
      summary: 'Release',
      params: Params,
      run: async (tx, { params: { id }, who, matches }) => {
        const found = await holdings.handle(tx, {
          log,
          id,
          actor: who.name,
          only: 'existing',
          ifMatch: ({ state }) => matches(toResource(id, state)),
          decide: () => [
            newEvent('hold.released', `hold/${id}`, { hold: id, target: 'vm/1', how: 'released' }),
          ],
        });
        return 'refused' in found ? found : undefined;
      },
    });
  },
  entities: async (tx) => {
    const rows = await tx.select().from(table);
    return rows.map(({ id, ...state }) => ({ subject: `hold/${id}`, state }));
  },
});
