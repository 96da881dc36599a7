import type { Tx } from '@huismeester/database';
import { isRefusal, newEvent, type Refusal, refuse } from '@huismeester/events';
import { and, eq } from 'drizzle-orm';
import { freeVmid } from '../core/creating/vmid.ts';
import { goesOn } from '../core/creation.ts';
import { guestId } from '../core/observe.ts';
import type { Amounts } from '../core/quota.ts';
import type { Readings } from '../core/reserve.ts';
import type { Reader } from '../owning/whose.ts';
import { quotaScope } from '../quota/account.ts';
import { overRoom, reserveScopes } from '../quota/room.ts';
import { vm } from '../schema.ts';
import { vmidScope } from './cloning.ts';
import type { CreatingContext } from './context.ts';
import { allTaken, type CreationEvent, createTask, creations, type Stored } from './creations.ts';
import { othersOf } from './numbers.ts';
import { readCreation, takenVmids } from './store.ts';

/** Who asks, and for which creation; of another person’s it is as if there was none. */
interface Choice {
  readonly id: string;
  readonly actor: string;
  readonly maySee: (made: Pick<Stored, 'owner'>) => boolean;
  readonly mayAct: (made: Pick<Stored, 'owner'>) => boolean;
  readonly matches: (made: Stored) => boolean;
  /** What the nodes have, before the transaction; left out where that is not known. */
  readonly readings?: Readings | undefined;
}

/** What follows from the choice, under these locks. */
interface Following {
  readonly scope?: readonly string[];
  readonly events: (tx: Tx, made: Stored) => Promise<readonly CreationEvent[] | Refusal>;
}

/**
 * Tries what failed once more, within its owner's quota, and where it is to be started as it stands there within the reserve of its node. Its name was
 * kept for that; of one of which nothing is left the number was not, and it gets another if somebody has it by now.
 */
export async function retryCreation(
  tx: Tx,
  context: CreatingContext,
  choice: Choice,
): Promise<Stored | Refusal> {
  const found = await readCreation(tx, choice.id);
  return await choose(tx, context, choice, {
    scope: found
      ? [
          quotaScope(found.owner),
          vmidScope(found.hypervisor),
          ...(goesOn(found.state) ? reserveScopes(nodeOf(found)) : []),
        ]
      : [],
    events: async (tx, made) => {
      const { id, state } = made;
      const over = await overAgain(tx, context, made, choice.readings);
      if (over) return over;
      const elsewhere = state.left === true ? [] : await freeNumber(tx, context, made);
      if (isRefusal(elsewhere)) return elsewhere;
      return [newEvent('creation.retried', `creation/${id}`, { creation: id }), ...elsewhere];
    },
  });
}

/** Why there is no room for what is tried once more; what runs by now, since somebody started it, uses it already. */
async function overAgain(
  tx: Tx,
  { ports, reserve }: CreatingContext,
  made: Stored,
  readings: Readings | undefined,
): Promise<Refusal | undefined> {
  const { owner, state } = made;
  if (await isRunning(tx, made)) return undefined;
  const { project, memoryMib } = state;
  const over = await ports.takeQuota(tx, { person: owner, project }, usedAgain(state));
  // What is made anew is placed by the same rule.
  if (over || readings === undefined || !goesOn(state)) return over;
  const full = await overRoom(tx, { readings, reserve }, { ...nodeOf(made), memoryMib, diskGib: 0 });
  return full && refuse(full.code, full.title, full);
}

function nodeOf({ hypervisor, state }: Stored): { readonly hypervisor: string; readonly node: string } {
  return { hypervisor, node: state.node ?? '' };
}

async function isRunning(from: Reader, { hypervisor, vmid, state }: Stored): Promise<boolean> {
  if (!goesOn(state)) return false;
  const [row] = await from
    .select({ incarnation: vm.incarnation, status: vm.status })
    .from(vm)
    .where(and(eq(vm.hypervisor, hypervisor), eq(vm.vmid, vmid)));
  return row?.incarnation === state.incarnation && row?.status === 'running';
}

/** What a creation that failed uses once it goes on, beside what is left of it. */
function usedAgain({ left, cores, memoryMib, diskGib }: Stored['state']): Partial<Amounts> {
  return left === true ? { cores, memoryMib } : { vms: 1, cores, memoryMib, diskGib };
}

/** Another number, if somebody has that of the creation. */
async function freeNumber(
  tx: Tx,
  { clock, sites }: CreatingContext,
  { id, hypervisor, vmid: from }: Stored,
): Promise<readonly CreationEvent[] | Refusal> {
  const site = sites.get(hypervisor);
  if (site?.settings.vmids === undefined) return [];
  const { vmids, prefix } = site.settings;
  const taken = new Set([...(await takenVmids(tx, hypervisor)), ...othersOf(site, clock.now())]);
  if (!taken.has(from)) return [];
  const vmid = freeVmid(vmids, taken, from);
  if (vmid === undefined) return allTaken(hypervisor);
  const data = { creation: id, from, vmid, vm: guestId(prefix, vmid) };
  return [newEvent('creation.vmid-changed', `creation/${id}`, data)];
}

/** Gives up what failed: its name is free, and what it used. What may still stand in Proxmox is left there. */
export function giveUpCreation(tx: Tx, context: CreatingContext, choice: Choice): Promise<Stored | Refusal> {
  return choose(tx, context, choice, {
    events: async (_, { id, state }) => [
      newEvent('creation.given-up', `creation/${id}`, { creation: id, left: state.left === true }),
    ],
  });
}

async function choose(
  tx: Tx,
  { log, tasks }: CreatingContext,
  { id, actor, maySee, mayAct, matches }: Choice,
  { scope = [], events }: Following,
): Promise<Stored | Refusal> {
  const done = await creations.handle(tx, {
    log,
    id,
    actor,
    only: 'existing',
    ifMatch: ({ state }) => matches({ ...state, id }),
    scope,
    read: async (_, made) => (made?.state.step === 'failed' ? await events(tx, { ...made, id }) : []),
    decide: (made, following) => {
      if (made === undefined || !maySee(made)) return refuse('not-found', `There is no creation ${id}`);
      if (!mayAct(made))
        return refuse('not-yours', 'Only its owner, and the infrateam, may do this', {
          clause: 'PART-3',
          errors: [{ field: 'person', allowed: 'its owner, and the infrateam' }],
        });
      const { step } = made.state;
      if (step === 'failed') return following;
      return refuse('not-failed', `Only what failed is tried again or given up; this one is ${step}`, {
        errors: [{ field: 'id', found: `a creation that is ${step}`, allowed: 'one that failed' }],
      });
    },
  });
  if ('refused' in done) return done;
  if (!done.state) throw new Error(`creation ${id} has no state`);
  if (done.state.open) await tasks().enqueue(tx, createTask(id));
  return { ...done.state, id };
}
