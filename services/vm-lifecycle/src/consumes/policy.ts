import { Mode, nodeId, PowerState, type Snapshot, Timestamp } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type Handlers, type SnapshotEntity, type Tasks, type UnfitEntity, unfit } from '@huismeester/events';
import { lt, notInArray, sql } from 'drizzle-orm';
import { type Static, Type } from 'typebox';
import { Check } from 'typebox/value';
import { readNodeId, readNodes } from '../adapters/store.ts';
import { guestTarget, nodeTarget, parseTarget, reconcileTask, type Target } from '../core/target.ts';
import { desired } from '../schema.ts';

/**
 * What is read of a decision, and nothing else of it, so that a policy of before and one of after are understood alike: it
 * names a target (`vm/<id>`, `node/<id>`), or, before that, a VM, or a node by its hypervisor. Without a mode it is to be
 * enforced.
 */
const Decision = Type.Object({
  target: Type.Optional(Type.String({ pattern: '^(vm|node)/.' })),
  vm: Type.Optional(Type.String()),
  id: Type.Optional(Type.String()),
  hypervisor: Type.Optional(Type.String()),
  node: Type.Optional(Type.String()),
  state: PowerState,
  generation: Type.Integer({ minimum: 1 }),
  mode: Type.Optional(Mode),
  tier: Type.Optional(Type.String()),
  validUntil: Type.Optional(Timestamp),
});
type Decision = Static<typeof Decision>;

/** In a snapshot the id of the decision and of its chain stand with it; before, the chain was not in it. */
const Chain = Type.Object({
  decision: Type.String({ format: 'uuid' }),
  correlation: Type.Optional(Type.String()),
  correlationid: Type.Optional(Type.String()),
});

/** A decision as it is stored. */
type Row = typeof desired.$inferInsert;

/** Where the snapshot of policy has what is wanted of VMs and of nodes. */
const subjects = /^(desired-state|node-state)\//;

/**
 * What vm-lifecycle takes from policy: the newest decision about each VM and node, and with each a look whether it is met.
 */
export function consumes(tasks: Pick<Tasks, 'enqueue'>): {
  handlers: Handlers;
  snapshot: (tx: Tx, snapshot: Snapshot) => Promise<readonly UnfitEntity[]>;
  entity: (tx: Tx, entity: SnapshotEntity) => Promise<void>;
} {
  const decided = async (
    tx: Tx,
    { id, correlationid, data }: { id: string; correlationid: string; data: Decision },
  ): Promise<void> => {
    const row = await rowOf(tx, data, { decision: id, correlation: correlationid });
    if (row === undefined)
      throw new RangeError('it names no target, VM or node, or a node that is not known by this id');
    await save(tx, row, { onlyNewer: true });
    await tasks.enqueue(tx, reconcileTask(row.target));
  };
  return {
    handlers: { 'desired-state.decided': decided, 'node-state.decided': decided },
    snapshot: async (tx, { entities }) => {
      const rows: Row[] = [];
      const kept: Target[] = [];
      const parked: UnfitEntity[] = [];
      for (const entity of entities) {
        const { subject, state } = entity;
        if (!subjects.test(subject)) continue;
        const row = await rowOfEntity(tx, state);
        if (row) rows.push(row);
        else {
          parked.push(unfit(entity));
          const id = subject.replace(subjects, '');
          kept.push(parseTarget(id) ?? guestTarget(id), nodeTarget(id));
        }
      }
      const targets = [...rows.map(({ target }) => target), ...kept];
      await tx.delete(desired).where(notInArray(desired.target, targets));
      for (const row of rows) await save(tx, row, { onlyNewer: false });
      for (const { target } of rows) await tasks.enqueue(tx, reconcileTask(target));
      return parked;
    },
    async entity(tx, entity) {
      const row = await rowOfEntity(tx, entity.state);
      if (!row) throw unfit(entity).error;
      await save(tx, row, { onlyNewer: false });
      await tasks.enqueue(tx, reconcileTask(row.target));
    },
  };
}

/** An entity of the snapshot; undefined for one that this program cannot read, perhaps of a newer policy. */
async function rowOfEntity(tx: Tx, state: unknown): Promise<Row | undefined> {
  if (!Check(Decision, state) || !Check(Chain, state)) return undefined;
  const { decision, correlation, correlationid = correlation ?? decision } = state;
  return await rowOf(tx, state, { decision, correlation: correlationid });
}

async function rowOf(
  tx: Tx,
  decision: Decision,
  chain: { decision: string; correlation: string },
): Promise<Row | undefined> {
  const target = await targetOf(tx, decision);
  if (target === undefined) return undefined;
  const { state, generation, mode = 'enforce', tier = null, validUntil } = decision;
  const until = validUntil === undefined ? null : new Date(validUntil);
  const outcome = { reached: false, givenUp: false };
  return { target, state, generation, mode, tier, validUntil: until, ...chain, ...outcome };
}

/**
 * A node is known by the id that it got when it was first seen. Policy has that from our events; a policy of before made it
 * of hypervisor and name, which is not always the node's own: undefined for an id that belongs to another node.
 */
async function targetOf(tx: Tx, { target, vm, id, hypervisor, node }: Decision): Promise<Target | undefined> {
  if (target !== undefined) return parseTarget(target);
  if (vm !== undefined) return guestTarget(vm);
  if (hypervisor === undefined || node === undefined) return undefined;
  const known = await readNodeId(tx, { hypervisor, node });
  if (known !== undefined) return nodeTarget(known);
  const own = id ?? nodeId(hypervisor, node);
  const [taken] = await readNodes(tx, own);
  return taken === undefined ? nodeTarget(own) : undefined;
}

/**
 * Replaces older decisions. A snapshot also replaces newer ones, since another epoch counts anew; only the very same
 * decision stays as it stands.
 */
async function save(tx: Tx, row: Row, { onlyNewer }: { onlyNewer: boolean }): Promise<void> {
  const other = sql`${desired.decision} is distinct from ${row.decision}`;
  const setWhere = onlyNewer ? lt(desired.generation, row.generation) : other;
  await tx.insert(desired).values(row).onConflictDoUpdate({ target: desired.target, set: row, setWhere });
}
