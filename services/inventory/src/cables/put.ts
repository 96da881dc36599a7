import type { CableFields, CableResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, lockScopes, type Refusal, refuse } from '@huismeester/events';
import type { Cable } from '../core/cable.ts';
import { refusalOf, takenRefusal } from '../core/fault.ts';
import { nextCableId } from '../core/item-id.ts';
import { type CablePlan, planCables, type WantedCable } from '../core/plan-cables.ts';
import { graphScope } from '../items/aggregate.ts';
import type { Put } from '../items/put.ts';
import { readCables } from '../items/register.ts';
import { type ItemDeps, readItems } from '../items/world.ts';
import { cableScope, cables } from './aggregate.ts';

type CableDeps = Pick<ItemDeps, 'log'>;

/** Many cables, as they are to be. */
interface ManyCables {
  readonly actor: string;
  readonly wanted: readonly WantedCable[];
  /** Nothing is written: what would follow is answered alone. */
  readonly dryRun?: boolean;
}

/** Records and changes many cables in the caller's transaction, all of them or none. The scope `cables` is locked until the commit. */
export async function recordCables(
  tx: Tx,
  { log }: CableDeps,
  { actor, wanted, dryRun = false }: ManyCables,
): Promise<Put> {
  let plan: CablePlan | undefined;
  const done = await cables.handleAll(tx, {
    log,
    actor,
    // An end is at an item that is not retired meanwhile.
    scope: [cableScope, graphScope],
    read: readItems,
    decide(known, items) {
      plan = planCables({ items, cables: known }, wanted);
      if (plan.faults.length > 0) return refuse('faults', 'Not all of these cables can be so');
      return dryRun ? [] : plan.events;
    },
  });
  if (plan === undefined)
    throw new Error(`nothing was decided about cables: ${isRefusal(done) && done.title}`);
  const { faults, new: added, changed } = plan;
  return { faults, new: added, changed };
}

interface OneCable {
  /** Left out: the next free one. */
  readonly id?: string | undefined;
  readonly fields: CableFields;
  readonly actor: string;
  readonly only: 'new' | 'existing';
  readonly matches: (resource: unknown) => boolean;
}

/** Records a cable, or changes one. */
export async function putCable(
  tx: Tx,
  { log }: CableDeps,
  { id: given, fields, actor, only, matches }: OneCable,
): Promise<CableResource | Refusal> {
  await lockScopes(tx, log.service, [cableScope, graphScope]);
  const world = { items: await readItems(tx), cables: await readCables(tx) };
  if (only === 'new' && given !== undefined && world.cables.has(given)) return takenRefusal('cable', given);
  const id = given ?? (await freeId(tx, log, world.cables));
  const done = await cables.handle(tx, {
    log,
    id,
    actor,
    only,
    ifMatch: ({ state }) => matches(cableResource(id, state)),
    decide() {
      const { faults, events } = planCables(world, [{ id, fields }]);
      return refusalOf(faults, ({ field }) => `body.${field}`) ?? events;
    },
  });
  if (isRefusal(done)) return done;
  if (!done.state) throw new Error(`cable ${id} was recorded and is not there`);
  return cableResource(id, done.state);
}

/** An id that no cable has or had: what is in the log of it is of one cable alone. */
async function freeId(tx: Tx, log: CableDeps['log'], cables: ReadonlyMap<string, unknown>): Promise<string> {
  for (let count = cables.size; ; count += 1) {
    const id = nextCableId((each) => cables.has(each), count);
    if ((await log.versionIn(tx, `cable/${id}`)) === 0) return id;
  }
}

/** There is no such cable any more. */
export async function removeCable(
  tx: Tx,
  { log }: CableDeps,
  { id, actor, matches }: Pick<OneCable, 'actor' | 'matches'> & { readonly id: string },
): Promise<Refusal | undefined> {
  const done = await cables.handle(tx, {
    log,
    id,
    actor,
    only: 'existing',
    scope: cableScope,
    ifMatch: ({ state }) => matches(cableResource(id, state)),
    decide: () => [{ type: 'cable.removed', subject: `cable/${id}`, data: { cable: id } }],
  });
  return isRefusal(done) ? done : undefined;
}

/** A cable as REST shows it. */
export function cableResource(id: string, { since, fields }: Cable): CableResource {
  return { id, ...fields, since: since.toISOString() };
}
