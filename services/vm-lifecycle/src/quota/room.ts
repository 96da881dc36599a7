import type { No } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { and, eq, inArray, ne } from 'drizzle-orm';
import { answerOf } from '../adapters/call.ts';
import type { ActState } from '../core/act.ts';
import type { CreationState } from '../core/creation.ts';
import { type AskedRoom, type Intended, overReserve, type Readings, type Reserve } from '../core/reserve.ts';
import { rootDisk } from '../core/size-of-config.ts';
import type { Reader } from '../owning/whose.ts';
import type { Hypervisor, Maker, Place } from '../ports.ts';
import { act, creation, vm } from '../schema.ts';
import { sizeOfVm } from './account.ts';

/** What a guest's node has, as last measured, and where its root disk is. */
export interface Measured {
  readonly readings: Readings;
  readonly storage?: string;
}

/**
 * Measures the node of a guest, and where its disk is, for a command that is about to be decided: never inside its transaction. What cannot be
 * measured now is left out, each for itself: a start is judged by the memory of its node, whatever is known of storages, and without the token that
 * makes VMs.
 */
export async function measure(
  maker: Pick<Maker, 'storages'> | undefined,
  hypervisor: Pick<Hypervisor, 'nodes' | 'sizedConfig'> | undefined,
  { place, at }: { readonly place: Place; readonly at: Date },
): Promise<Measured> {
  if (hypervisor === undefined) return unmeasured(at);
  const [readings, storages, config] = await Promise.all([
    measureNodes(hypervisor, at),
    maker && known(() => maker.storages(place.node)),
    maker && known(() => hypervisor.sizedConfig(place)),
  ]);
  const disk = config && rootDisk(config.disks);
  return {
    readings: { ...readings, storages: new Map(storages ? [[place.node, storages]] : []) },
    ...(disk && { storage: disk.storage }),
  };
}

/** The memory of all nodes alone; as {@link measure}. */
export async function measureNodes(hypervisor: Pick<Hypervisor, 'nodes'>, at: Date): Promise<Readings> {
  const nodes = await known(() => hypervisor.nodes());
  return { at, nodes: nodes ?? [], storages: new Map() };
}

/** The answer to a call; undefined when it failed. */
async function known<T extends object>(call: () => Promise<T>): Promise<T | undefined> {
  const answer = await answerOf(call);
  return 'code' in answer ? undefined : answer;
}

/** Nothing is known. */
export function unmeasured(at: Date): Measured {
  return { readings: { at, nodes: [], storages: new Map() } };
}

interface Where {
  readonly hypervisor: string;
  readonly node: string;
  readonly storage?: string | undefined;
}

/** The names under which what is about to be used of a node, and of a storage, is locked: nodes may share that. */
export function reserveScopes({ hypervisor, node, storage }: Where): string[] {
  const scope = `reserve/${hypervisor}/${node}`;
  return storage === undefined ? [scope] : [scope, `reserve/${hypervisor}/storage/${storage}`];
}

/**
 * Why a node or a storage has no room for this; undefined when it has. What is about to be used there counts beside what was measured. For a
 * command that holds {@link reserveScopes}.
 */
export async function overRoom(
  tx: Tx,
  { readings, reserve }: { readonly readings: Readings; readonly reserve: Reserve },
  { hypervisor, ...asked }: AskedRoom & { readonly hypervisor: string; readonly node: string },
): Promise<No | undefined> {
  const intended = await readIntended(tx, { hypervisor, at: readings.at });
  const mayStop = await runningOn(tx, { hypervisor, node: asked.node });
  return overReserve({ readings, intended, reserve }, asked, mayStop);
}

interface Counting {
  readonly hypervisor: string;
  /** When the rest was measured. */
  readonly at: Date;
  /** Not counted: what is being placed itself. */
  readonly except?: string;
  /** Where something that is being made, and has no node yet, may stand. Left out: it is not counted, and looks for room itself once it is placed. */
  readonly possible?: (state: CreationState) => readonly string[];
  /** On which storage what is being made gets its disk; undefined: any. */
  readonly storageOf?: (state: CreationState) => string | undefined;
}

/** All that is about to be used on a hypervisor, and was not measured: what is being made, and what people asked to start or to enlarge. */
export async function readIntended(from: Reader, counting: Counting): Promise<Intended[]> {
  return [...(await beingMade(from, counting)), ...(await beingAsked(from, counting))];
}

async function beingMade(
  from: Reader,
  { hypervisor, at, except = '', possible, storageOf }: Counting,
): Promise<Intended[]> {
  const rows = await from
    .select({ state: creation.state })
    .from(creation)
    .where(and(eq(creation.open, true), eq(creation.hypervisor, hypervisor), ne(creation.id, except)));
  return rows.flatMap(({ state }) => {
    // What failed uses nothing until it is tried once more.
    if (state.step === 'failed' || state.step === 'cleaning-up') return [];
    const runs = began(state, 'waiting-for-address', at);
    const hasDisk = runs || began(state, 'starting', at);
    return {
      node: state.node,
      possible: possible?.(state) ?? [],
      storage: storageOf?.(state),
      memoryMib: runs ? 0 : state.memoryMib,
      diskGib: hasDisk ? 0 : state.diskGib,
    };
  });
}

/** Whether it had come so far before the measurement, which shows what it uses since. */
function began({ steps }: CreationState, step: CreationState['step'], at: Date): boolean {
  const reached = steps.findLast((each) => each.step === step);
  return reached !== undefined && Date.parse(reached.at) < at.getTime();
}

async function beingAsked(from: Reader, { hypervisor }: Counting): Promise<Intended[]> {
  const open = await from.select().from(act).where(eq(act.open, true));
  const here = open.filter(({ state }) => state.hypervisor === hypervisor);
  const starts = new Map(here.filter(({ state }) => state.what === 'start').map((each) => [each.vm, each]));
  const intended: Intended[] = [];
  for (const { vm: of, state } of starts.values())
    intended.push({ ...on(state), memoryMib: (await sizeOfVm(from, of)).memoryMib, diskGib: 0 });
  for (const { vm: of, state } of here) {
    if (state.size?.diskGib === undefined) continue;
    const [row] = await from.select({ diskGib: vm.diskGib }).from(vm).where(eq(vm.id, of));
    const more = Math.max(0, state.size.diskGib - (row?.diskGib ?? 0));
    intended.push({ ...on(state), memoryMib: 0, diskGib: more });
  }
  return intended;
}

function on({ node }: ActState): Pick<Intended, 'node' | 'possible'> {
  return { node, possible: [node] };
}

/** The VMs of participants that run on a node. */
export async function runningOn(from: Reader, { hypervisor, node }: Where): Promise<string[]> {
  const rows = await from
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
