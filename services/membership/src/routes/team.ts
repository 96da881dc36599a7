import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, PersonId, TeamResource } from '@huismeester/contracts';
import { isRefusal } from '@huismeester/events';
import { commandRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import type { RouteDeps } from '../inside.ts';
import { startTeam } from '../people/start-team.ts';
import { readTeam } from '../people/team.ts';
import { writeLater } from '../people/write-groups.ts';

const Begin = Type.Object(
  { people: Type.Array(PersonId, { maxItems: 100 }), board: PersonId },
  { additionalProperties: false },
);
const Begun = Type.Object({ people: Type.Array(PersonId) });

/** The register of the team, beside what the directory says. */
export function teamRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { log, access, memory } = deps;
  return async (app) => {
    listRoute(app, {
      url: '/team',
      roles: everyRole,
      summary: 'The infrateam: the register, beside the groups of the directory',
      item: TeamResource,
      order: ['person', 'since'],
      filters: ['register', 'differs'],
      all: (_, { who }) => readTeam(deps, who),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/team',
      roles: ['administrator'],
      summary: 'Begin the register of the team, where there is none (TEAM-1)',
      body: Begin,
      answer: Begun,
      statuses: { 'not-a-person': 400, 'not-of-the-board': 400, 'directory-unknown': 503 },
      async run(tx, { body, who }) {
        const begun = await startTeam(
          tx,
          { log, access, actor: who.name, groups: memory.latest()?.groups },
          body,
        );
        if (isRefusal(begun)) return begun;
        await writeLater(
          tx,
          deps,
          begun.map((person) => ({ group: 'team', person })),
        );
        return { people: [...new Set([...body.people, body.board])] };
      },
    });
  };
}
