import {
  DesiredNodeState,
  DesiredState,
  type EventOf,
  nodeId,
  type Snapshot,
  upcastData,
} from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Handlers, Tasks } from '@huismeester/events';
import { eq, lt, notInArray, sql } from 'drizzle-orm';
import { type Static, Type } from 'typebox';
import { Check } from 'typebox/value';
import { desired, desiredNode, node } from './schema.ts';

type Wish = Pick<Static<typeof DesiredState>, 'state' | 'generation' | 'mode' | 'validUntil'>;
type Decided = Wish & { vm: string; decision: string; correlation: string };
type DecidedNode = Wish & { hypervisor: string; node: string; decision: string; correlation: string };

/** What policy's snapshot has beside a decision. */
const ofSnapshot = {
  decision: Type.String({ format: 'uuid' }),
  correlation: Type.Optional(Type.String()),
};
const Entity = Type.Intersect([DesiredState, Type.Object(ofSnapshot)]);
const NodeEntity = Type.Intersect([DesiredNodeState, Type.Object(ofSnapshot)]);

/** What vm-lifecycle takes from policy: the newest decision about each VM and node, and with each a look whether it is met. */
export function consumes(tasks: Pick<Tasks, 'enqueue'>): {
  handlers: Handlers;
  snapshot: (tx: Tx, snapshot: Snapshot) => Promise<void>;
} {
  return {
    handlers: {
      'desired-state.decided': async (tx: Tx, event: EventOf<'desired-state.decided'>) => {
        const chain = { decision: event.id, correlation: event.correlationid };
        const found = await targetOf(tx, event.data.target);
        if (!found) return;
        if ('vm' in found) {
          await save(tx, [{ ...event.data, ...found, ...chain }], { onlyNewer: true });
          await tasks.enqueue(tx, { kind: 'reconcile', key: found.vm });
        } else {
          await saveNodes(tx, [{ ...event.data, ...found, ...chain }], { onlyNewer: true });
          await tasks.enqueue(tx, { kind: 'node', key: keyOf(found) });
        }
      },
      'node-state.decided': async (tx: Tx, event: EventOf<'node-state.decided'>) => {
        const news = { ...event.data, decision: event.id, correlation: event.correlationid };
        await saveNodes(tx, [news], { onlyNewer: true });
        await tasks.enqueue(tx, { kind: 'node', key: keyOf(event.data) });
      },
    },
    snapshot: async (tx, { entities }) => {
      const { guests, nodes } = await decidedOf(tx, entities);
      const vms = guests.map(({ vm }) => vm);
      await tx.delete(desired).where(vms.length === 0 ? undefined : notInArray(desired.vm, vms));
      await save(tx, guests, { onlyNewer: false });
      for (const vm of vms) await tasks.enqueue(tx, { kind: 'reconcile', key: vm });
      await takeNodes(tx, nodes, tasks);
    },
  };
}

/** The VM, or the node, that a target names; undefined for a node that was never seen. */
async function targetOf(
  tx: Tx,
  target: string,
): Promise<{ vm: string } | { hypervisor: string; node: string } | undefined> {
  const [kind, id = ''] = target.split('/');
  if (kind === 'vm') return { vm: id };
  const [found] = await tx.select().from(node).where(eq(node.id, id));
  return found && { hypervisor: found.hypervisor, node: found.node };
}

async function decidedOf(
  tx: Tx,
  entities: Snapshot['entities'],
): Promise<{ guests: Decided[]; nodes: DecidedNode[] }> {
  const guests: Decided[] = [];
  const nodes: DecidedNode[] = [];
  for (const { state: given } of entities) {
    const state = newest(given);
    if (Check(Entity, state)) {
      const { correlation = state.decision } = state;
      const found = await targetOf(tx, state.target);
      if (found && 'vm' in found) guests.push({ ...state, ...found, correlation });
      else if (found) nodes.push({ ...state, ...found, correlation });
    } else if (Check(NodeEntity, state)) nodes.push({ ...state, correlation: state.decision });
  }
  return { guests, nodes };
}

/** An entity as the present schemas have it: a policy of before decided about VMs and nodes apart, and gave nodes no id. */
function newest(state: unknown): unknown {
  if (typeof state !== 'object' || state === null || 'target' in state) return state;
  return upcastData('vm' in state ? 'desired-state.decided' : 'node-state.decided', 1, state);
}

/**
 * Replaces older decisions. A snapshot also replaces newer ones, since another epoch counts anew; only the very same
 * decision stays as it stands.
 */
async function save(
  tx: Tx,
  decided: readonly Decided[],
  { onlyNewer }: { onlyNewer: boolean },
): Promise<void> {
  for (const { vm, state, generation, mode, validUntil, decision, correlation } of decided) {
    const row = {
      vm,
      state,
      generation,
      mode,
      validUntil: validUntil === undefined ? null : new Date(validUntil),
      decision,
      correlation,
      reached: false,
      givenUp: false,
    };
    const other = sql`${desired.decision} is distinct from ${decision}`;
    const setWhere = onlyNewer ? lt(desired.generation, generation) : other;
    await tx.insert(desired).values(row).onConflictDoUpdate({ target: desired.vm, set: row, setWhere });
  }
}

async function takeNodes(
  tx: Tx,
  decided: readonly DecidedNode[],
  tasks: Pick<Tasks, 'enqueue'>,
): Promise<void> {
  const keys = decided.map(keyOf);
  await tx.delete(desiredNode).where(keys.length === 0 ? undefined : notInArray(desiredNode.id, keys));
  await saveNodes(tx, decided, { onlyNewer: false });
  for (const key of keys) await tasks.enqueue(tx, { kind: 'node', key });
}

async function saveNodes(
  tx: Tx,
  decided: readonly DecidedNode[],
  { onlyNewer }: { onlyNewer: boolean },
): Promise<void> {
  for (const each of decided) {
    const { hypervisor, node: name, state, generation, mode, validUntil, decision, correlation } = each;
    const row = {
      ...{ id: keyOf(each), hypervisor, node: name, state, generation, mode, decision, correlation },
      validUntil: validUntil === undefined ? null : new Date(validUntil),
      reached: false,
      givenUp: false,
    };
    const other = sql`${desiredNode.decision} is distinct from ${decision}`;
    const setWhere = onlyNewer ? lt(desiredNode.generation, generation) : other;
    await tx
      .insert(desiredNode)
      .values(row)
      .onConflictDoUpdate({ target: desiredNode.id, set: row, setWhere });
  }
}

function keyOf({ hypervisor, node: name }: { hypervisor: string; node: string }): string {
  return nodeId(hypervisor, name);
}
