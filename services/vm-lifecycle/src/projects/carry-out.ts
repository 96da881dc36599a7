import { type HypervisorSettings, rightsOfCall } from '@huismeester/contracts';
import { isRefusal, type NewEvent, type TaskHandler } from '@huismeester/events';
import { answerOf } from '../adapters/call.ts';
import type { Class } from '../core/guest.ts';
import { isAnother } from '../core/incarnation.ts';
import { reclassify } from '../core/project-decide.ts';
import { classWanted, isCarriedOut, type Promotion } from '../core/promotion.ts';
import { areAllMoved, lackingForMove, type MovePlan, planMove } from '../core/promotion-moves.ts';
import type { Parts } from '../parts.ts';
import type { Hypervisor } from '../ports.ts';
import { projects, promotions } from './aggregates.ts';
import type { Mover } from './mover.ts';
import { readPromotions, type VmOfProject, vmsOf } from './read.ts';
import { isMaking } from './register.ts';

const actor = 'service:vm-lifecycle';
/** A listing shows a move within a poll or two. */
const afterAskMs = 1_000;
/** Somebody is to do something: look now and then. */
const waitMs = 5_000;
const afterFailureMs = 30_000;
/** One more VM was granted, and nobody has made it yet. */
const notMadeYetMs = 60_000;

/** What carries out decisions about projects. */
export interface MoveContext extends Pick<Parts, 'database' | 'log' | 'clock' | 'logger'> {
  /** By the hypervisor's id. */
  readonly hypervisors: ReadonlyMap<string, { readonly poller: { readonly hypervisor: Hypervisor } }>;
  readonly movers: ReadonlyMap<string, Mover>;
  readonly settings: { readonly hypervisors: readonly HypervisorSettings[] };
}

/**
 * Brings register and pools to what was decided about a project; the task's key is the request's id. Each step is written down before it is asked,
 * and the guest is looked at before each: it can end anywhere, and be run again.
 */
export function carryOutPromotions(context: MoveContext): TaskHandler {
  return async ({ key }, signal) => {
    const again = await carryOut(context, key, signal);
    return again === undefined ? undefined : { againAt: new Date(context.clock.now().getTime() + again) };
  };
}

/** In how many ms to look again; undefined: nothing is left to be done. */
async function carryOut(context: MoveContext, id: string, signal: AbortSignal): Promise<number | undefined> {
  const { database } = context;
  const [promotion] = await readPromotions(database.orm, id);
  const wanted = promotion && classWanted(promotion.state);
  if (promotion === undefined || wanted === undefined || isCarriedOut(promotion.state)) return undefined;
  await writeClass(context, id, promotion, wanted);
  const vms = await vmsOf(database.orm, promotion.project);
  if (!isMade(promotion, vms)) return notMadeYetMs;
  // The token that makes it has no rights in another pool.
  if (await isMaking(database.orm, promotion.project)) return waitMs;
  let again = 0;
  const plans = [];
  for (const vm of vms) {
    signal.throwIfAborted();
    const plan = planFor(context, promotion, vm, wanted);
    again = Math.max(again, await step(context, id, promotion, vm, plan));
    plans.push(plan);
  }
  if (!areAllMoved(plans)) return again;
  const done = { promotion: id, project: promotion.project, class: wanted };
  await note(context, id, promotion, {
    type: 'promotion.carried-out',
    subject: `promotion/${id}`,
    data: done,
  });
  return undefined;
}

/** Whether the VM that was granted is there. */
function isMade({ state }: Promotion, vms: readonly VmOfProject[]): boolean {
  if (state.kind === 'promotion') return true;
  const since = Date.parse(state.decision?.at ?? state.since);
  return vms.some((vm) => vm.since.getTime() >= since);
}

async function writeClass(
  { database, log }: MoveContext,
  promotion: string,
  { project }: Promotion,
  wanted: Class,
): Promise<void> {
  await database.transaction((tx) =>
    projects.handle(tx, {
      log,
      id: project,
      actor,
      decide: (known) => (known === undefined ? [] : reclassify(project, known, wanted, promotion)),
    }),
  );
}

/** What is next for a VM of the project, by settings and the request. */
export function planFor(
  { settings, movers }: Pick<MoveContext, 'settings' | 'movers'>,
  { state: { moves } }: Promotion,
  vm: VmOfProject,
  wanted: Class,
): MovePlan {
  const { pools } = settings.hypervisors.find(({ id }) => id === vm.hypervisor) ?? {};
  return planMove(vm, moves[vm.ownership], { pool: pools?.[wanted], hasToken: movers.has(vm.hypervisor) });
}

/** One step for one VM; in how many ms to look again. */
async function step(
  context: MoveContext,
  id: string,
  promotion: Promotion,
  vm: VmOfProject,
  plan: MovePlan,
): Promise<number> {
  if (plan.do === 'nothing') return 0;
  if (plan.do === 'wait') return waitMs;
  const data = {
    promotion: id,
    project: promotion.project,
    ownership: vm.ownership,
    vm: vm.vm,
    pool: plan.pool,
  };
  const subject = `promotion/${id}`;
  if (plan.do === 'note') {
    await note(context, id, promotion, { type: 'promotion.moved', subject, data });
    return 1;
  }
  const before = promotion.state.moves[vm.ownership];
  const isKnown = before?.pool === plan.pool;
  if (!(isKnown && before.state !== 'done')) {
    const isWritten = await note(context, id, promotion, { type: 'promotion.move-begun', subject, data });
    // Decided anew just now.
    if (!isWritten) return 1;
  }
  const error = await move(context, vm, plan.pool);
  if (error === undefined) return afterAskMs;
  context.logger.warn(
    { vm: vm.vm, pool: plan.pool, error },
    'a VM was not moved to its pool; it is tried again',
  );
  if (!(isKnown && before.error === error)) {
    await note(context, id, promotion, { type: 'promotion.move-failed', subject, data: { ...data, error } });
  }
  return afterFailureMs;
}

/** Looks which guest stands under the vmid now, and where, then moves it; why not, if not. */
async function move(
  { hypervisors, movers }: MoveContext,
  { hypervisor: at, vmid, incarnation }: VmOfProject,
  pool: string,
): Promise<string | undefined> {
  const [hypervisor, mover] = [hypervisors.get(at)?.poller.hypervisor, movers.get(at)];
  if (hypervisor === undefined || mover === undefined) return 'settings do not name its hypervisor any more';
  const outcome = await answerOf(async () => {
    const { guests } = await hypervisor.listing();
    const guest = guests.find((each) => each.vmid === vmid);
    if (guest === undefined) return 'it is in no pool that settings name';
    if (guest.pool === pool) return 'there';
    const found = await hypervisor.guestConfig(guest);
    if (isAnother(incarnation, found) !== false) return 'another guest stands under its vmid';
    await mover.move(vmid, pool);
    return 'there';
  });
  if (outcome === 'there') return undefined;
  if (typeof outcome === 'string') return outcome;
  const { code, message, mayHaveArrived } = outcome;
  // Whether it arrived is seen in the next listing.
  if (mayHaveArrived) return undefined;
  return code === 'forbidden' ? lackingForMove(message, rightsOfCall('move').rights) : message;
}

/** Writes down a step, unless the request was decided anew meanwhile. */
async function note(
  { database, log }: MoveContext,
  id: string,
  { state }: Promotion,
  event:
    | NewEvent<'promotion.move-begun'>
    | NewEvent<'promotion.move-failed'>
    | NewEvent<'promotion.moved'>
    | NewEvent<'promotion.carried-out'>,
): Promise<boolean> {
  const done = await database.transaction((tx) =>
    promotions.handle(tx, {
      log,
      id,
      actor,
      decide: (now) => (now?.state.status === state.status ? [event] : []),
    }),
  );
  return !isRefusal(done) && done.events.length > 0;
}
