import { rightsOfCall } from '@huismeester/contracts';
import { answerOf } from '../adapters/call.ts';
import type { ActState } from '../core/act.ts';
import type { ActPlan } from '../core/act-plan.ts';
import { lockedOut } from '../core/request.ts';
import { staleIntent } from '../core/retry.ts';
import { rootDisk } from '../core/size-of-config.ts';
import type { Place } from '../ports.ts';
import type { StoredAct } from './acts.ts';
import type { AskingContext } from './context.ts';
import type { Looked } from './look.ts';
import { recordAccepted, recordAsked, recordFailed } from './record.ts';

type Ask = ActPlan & { readonly do: 'ask' };

/** When to look again, in milliseconds; undefined: at once. */
export async function sendAct(
  context: AskingContext,
  stored: StoredAct,
  plan: Ask,
  looked: Looked,
): Promise<number | undefined> {
  const { clock, logger } = context;
  const begunMs = clock.monotonicMs();
  // Policy decided anew just now, or somebody ended it: the next look says why.
  if (!(await recordAsked(context, stored, { ...plan, node: looked.place.node }))) return undefined;
  const stale = staleIntent(clock.monotonicMs() - begunMs, plan.attempt);
  const about = { act: stored.id, vm: stored.vm, what: stored.state.what, attempt: plan.attempt };
  if (stale !== undefined) {
    logger.warn({ ...about, stale }, 'what a person asked was not sent; it is looked at anew');
    return undefined;
  }
  logger.info(about, 'about to ask for a person');
  const answer = await answerOf(async () => ({ upid: await ask(context, stored.state, plan, looked) }));
  if ('upid' in answer) {
    await recordAccepted(context, stored, answer.upid);
    return 300;
  }
  const { code, message, mayHaveArrived, answered } = answer;
  if (mayHaveArrived || !answered || lockedOut.test(message)) {
    logger.warn({ ...about, code }, 'what a person asked was not answered; what became of it is looked for');
    return 1_000;
  }
  const error =
    code === 'forbidden' ? `${message}: the token needs ${rightFor(stored.state, plan)}` : message;
  await recordFailed(context, stored, withoutOtherGuests(error, stored.state.vmid));
  return undefined;
}

/** Asks Proxmox: resolves with the UPID, or with undefined when it was done at once. */
async function ask(
  { hypervisors, makers }: AskingContext,
  { what, hypervisor: id, size = {} }: ActState,
  { step }: Ask,
  { place, config }: Looked,
): Promise<string | undefined> {
  const managed = hypervisors.get(id);
  if (managed === undefined) throw new Error(`settings name no hypervisor ${id}`);
  const { hypervisor } = managed.poller;
  if (what === 'reboot') return await hypervisor.reboot(place);
  if (what === 'start' || what === 'shutdown' || what === 'stop')
    return await hypervisor.ask(what, place, managed.limits.shutdownTimeoutMs);
  const maker = makers.get(id);
  if (maker === undefined) throw new Error(`settings name no create token for ${id}`);
  if (what === 'delete') return await maker.destroy(place);
  const disk = rootDisk(config?.disks ?? []);
  if (step === 'disk' && disk && size.diskGib !== undefined)
    return await maker.resize(place, disk.key, size.diskGib);
  return await maker.configure(place, valuesOf(place, size), config?.digest ?? '').then(() => undefined);
}

function valuesOf({ kind }: Place, { cores, memoryMib }: NonNullable<ActState['size']>) {
  return {
    // Cores are those of all sockets here.
    ...(cores !== undefined && { cores, ...(kind === 'qemu' && { sockets: 1 }) }),
    ...(memoryMib !== undefined && { memory: memoryMib }),
  };
}

function rightFor({ what }: ActState, { step }: Ask): string {
  if (what === 'delete') return rightsOfCall('destroy').rights;
  if (what !== 'resize') return rightsOfCall('power').rights;
  return rightsOfCall(step === 'disk' ? 'resize' : 'set-size').rights;
}

/** An error of Proxmox may name another guest, one of the board's even: PRIV-2. */
function withoutOtherGuests(text: string, own: number): string {
  return text.replace(/\b\d{3,9}\b/g, (number) => (Number(number) === own ? number : '…'));
}
