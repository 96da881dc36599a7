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
import { lt, notInArray, sql } from 'drizzle-orm';
import { type Static, Type } from 'typebox';
import { Check } from 'typebox/value';
import { desired, desiredNode } from './schema.ts';

/** policy's snapshot of a desired state: as it was decided, and by which event. */
const Decided = Type.Intersect([DesiredState, Type.Object({ decision: Type.String({ format: 'uuid' }) })]);
type Decided = Static<typeof DesiredState> & { decision: string; correlation: string };
const DecidedNode = Type.Intersect([
  DesiredNodeState,
  Type.Object({ decision: Type.String({ format: 'uuid' }) }),
]);
type DecidedNode = Static<typeof DesiredNodeState> & { decision: string; correlation: string };

/** What vm-lifecycle takes from policy: the newest decision about each VM and node, and with each a look whether it is met. */
export function consumes(tasks: Pick<Tasks, 'enqueue'>): {
  handlers: Handlers;
  snapshot: (tx: Tx, snapshot: Snapshot) => Promise<void>;
} {
  return {
    handlers: {
      'desired-state.decided': async (tx: Tx, event: EventOf<'desired-state.decided'>) => {
        const news = { ...event.data, decision: event.id, correlation: event.correlationid };
        await save(tx, [news], { onlyNewer: true });
        await tasks.enqueue(tx, { kind: 'reconcile', key: event.data.vm });
      },
      'node-state.decided': async (tx: Tx, event: EventOf<'node-state.decided'>) => {
        const news = { ...event.data, decision: event.id, correlation: event.correlationid };
        await saveNodes(tx, [news], { onlyNewer: true });
        await tasks.enqueue(tx, { kind: 'node', key: keyOf(event.data) });
      },
    },
    snapshot: async (tx, { entities }) => {
      const decided = entities.flatMap(({ state }) =>
        Check(Decided, state) ? [{ ...state, correlation: state.decision }] : [],
      );
      const vms = decided.map(({ vm }) => vm);
      await tx.delete(desired).where(vms.length === 0 ? undefined : notInArray(desired.vm, vms));
      await save(tx, decided, { onlyNewer: false });
      for (const vm of vms) await tasks.enqueue(tx, { kind: 'reconcile', key: vm });
      await takeNodes(tx, entities, tasks);
    },
  };
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
  entities: Snapshot['entities'],
  tasks: Pick<Tasks, 'enqueue'>,
): Promise<void> {
  // A policy of before gives nodes no id.
  const decided = entities.flatMap(({ state }) => {
    const newest =
      typeof state === 'object' && state !== null ? upcastData('node-state.decided', 1, state) : state;
    return Check(DecidedNode, newest) ? [{ ...newest, correlation: newest.decision }] : [];
  });
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
    const { hypervisor, node, state, generation, mode, validUntil, decision, correlation } = each;
    const row = {
      ...{ id: keyOf(each), hypervisor, node, state, generation, mode, decision, correlation },
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

function keyOf({ hypervisor, node }: { hypervisor: string; node: string }): string {
  return nodeId(hypervisor, node);
}
