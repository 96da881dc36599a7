import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Creation, everyRole, ProjectId, Size } from '@huismeester/contracts';
import { isRefusal } from '@huismeester/events';
import { type Command, commandRoute, type Identity, itemRoute, listRoute } from '@huismeester/service';
import { type TSchema, Type } from 'typebox';
import type { Readings } from '../core/reserve.ts';
import type { Offered } from '../core/templates.ts';
import { beginCreation, type Sizes } from '../creating/begin.ts';
import type { CreatingContext } from '../creating/context.ts';
import type { Stored } from '../creating/creations.ts';
import { giveUpCreation, retryCreation } from '../creating/ending.ts';
import { keysFor } from '../creating/keys.ts';
import { creationResource } from '../creating/resource.ts';
import { readCreation, readCreations } from '../creating/store.ts';
import { measureNodes } from '../quota/room.ts';
import type { tables as Tables } from '../schema.ts';

const Name = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,29}$',
  description: 'a letter, then a-z, 0-9 and -, 30 characters at most; it is the host name, too',
});
const Body = Type.Object(
  {
    name: Name,
    template: Type.String({ maxLength: 64, description: 'As `GET /templates` lists it' }),
    size: Type.Union([
      Type.Enum(['s', 'm', 'l'] as const),
      Type.Object(
        { cores: Type.Integer({ minimum: 1, maximum: 128 }), memory: Size, disk: Size },
        { additionalProperties: false },
      ),
    ]),
    keys: Type.Optional(
      Type.Array(Type.String({ maxLength: 20_000 }), {
        maxItems: 50,
        description:
          'Public SSH keys, a line each; left out: those of the directory, else of your preferences',
      }),
    ),
    project: Type.Optional(ProjectId),
  },
  { additionalProperties: false },
);
const Params = Type.Object({ id: Type.String({ maxLength: 64 }) });

/** Who may make a VM: any participant (PART-2). Whoever is more is a participant too, once they have logged in as themselves. */
const makes = ['participant', 'trial', 'infrateam', 'board', 'administrator'] as const;
/** Who acts for others. */
const actsForAll: ReadonlySet<string> = new Set(['administrator', 'infrateam']);
/** Who reads as the team does. */
const readsAll: ReadonlySet<string> = new Set(['administrator', 'infrateam', 'trial', 'board', 'service']);

interface Deps extends CreatingContext {
  readonly tables: typeof Tables;
  readonly offered: readonly Offered[];
  readonly sizes: Sizes;
}

/** Making a VM, and how far that is. Long, since it is a list of routes. */
export function creationRoutes(deps: Deps): FastifyPluginAsyncTypebox {
  const { database, sites, offered, sizes, ports } = deps;
  const toResource = (made: Stored) =>
    creationResource(made, sites.get(made.hypervisor)?.settings.prefix ?? '');
  const choose =
    (act: typeof retryCreation) =>
    async (
      tx: Parameters<typeof retryCreation>[0],
      {
        params: { id },
        who,
        matches,
        prepared: readings,
      }: Command<typeof Params, TSchema, Readings | undefined>,
    ) => {
      const choice = {
        id,
        actor: who.name,
        maySee: (made: Pick<Stored, 'owner'>) => maySee(who, made),
        mayAct: (made: Pick<Stored, 'owner'>) => mayAct(who, made),
        matches: (made: Stored) => matches(toResource(made)),
        readings,
      };
      const done = await act(tx, deps, choice);
      return isRefusal(done) ? done : toResource(done);
    };
  return async (app) => {
    commandRoute(app, deps, {
      method: 'POST',
      url: '/vms',
      roles: makes,
      person: true,
      summary: 'Make a VM: of a template, within your quota. The answer is what shows how far it is',
      body: Body,
      answer: Creation,
      creates: { at: ({ id }) => `/creations/${id}`, status: 202 },
      statuses: {
        'no-such-template': 400,
        'no-such-project': 400,
        'not-allowed': 403,
        'ask-first': 403,
        'disk-too-small': 400,
        'bad-keys': 400,
        'no-keys': 400,
        'keys-unknown': 503,
      },
      prepare: async ({ body, who }) => await keysFor(ports, personOf(who), body.keys),
      async run(tx, { body, who, prepared: keys }) {
        const { name, template, size, project } = body;
        const asked = { id: randomUUID(), owner: personOf(who), actor: who.name, name, template, size, keys };
        const done = await beginCreation(tx, deps, {
          asked: { ...asked, ...(project !== undefined && { project }) },
          offered,
          sizes,
        });
        return isRefusal(done) ? done : toResource(done);
      },
    });
    listRoute(app, {
      url: '/creations',
      roles: everyRole,
      summary: 'VMs that are being made, or were: your own; the team sees all',
      item: Creation,
      order: ['id', 'name', 'vmid', 'step'],
      filters: ['owner', 'step', 'ready', 'hypervisor'],
      all: async (_, { who }) => {
        if (seesAll(who)) return (await readCreations(database.orm)).map(toResource);
        if (who.person === undefined) return [];
        return (await readCreations(database.orm, { owner: who.person })).map(toResource);
      },
    });
    itemRoute(app, {
      url: '/creations/:id',
      roles: everyRole,
      summary: 'How far the making of a VM is',
      item: Creation,
      params: Params,
      // For who may not read it, it is not there.
      find: async ({ id }, { who }) => {
        const made = await readCreation(database.orm, id);
        return made && maySee(who, made) ? toResource(made) : undefined;
      },
      missing: ({ id }) => `There is no creation ${id}`,
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/creations/:id/retry',
      roles: makes,
      summary: 'Try once more what failed, within your quota',
      params: Params,
      answer: Creation,
      statuses: { 'not-yours': 403 },
      // Before the transaction, and only for who may ask.
      async prepare({ params: { id }, who }) {
        const made = await readCreation(database.orm, id);
        const site = made && mayAct(who, made) ? sites.get(made.hypervisor) : undefined;
        return site && (await measureNodes(site.hypervisor, deps.clock.now()));
      },
      run: choose(retryCreation),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/creations/:id/giving-up',
      roles: makes,
      summary: 'Give up what failed: its name is free, and what it used',
      params: Params,
      answer: Creation,
      statuses: { 'not-yours': 403 },
      run: choose(giveUpCreation),
    });
  };
}

function seesAll({ roles }: Identity): boolean {
  return roles.some((role) => readsAll.has(role));
}

function mayAct(who: Identity, { owner }: Pick<Stored, 'owner'>): boolean {
  return who.person === owner || who.roles.some((role) => actsForAll.has(role));
}

function maySee(who: Identity, { owner }: Pick<Stored, 'owner'>): boolean {
  return seesAll(who) || who.person === owner;
}

/** The route lets in persons alone. */
function personOf({ person }: Identity): string {
  if (person === undefined) throw new Error('a route for persons alone let in nobody in particular');
  return person;
}
