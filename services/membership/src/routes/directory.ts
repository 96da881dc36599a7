import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { DirectoryResource } from '@huismeester/contracts';
import { newEvent, refuse } from '@huismeester/events';
import { commandRoute, itemRoute } from '@huismeester/service';
import { Type } from 'typebox';
import type { RouteDeps } from '../inside.ts';
import { describeDirectory } from '../people/describe-directory.ts';
import { lockDirectory, saveDirectory } from '../people/directory-row.ts';
import { seesPeople } from './people.ts';
import { noDirectory } from './sessions.ts';

const changes = ['administrator', 'infrateam'] as const;
const Acceptance = Type.Object(
  { change: Type.String({ maxLength: 64, description: 'As GET /directory names it' }) },
  { additionalProperties: false },
);

/** How well the directory is known, and what a person says about it. */
export function directoryRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { opened, memory, log } = deps;
  return async (app) => {
    itemRoute(app, {
      url: '/directory',
      roles: seesPeople,
      summary: 'The directory: whether it is known, and what it has',
      item: DirectoryResource,
      find: () => describeDirectory(deps),
    });
    app.post(
      '/directory/read',
      {
        config: { roles: changes },
        schema: { summary: 'Read the directory now', response: { 200: DirectoryResource } },
      },
      async () => {
        if (opened === undefined) throw noDirectory();
        await opened.looks.now();
        return describeDirectory(deps);
      },
    );
    commandRoute(app, deps, {
      method: 'POST',
      url: '/directory/acceptance',
      roles: changes,
      summary: 'Accept that so much changed in the directory at once',
      body: Acceptance,
      async run(tx, { body: { change }, who }) {
        const { pending } = memory;
        if (opened === undefined || pending === undefined) {
          return refuse('nothing-to-accept', 'No change of the directory waits to be accepted');
        }
        return await opened.looks.accept(tx, change, who.name);
      },
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/directory/confirmation',
      roles: changes,
      summary: 'It is known that the directory gave people another id',
      async run(tx, { who }) {
        const row = await lockDirectory(tx);
        if (row.renumbered === null) return refuse('nothing-to-confirm', 'The directory was not renumbered');
        await saveDirectory(tx, { renumbered: null });
        await log.append(tx, [newEvent('directory.confirmed', 'directory/main', {}, { actor: who.name })]);
        return undefined;
      },
    });
  };
}
