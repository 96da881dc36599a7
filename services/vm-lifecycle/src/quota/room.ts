import type { Tx } from '@huismeester/database';
import { and, eq, inArray } from 'drizzle-orm';
import { answerOf } from '../adapters/call.ts';
import type { No } from '../core/no.ts';
import { overReserve } from '../core/quota.ts';
import { rootDisk } from '../core/size-of-config.ts';
import type { Hypervisor, Maker, Place } from '../ports.ts';
import { act, creation, vm } from '../schema.ts';
import { sizeOfVm } from './account.ts';
import type { Limits } from './limits.ts';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

/** What a node's memory and storages have, as last measured; nothing of what could not be. */
export interface Readings {
  /** MiB. */
  readonly memory?: { readonly used: number; readonly total: number };
  /** GiB, by the storage's name. */
  readonly storages: ReadonlyMap<string, { readonly used: number; readonly total: number }>;
  /** Where the guest's root disk is. */
  readonly storage?: string;
}

/**
 * Measures the node of a guest, and where its disk is, for a command that is about to be decided: never inside its transaction. What cannot be
 * measured now is left out.
 */
export async function measure(
  maker: Pick<Maker, 'storages'> | undefined,
  hypervisor: Pick<Hypervisor, 'nodes' | 'sizedConfig'> | undefined,
  place: Place,
): Promise<Readings> {
  const storages = new Map<string, { used: number; total: number }>();
  if (maker === undefined || hypervisor === undefined) return { storages };
  const seen = await answerOf(async () => {
    const [nodes, found, config] = await Promise.all([
      hypervisor.nodes(),
      maker.storages(place.node),
      hypervisor.sizedConfig(place),
    ]);
    return { nodes, found, config };
  });
  if ('code' in seen) return { storages };
  for (const { storage, usedBytes, totalBytes } of seen.found) {
    if (usedBytes !== undefined && totalBytes !== undefined)
      storages.set(storage, { used: usedBytes / GiB, total: totalBytes / GiB });
  }
  const memory = seen.nodes.find(({ name }) => name === place.node)?.memory;
  const disk = rootDisk(seen.config.disks);
  return {
    storages,
    ...(disk && { storage: disk.storage }),
    ...(memory && { memory: { used: memory.used / MiB, total: memory.total / MiB } }),
  };
}

/** The name under which what is about to be used of a node is locked. */
export function reserveScope({
  hypervisor,
  node,
}: {
  readonly hypervisor: string;
  readonly node: string;
}): string {
  return `reserve/${hypervisor}/${node}`;
}

interface Asked {
  readonly hypervisor: string;
  readonly node: string;
  readonly memoryMib: number;
  readonly storage?: string | undefined;
  readonly diskGib: number;
}

/**
 * Why a node or a storage has no room for this; undefined when it has. What is about to run there counts beside what was measured. For a
 * command that holds {@link reserveScope}.
 */
export async function overRoom(
  tx: Tx,
  { reserve }: Limits,
  readings: Readings,
  asked: Asked,
): Promise<No | undefined> {
  const { hypervisor, node, memoryMib, storage, diskGib } = asked;
  const { memory } = readings;
  if (memory && memoryMib > 0) {
    const room = { of: `memory of node ${node}`, ...memory, most: reserve.memory, unit: 'MiB' } as const;
    const intended = await memoryIntended(tx, asked);
    const over = overReserve({ ...room, intended }, memoryMib, await runningOn(tx, { hypervisor, node }));
    if (over) return over;
  }
  const space = storage === undefined ? undefined : readings.storages.get(storage);
  if (!space) return undefined;
  const room = { of: `storage ${storage}`, ...space, most: reserve.storage, unit: 'GiB' } as const;
  return overReserve({ ...room, intended: 0 }, diskGib);
}

/** MiB of what is about to start on a node: what people asked, and what is being made and does not run yet. */
async function memoryIntended(tx: Tx, where: Asked): Promise<number> {
  let sum = await startsOn(tx, where);
  const making = await tx
    .select()
    .from(creation)
    .where(and(eq(creation.open, true), eq(creation.hypervisor, where.hypervisor)));
  for (const { state } of making)
    if (state.node === where.node && state.step !== 'waiting-for-address') sum += state.memoryMib;
  return sum;
}

type OnNode = Pick<Asked, 'hypervisor' | 'node'>;

/** MiB of what people asked to start on a node, and that is not over. */
export async function startsOn(tx: Tx, { hypervisor, node }: OnNode): Promise<number> {
  const open = await tx.select().from(act).where(eq(act.open, true));
  const here = open.filter(
    ({ state }) => state.what === 'start' && state.hypervisor === hypervisor && state.node === node,
  );
  let sum = 0;
  for (const each of new Set(here.map((one) => one.vm))) sum += (await sizeOfVm(tx, each)).memoryMib;
  return sum;
}

/** The VMs of participants that run on a node. */
export async function runningOn(tx: Tx, { hypervisor, node }: OnNode): Promise<string[]> {
  const rows = await tx
    .select({ id: vm.id })
    .from(vm)
    .where(
      and(
        eq(vm.hypervisor, hypervisor),
        eq(vm.node, node),
        eq(vm.status, 'running'),
        inArray(vm.class, ['participant']),
      ),
    );
  return rows.map(({ id }) => id);
}
