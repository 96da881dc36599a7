import { newEvent } from '@huismeester/events';
import { answerOf } from '../adapters/call.ts';
import { addressOf, isLinkLocal } from '../core/creating/address.ts';
import { failureOf } from '../core/creating/failure.ts';
import { guestId } from '../core/observe.ts';
import { sinceMs } from '../core/retry.ts';
import { rootDisk } from '../core/size-of-config.ts';
import { changeVmid } from './cloning.ts';
import type { CreatingContext, Next, Site } from './context.ts';
import type { Stored } from './creations.ts';
import { failedCall, type Looked, lookAt } from './look.ts';
import { accepted, begin, failed, record } from './record.ts';
import { afterTask, lookAgainMs } from './watching.ts';

/** How soon the address is asked for again, in milliseconds, by how long the VM has been up: a container has it within seconds, most VMs within half a minute. */
function askAgainMs(upMs: number): number {
  if (upMs < 5_000) return 300;
  return upMs < 30_000 ? 1_000 : 2_000;
}

/** For how long an address is waited for, in milliseconds. */
const addressWithinMs = 90_000;
/** How long before our request a task of it may seem to have begun: clocks of nodes need not be ours. */
const clockSkewMs = 60_000;

type Ours = Extract<Looked, { is: 'ours' }>;

/** The guest, if it still is ours; else what follows: a stranger is left alone, and one that is gone cannot be gone on with. */
async function ours(context: CreatingContext, site: Site, made: Stored): Promise<Ours | Next> {
  const seen = await lookAt(site, made);
  switch (seen.is) {
    case 'ours':
      return seen;
    case 'failed':
      return await failed(context, made, seen.failure);
    case 'unclear':
      return lookAgainMs;
    case 'other':
      return await changeVmid(context, site, made);
    case 'unseen':
      return await failed(context, made, { failure: 'gone', error: 'it is not in Proxmox any more' });
  }
}

/** Size, keys and network: one request, which may be sent twice. */
export async function configuring(context: CreatingContext, site: Site, made: Stored): Promise<Next> {
  const seen = await ours(context, site, made);
  if (typeof seen !== 'object') return seen;
  const { state } = made;
  const { kind, cores, memoryMib, user: ciuser, keys = [] } = state;
  const values =
    kind === 'lxc'
      ? { onboot: true }
      : { cores, sockets: 1, memory: memoryMib, onboot: true, ciuser, sshkeys: keys, ipconfig0: 'ip=dhcp' };
  const answer = await answerOf(async () => {
    await site.maker.configure(seen.place, values, seen.config.digest);
    return 'done';
  });
  if (typeof answer !== 'string') return await failed(context, made, failedCall('configure', answer));
  const disk = rootDisk(seen.config.disks);
  const grows = kind === 'qemu' && disk?.sizeGib !== undefined && disk.sizeGib < state.diskGib;
  return await begin(context, made, grows ? 'resizing' : 'starting');
}

/** The root disk grows to what was asked for; to what it has already nothing is done. */
export async function resizing(context: CreatingContext, site: Site, made: Stored): Promise<Next> {
  const ended = await endOf(context, made, { of: site.maker, call: 'resize' });
  if (ended === 'done') return await begin(context, made, 'starting');
  if (ended !== 'look') return ended;
  const seen = await ours(context, site, made);
  if (typeof seen !== 'object') return seen;
  const disk = rootDisk(seen.config.disks);
  const { diskGib } = made.state;
  if (disk?.sizeGib === undefined || disk.sizeGib >= diskGib) return await begin(context, made, 'starting');
  const answer = await answerOf(() => site.maker.resize(seen.place, disk.key, diskGib));
  return typeof answer === 'string'
    ? await accepted(context, made, answer)
    : await failed(context, made, failedCall('resize', answer));
}

/** It is started by the operate token, as by whoever starts it later. */
export async function starting(context: CreatingContext, site: Site, made: Stored): Promise<Next> {
  const { hypervisor } = site;
  const ended = await endOf(context, made, { of: hypervisor, call: 'power' });
  if (ended === 'done') return await begin(context, made, 'waiting-for-address');
  if (ended !== 'look') return ended;
  const seen = await ours(context, site, made);
  if (typeof seen !== 'object') return seen;
  const { place } = seen;
  const since = new Date(new Date(made.state.askedAt ?? 0).getTime() - clockSkewMs);
  const now = await answerOf(async () => {
    const tasks = await hypervisor.guestTasks(place, since);
    return { ...(await hypervisor.guestNow(place)), tasks };
  });
  if ('code' in now) return await failed(context, made, failedCall('power', now));
  if (now.status === 'running') return await begin(context, made, 'waiting-for-address');
  const own = now.tasks.find(({ running, type }) => running && (type === 'qmstart' || type === 'vzstart'));
  if (own) return await accepted(context, made, own.upid);
  const answer = await answerOf(() => hypervisor.ask('start', place, 0));
  return typeof answer === 'string'
    ? await accepted(context, made, answer)
    : await failed(context, made, failedCall('power', answer));
}

/** The end of the task that was accepted; `look`: there is none, or nobody knows what became of it. */
async function endOf(
  context: CreatingContext,

  made: Stored,
  { of, call }: { of: Parameters<typeof afterTask>[0]; call: 'resize' | 'power' },
): Promise<Next | 'done' | 'look'> {
  if (made.state.upid === undefined) return 'look';
  const task = await afterTask(of, made, context.clock.now());
  if (typeof task === 'number') return task;
  if (task.ended === 'unknown') return 'look';
  if (task.ended === 'ok') return 'done';
  return await failed(context, made, failureOf({ call, reason: task.exit }));
}

/** Its address by the guest agent, or the container itself; after 90 s it is done without one. */
export async function waitingForAddress(context: CreatingContext, site: Site, made: Stored): Promise<Next> {
  const seen = await ours(context, site, made);
  if (typeof seen !== 'object') return seen;
  // An agent that is not there yet is no failure, and neither is a right that lacks: the VM runs.
  const interfaces = await answerOf(async () => await site.maker.interfaces(seen.place));
  const address = 'code' in interfaces ? undefined : addressOf(interfaces, seen.config.mac);
  const began = made.state.steps.findLast(({ step }) => step === 'waiting-for-address')?.at ?? '';
  const upMs = sinceMs(new Date(began), context.clock.now());
  const late = upMs >= addressWithinMs;
  if ((address === undefined || isLinkLocal(address)) && !late) return askAgainMs(upMs);
  const { id } = made;
  const vm = guestId(site.settings.prefix, made.vmid);
  const data = { creation: id, vm, ...(address !== undefined && { address }) };
  await record(context, made, { events: [newEvent('creation.done', `creation/${id}`, data)] });
  return 'over';
}
