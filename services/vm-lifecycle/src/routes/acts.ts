import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Console, gibibytes, mebibytes, PeopleAct, Size, VmAct, VmId } from '@huismeester/contracts';
import { isRefusal } from '@huismeester/events';
import { commandRoute, type Identity, itemRoute, listRoute, Problem } from '@huismeester/service';
import { or, sql } from 'drizzle-orm';
import { type Static, Type } from 'typebox';
import { readAct, type StoredAct } from '../asking/acts.ts';
import { requestAct } from '../asking/request.ts';
import { actResource } from '../asking/resource.ts';
import type { SizeOf } from '../core/act.ts';
import { consoleUrl } from '../core/console-url.ts';
import { mayNot, readsAsTeam } from '../core/may.ts';
import { readOwned } from '../owning/whose.ts';
import { measure, unmeasured } from '../quota/room.ts';
import { act } from '../schema.ts';
import type { PeopleDeps } from './people-deps.ts';

const askers = ['administrator', 'infrateam', 'trial', 'board', 'participant'] as const;
const Params = Type.Object({ id: VmId });
const NewSizeBody = Type.Object(
  {
    cores: Type.Optional(Type.Integer({ minimum: 1, maximum: 512 })),
    memory: Type.Optional(Size),
    disk: Type.Optional(Size),
  },
  { additionalProperties: false },
);
const Body = Type.Object(
  {
    act: PeopleAct,
    name: Type.Optional(
      Type.String({ maxLength: 100, description: 'The VM’s name, typed: for stop and delete' }),
    ),
    size: Type.Optional(
      Type.Union([Type.Enum(['s', 'm', 'l'] as const), NewSizeBody], {
        description: 'One of the sizes of the space, or what is to be different',
      }),
    ),
  },
  { additionalProperties: false },
);
/** So many are listed, the newest. */
const listed = 1_000;

/** What people ask of a VM: its power, its size and its end. Long, since it is a list of routes. */
export function actRoutes(deps: PeopleDeps): FastifyPluginAsyncTypebox {
  const { database, asker, makers, tasks, log, limits } = deps;
  const show = (stored: StoredAct) => actResource(stored, asker.waiting(stored.id));
  return async (app) => {
    commandRoute(app, deps, {
      method: 'POST',
      url: '/vms/:id/acts',
      roles: askers,
      summary:
        'Ask something of a VM: start, shutdown, reboot, stop, resize, delete (PART-2, PART-3, SPACE-5)',
      params: Params,
      body: Body,
      answer: VmAct,
      creates: { at: ({ id }) => `/acts/${id}`, status: 202 },
      statuses: {
        'not-allowed': 403,
        'project-not-retired': 403,
        'name-not-typed': 400,
        'not-larger': 400,
        'not-identified': 503,
      },
      // What a node has is measured before the transaction in which that is judged, and only for who may ask.
      async prepare({ params, body: { act: what }, who }) {
        const at = deps.clock.now();
        if (what !== 'start' && what !== 'resize') return unmeasured(at);
        const owned = await readOwned(database.orm, params.id);
        if (owned === undefined || mayNot(what, who, owned.whose)) return unmeasured(at);
        const { vm } = owned;
        const hypervisor = deps.hypervisors.get(vm.hypervisor)?.poller.hypervisor;
        return await measure(makers.get(vm.hypervisor), hypervisor, { place: vm, at });
      },
      async run(tx, { params, body, who, prepared: measured }) {
        const named = typeof body.size === 'string' ? deps.sizes[body.size] : body.size;
        const size = named && sizeOfBody(named);
        const asked = { vm: params.id, what: body.act, name: body.name, size, who };
        const canChange = (hypervisor: string) => makers.has(hypervisor);
        const made = await requestAct(tx, { log, tasks, limits, canChange, measured }, asked);
        return isRefusal(made) ? made : actResource(made);
      },
    });
    listRoute(app, {
      url: '/acts',
      roles: askers,
      summary: 'What people asked of VMs, newest first: one’s own, or all for the team and the board',
      item: VmAct,
      order: ['-requested', 'id'],
      filters: ['vm', 'state'],
      all: async (_, { who }) => {
        const newestFirst = sql`${act.state} ->> 'requestedAt' desc`;
        const rows = await database.orm
          .select()
          .from(act)
          .where(readsAsTeam(who) ? undefined : isOf(who))
          .orderBy(newestFirst)
          .limit(listed);
        return rows.map(show);
      },
    });
    itemRoute(app, {
      url: '/acts/:id',
      roles: askers,
      summary: 'What somebody asked of a VM, and how far it is',
      item: VmAct,
      params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
      find: async ({ id }, { who }) => {
        const found = await readAct(database.orm, id);
        return found && maySee(found, who) ? show(found) : undefined;
      },
      missing: ({ id }) => `There is no act ${id} that you may see`,
    });
    itemRoute(app, {
      url: '/vms/:id/console',
      roles: askers,
      summary: 'A link to the VM’s console in Proxmox, where one logs in as oneself',
      item: Console,
      params: Params,
      find: async ({ id }, { who }) => {
        const owned = await readOwned(database.orm, id);
        if (owned === undefined) return undefined;
        const no = mayNot('console', who, owned.whose);
        if (no) throw new Problem(403, no.code, no.title, no);
        const url = deps.urls.get(owned.vm.hypervisor);
        return url === undefined ? undefined : { url: consoleUrl(url, owned.vm) };
      },
      missing: ({ id }) => `There is no VM ${id} in a listed pool`,
    });
  };
}

/** As `maySee`, of who does not read as the team. */
function isOf({ person = '' }: Identity) {
  return or(sql`${act.state} ->> 'person' = ${person}`, sql`${act.state} ->> 'owner' = ${person}`);
}

/** Whose act it is, whose VM it is about, and who reads as the team. */
function maySee({ state }: StoredAct, who: Identity): boolean {
  if (readsAsTeam(who)) return true;
  return who.person !== undefined && (state.person === who.person || state.owner === who.person);
}

function sizeOfBody({ cores, memory, disk }: Static<typeof NewSizeBody>): SizeOf {
  return {
    ...(cores !== undefined && { cores }),
    ...(memory !== undefined && { memoryMib: mebibytes(memory) }),
    ...(disk !== undefined && { diskGib: gibibytes(disk) }),
  };
}
