import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Setting, type SpaceSettings } from '@huismeester/contracts';
import { listRoute } from '../http/list-route.ts';
import { shownSettings } from './shown.ts';

/** `/settings`: those of this process as it read them, for those who look after Huismeester itself. */
export function settingsRoutes(settings: SpaceSettings): FastifyPluginAsyncTypebox {
  const all = shownSettings(settings);
  return async (app) => {
    app.addHook('onRoute', (route) => {
      route.schema = { ...route.schema, tags: ['settings'] };
    });
    listRoute(app, {
      url: '/settings',
      roles: ['infrateam', 'administrator'],
      summary: 'The settings as they were read; never what is secret',
      item: Setting,
      order: ['path'],
      all: () => all,
    });
  };
}
