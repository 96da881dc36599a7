import type { TaskHandler } from '@huismeester/events';
import type { Managed } from '../acting/context.ts';
import { answerOf } from '../adapters/call.ts';
import { lockGuest } from '../adapters/projection.ts';
import { isAnother } from '../core/incarnation.ts';
import type { LeaseState } from '../core/lease.ts';
import { guestTarget } from '../core/target.ts';
import type { Parts } from '../parts.ts';
import { beginLease } from './begin.ts';
import { beginAsFound } from './found.ts';
import { intendOff, noteOnboot, type OnbootWish, readOnbootWish, takeBackOff } from './onboot.ts';
import { nothingAlong } from './rows.ts';

type LeaseOptions = Parts & { readonly hypervisors: ReadonlyMap<string, Managed> };

const againMs = 60_000;

/**
 * Has a VM have the lease that it should: one that runs and has an owner, and none that goes on, begins one. And its node starts it, or
 * does not, as its lease says.
 */
export function leaseHandler(options: LeaseOptions): TaskHandler {
  const { clock } = options;
  return async ({ key, payload }) => {
    await beginIfNone(options, key, isAdopted(payload) ? 'adopted' : 'seen');
    const judged = await beginAsFound(options, key);
    const wish = await readOnbootWish(options.database.orm, guestTarget(key));
    const isSet = wish === undefined || (await setOnboot(options, wish));
    if (judged && isSet) return undefined;
    return { againAt: new Date(clock.now().getTime() + againMs) };
  };
}

function isAdopted(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'adopted' in payload && payload.adopted === true;
}

async function beginIfNone(
  { database, log, clock, leaseMs }: Parts,
  id: string,
  how: 'adopted' | 'seen',
): Promise<void> {
  await database.transaction(async (tx) => {
    const known = await lockGuest(tx, id);
    if (known?.status !== 'running') return;
    const along = nothingAlong();
    const onlyIf = (newest: LeaseState | undefined) => newest?.over !== false;
    await beginLease(tx, log, along, { id, how, now: clock.now(), lengthMs: leaseMs, onlyIf });
    await log.append(tx, along.events, { expected: along.expected });
  });
}

/** Whether it is done, or cannot be; false: not yet. */
async function setOnboot(options: LeaseOptions, wish: OnbootWish): Promise<boolean> {
  const { guest, onboot } = wish;
  const managed = options.hypervisors.get(guest.hypervisor);
  if (managed === undefined || managed.poller.view(guest).blind !== undefined) return managed === undefined;
  const { hypervisor } = managed.poller;
  const config = await answerOf(() => hypervisor.guestConfig(guest));
  if ('code' in config) return false;
  if (isAnother(guest.incarnation, config) === true) {
    managed.poller.doubt(guest.id);
    return true;
  }
  if (config.onboot === onboot) {
    // One that a person turned off, or on, before us is none of ours.
    if (wish.ours) await noteOnboot(options, wish);
    return true;
  }
  const { setOnboot: set } = hypervisor;
  if (set === undefined) {
    await noteOnboot(options, wish, 'no-create-token');
    return true;
  }
  return await change(options, wish, () => set(guest, onboot, config.digest));
}

/** Has Proxmox change it. That it is turned off is written down first: else what is found off later would be taken for a person's choice. */
async function change(options: LeaseOptions, wish: OnbootWish, set: () => Promise<void>): Promise<boolean> {
  const isFirst = !wish.onboot && !wish.ours;
  if (isFirst) await intendOff(options, wish);
  const answer = await answerOf(async () => {
    await set();
    return {};
  });
  if (!('code' in answer)) await noteOnboot(options, wish);
  else if (answer.code === 'forbidden') await noteOnboot(options, wish, 'no-right');
  else {
    // An earlier request whose answer was lost may still have done it.
    if (isFirst && !answer.mayHaveArrived) await takeBackOff(options, wish);
    return false;
  }
  return true;
}
