import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { PersonId, PersonResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { newEvent, type Refusal, refuse } from '@huismeester/events';
import { commandRoute, itemRoute, listRoute } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { Type } from 'typebox';
import type { RouteDeps } from '../inside.ts';
import { lockDirectory } from '../people/directory-row.ts';
import { type MemberRow, type PersonRow, readMembers, readPeople } from '../people/person-rows.ts';
import { person } from '../schema.ts';

/** Who may see people by their names. */
export const seesPeople = ['administrator', 'infrateam', 'trial', 'board'] as const;
const confirms = ['administrator', 'infrateam'] as const;
const Params = Type.Object({ id: PersonId });

/** People of the directory. */
export function peopleRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { log } = deps;
  return async (app) => {
    listRoute(app, {
      url: '/people',
      roles: seesPeople,
      summary: 'People of the directory; their names are read there, and stored nowhere',
      item: PersonResource,
      order: ['id', 'uid', 'since'],
      // Not by uid: proxies write URLs to their logs, and no name belongs there.
      filters: ['enabled', 'register'],
      all: () => read(deps),
    });
    itemRoute(app, {
      url: '/people/:id',
      roles: seesPeople,
      summary: 'One person',
      item: PersonResource,
      params: Params,
      find: async ({ id }) => (await read(deps, [id]))[0],
      missing: () => 'There is no such person in the directory',
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/people/:id/confirmation',
      roles: confirms,
      summary: 'It is known that this person has the uid that was another’s',
      params: Params,
      run: async (tx, { params, who }) => await confirm(tx, { log, actor: who.name }, params.id),
    });
  };
}

/** Everybody whom the directory has, or those of these. */
async function read({ database, memory }: RouteDeps, ids?: readonly string[]): Promise<PersonResource[]> {
  return await database.transaction(
    async (tx) => {
      const rows = await readPeople(tx, ids);
      const members = await readMembers(tx);
      return rows
        .filter(({ goneAt }) => goneAt === null)
        .map((row) => resource(row, members.get(row.id), memory));
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

function resource(
  row: PersonRow,
  register: MemberRow | undefined,
  memory: RouteDeps['memory'],
): PersonResource {
  const { id, enabled, roles, groups, since, tookUidOf } = row;
  const shown = memory.shown(id);
  return {
    id,
    ...(shown && { uid: shown.uid }),
    ...(shown?.name !== undefined && { name: shown.name }),
    enabled,
    roles,
    groups: groups.map((group) => ({ group, path: [...memory.path(id, group)] })),
    ...(register && { register: register.state }),
    since: since.toISOString(),
    ...(tookUidOf !== null && { tookUidOf }),
  };
}

async function confirm(
  tx: Tx,
  { log, actor }: Pick<RouteDeps, 'log'> & { actor: string },
  id: string,
): Promise<Refusal | undefined> {
  await lockDirectory(tx);
  const [row] = await readPeople(tx, [id]);
  if (row === undefined || row.goneAt !== null)
    return refuse('not-found', 'There is no such person in the directory');
  if (row.tookUidOf === null) {
    return refuse('nothing-to-confirm', 'This person has no uid that was another’s');
  }
  await tx.update(person).set({ tookUidOf: null }).where(eq(person.id, id));
  const data = { person: id, took_uid_of: row.tookUidOf };
  await log.append(tx, [newEvent('person.confirmed', `person/${id}`, data, { actor })]);
  return undefined;
}
