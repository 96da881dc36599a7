import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AskedHoldTarget, Duration, everyRole, Hold, milliseconds } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type Consumer, isRefusal } from '@huismeester/events';
import { commandRoute, isUpToDate, itemRoute, listRoute } from '@huismeester/service';
import { eq, gt } from 'drizzle-orm';
import { Type } from 'typebox';
import type { RouteDeps } from '../deps.ts';
import { fromLeases, fromProjects, sourceOf } from '../desired/gates.ts';
import { hold, node, vm } from '../schema.ts';
import { type AskedTarget, type HoldState, holds, type Knowledge, place, release } from './hold.ts';
import { type Asker, type HeldVm, holdsAll, mayNotHold, mayNotRelease } from './may.ts';
import { vmsRunBy } from './runs.ts';

const reads = everyRole;
/** Who asks at all; beside the team the managers of a space-wide project may (SPACE-3), which is judged of each target. */
const asks = ['administrator', 'infrateam', 'trial', 'board', 'participant'] as const;
const Params = Type.Object({ id: Type.String({ maxLength: 64 }) });
const Body = Type.Object(
  {
    target: AskedHoldTarget,
    for: Type.String({ ...Duration, description: 'At most 24h' }),
    because: Type.String({ minLength: 3, maxLength: 500 }),
  },
  { additionalProperties: false },
);

/** Routes of holds: what people put aside for maintenance, whatever the rules want. Long, since it is a list of routes. */
export function holdRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { database, log, clock, consumers, settings } = deps;
  return async (app) => {
    listRoute(app, {
      url: '/holds',
      roles: reads,
      summary: 'What is on hold',
      item: Hold,
      order: ['until', 'since'],
      filters: ['target'],
      all: async () => {
        const found = await database.orm.select().from(hold).where(gt(hold.until, clock.now()));
        return found.map((row) => toResource(row.id, row));
      },
    });
    itemRoute(app, {
      url: '/holds/:id',
      roles: reads,
      summary: 'One hold',
      item: Hold,
      params: Params,
      find: async ({ id }) => {
        const [row] = await database.orm.select().from(hold).where(eq(hold.id, id));
        return row && toResource(id, row);
      },
      missing: ({ id }) => `There is no hold ${id}`,
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/holds',
      roles: asks,
      summary:
        'Put something on hold for maintenance: nothing is done to a VM or node, and what fails is planned',
      body: Body,
      answer: Hold,
      creates: { at: ({ id }) => `/holds/${id}` },
      statuses: { 'not-allowed': 403, 'too-long': 400, 'hold-its-nodes': 400, 'not-read-yet': 503 },
      async run(tx, { body: { target, for: length, because }, who }) {
        const id = randomUUID();
        const asked = { id, target: target as AskedTarget, forMs: milliseconds(length), because };
        const done = await holds.handle(tx, {
          log,
          id,
          actor: who.name,
          only: 'new',
          read: async () => {
            // First: what is read after this is known then. Of probes and switches settings say all there is.
            const upToDate = !/^(vm|node)\//.test(target) || consumers().every(isReadOfTargets);
            const isRunKnown = consumers().every(isReadOfProjects);
            const known = { ...(await knownAs(tx, target, settings.things)), upToDate };
            return { known, vm: await heldVm(tx, target, who, isRunKnown) };
          },
          decide: (_, { known, vm }, { now }) =>
            mayNotHold(asked.target, who, vm) ?? place(asked, known, now),
        });
        if (isRefusal(done)) return done;
        if (!done.state) throw new Error(`hold ${id} was placed and is not there`);
        return toResource(id, done.state);
      },
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/holds/:id',
      roles: asks,
      summary: 'End a hold',
      params: Params,
      statuses: { 'not-allowed': 403 },
      async run(tx, { params: { id }, who, matches }) {
        const done = await holds.handle(tx, {
          log,
          id,
          actor: who.name,
          only: 'existing',
          ifMatch: ({ state }) => matches(toResource(id, state)),
          decide: (state) => (state ? (mayNotRelease(state, who) ?? release(id, state)) : []),
        });
        return isRefusal(done) ? done : undefined;
      },
    });
  };
}

async function knownAs(
  tx: Tx,
  target: string,
  things: ReadonlySet<string>,
): Promise<Omit<Knowledge, 'upToDate'>> {
  const [kind, id = ''] = target.split('/');
  if (kind === 'vm') {
    const [found] = await tx.select().from(vm).where(eq(vm.key, id));
    const incarnation = found?.state.incarnation;
    return { known: found !== undefined, ids: [], ...(incarnation !== undefined && { incarnation }) };
  }
  if (kind === 'node' || kind === 'hypervisor') {
    const nodes = (await tx.select().from(node)).map(({ state }) => state);
    const ids = nodes.flatMap((each) => (kind === 'node' || each.hypervisor === id ? each.id : []));
    return { known: ids.includes(id), ids };
  }
  // Which ports a switch has is netwatch's to know; the command line asks it, and warns.
  const prefix = kind === 'port' ? 'switch/' : `${kind}/`;
  const ids = [...things].flatMap((each) => (each.startsWith(prefix) ? each.slice(prefix.length) : []));
  return { known: ids.includes(id), ids };
}

/** What says whether this person may put this VM on hold; of other targets, and for the team, it is not asked. */
async function heldVm(tx: Tx, target: string, who: Asker, upToDate: boolean): Promise<HeldVm> {
  const others = holdsAll(who) || who.person === undefined ? [] : await vmsRunBy(tx, who.person);
  const id = target.startsWith('vm/') ? target.slice('vm/'.length) : undefined;
  if (id === undefined) return { isRun: false, upToDate, others };
  const [found] = await tx.select().from(vm).where(eq(vm.key, id));
  return { ...(found && { class: found.state.class }), isRun: others.includes(id), upToDate, others };
}

/** Whether a log was read to its head, if it says who runs the project of a VM. */
function isReadOfProjects(consumer: Consumer): boolean {
  const status = consumer.status();
  const readers: readonly string[] = [sourceOf.vm, fromLeases, fromProjects];
  return !readers.includes(status.reader) || isUpToDate(status);
}

/** Whether a log was read to its head, if VMs and nodes are in it: the others name none. */
function isReadOfTargets(consumer: Consumer): boolean {
  const status = consumer.status();
  return status.reader !== sourceOf.vm || isUpToDate(status);
}

/** A hold as REST shows it. */
function toResource(id: string, { target, since, until, because, by, incarnation }: HoldState): Hold {
  const of = incarnation !== null && { incarnation };
  return { id, target, since: since.toISOString(), until: until.toISOString(), because, by, ...of };
}
