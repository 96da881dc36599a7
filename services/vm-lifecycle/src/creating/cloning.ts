import type { TokenCall } from '@huismeester/contracts';
import { newEvent } from '@huismeester/events';
import { answerOf, type CallFailure } from '../adapters/call.ts';
import { failureOf, isTaken } from '../core/creating/failure.ts';
import { intentText } from '../core/creating/intent.ts';
import { freeVmid } from '../core/creating/vmid.ts';
import { incarnationOf } from '../core/incarnation.ts';
import { guestId } from '../core/observe.ts';
import type { Reader } from '../owning/whose.ts';
import { reserveScopes } from '../quota/room.ts';
import type { CreatingContext, Next, Site } from './context.ts';
import type { Stored } from './creations.ts';
import { failedCall, type Looked, lookAt } from './look.ts';
import { othersOf } from './numbers.ts';
import { choosePlace, lookForPlaces, sourceOf, templateOf } from './placing.ts';
import { accepted, failed, record, stepBegun } from './record.ts';
import { readTurns, takenVmids } from './store.ts';
import { afterTask, lookAgainMs } from './watching.ts';

/** How long one waits whose turn it is not; whoever ends a turn wakes the next. */
const queuedMs = 2_000;
/** Clocks of nodes need not be ours. */
const clockSkewMs = 60_000;

/** Takes its turn at the template: one clone of it is made at a time, since Proxmox locks it for so long. */
export async function planned(context: CreatingContext, site: Site, made: Stored): Promise<Next> {
  const { hypervisor, state } = made;
  const which = { hypervisor, template: state.template };
  const isFirst = (turns: readonly Stored[]) => turns[0]?.id === made.id || state.kind === 'lxc';
  const others = (turns: readonly Stored[]) =>
    state.kind === 'qemu' && turns.some(({ id, state: { step } }) => id !== made.id && step === 'cloning');
  const turns = await readTurns(context.database.orm, which);
  if (others(turns) || !isFirst(turns)) return queuedMs;
  const places = await lookForPlaces(context, site, made);
  if ('failure' in places) return await failed(context, made, places);
  const choose = (from: Reader) => choosePlace(from, { site, made, reserve: context.reserve }, places);
  const place = await choose(context.database.orm);
  if ('failure' in place) return await failed(context, made, place);
  const { node } = place;
  const begun = await record(context, made, {
    events: [stepBegun(made, 'cloning', { node })],
    scope: [
      `template/${hypervisor}/${state.template}`,
      ...reserveScopes({ hypervisor, node, storage: places.storage }),
    ],
    unless: async (tx) => {
      const now = await choose(tx);
      return 'failure' in now || now.node !== node || others(await readTurns(tx, which));
    },
  });
  return begun ? 'next' : queuedMs;
}

/** The request for the clone, or the container, and what became of it: looked for before it is sent again. */
export async function cloning(context: CreatingContext, site: Site, made: Stored): Promise<Next> {
  if (made.state.upid !== undefined) {
    const task = await afterTask(site.maker, made, context.clock.now());
    if (typeof task === 'number') return task;
    if (task.ended === 'ok') return await cloned(context, site, made);
    if (task.ended === 'failed') {
      const seen = { call: callOf(made), reason: task.exit };
      return isTaken(seen) ? await taken(context, site, made) : await failed(context, made, failureOf(seen));
    }
  }
  const running = await ourTask(site, made);
  if ('code' in running) return await failed(context, made, failedCall('look', running));
  if (running.upid !== undefined) return await accepted(context, made, running.upid);
  const seen = await lookAt(site, made);
  if (seen.is !== 'unseen') return await stands(context, site, made, seen);
  return await send(context, site, made);
}

async function send(context: CreatingContext, site: Site, made: Stored): Promise<Next> {
  const answer = await ask(site, made);
  if (typeof answer === 'string') return await accepted(context, made, answer);
  if ('failure' in answer) return await failed(context, made, answer);
  if (isTaken({ reason: answer.message })) return await taken(context, site, made);
  return await failed(context, made, failedCall(callOf(made), answer));
}

async function ask(site: Site, made: Stored) {
  const template = templateOf(site, made);
  if (template === undefined)
    return { failure: 'gone', error: 'its template is not in the settings any more' } as const;
  const { state, vmid, id, owner } = made;
  const { name, cores, memoryMib, diskGib } = state;
  const common = { vmid, name, description: intentText({ creation: id, owner }), node: state.node ?? '' };
  if (template.kind === 'lxc') {
    const { ostemplate = '' } = template;
    const sshKeys = state.keys ?? [];
    return await answerOf(() =>
      site.maker.createContainer({ ...common, ostemplate, cores, memoryMib, diskGib, sshKeys }),
    );
  }
  return await answerOf(async () => {
    const from = await sourceOf(site, template);
    if (from === undefined)
      return { failure: 'forbidden', error: `template ${template.vmid} is not there any more` } as const;
    return await site.maker.clone(from, { ...common, full: from.full });
  });
}

/** The task that makes it, if it runs: Proxmox knows nothing of who asked for it but our token. */
async function ourTask(
  { maker, ...site }: Site,
  made: Stored,
): Promise<{ upid: string | undefined } | CallFailure> {
  const template = templateOf({ maker, ...site }, made);
  const { state, vmid } = made;
  const since = new Date(new Date(state.askedAt ?? 0).getTime() - clockSkewMs);
  return await answerOf(async () => {
    const isClone = state.kind === 'qemu';
    const of = isClone ? (template?.vmid ?? 0) : vmid;
    const node = isClone ? (await maker.find(of))?.node : state.node;
    if (node === undefined) return { upid: undefined };
    const tasks = await maker.tasks(node, of, since);
    const type = isClone ? 'qmclone' : 'vzcreate';
    const own = tasks.find((task) => task.running && task.type === type && task.user === maker.token);
    return { upid: own?.upid };
  });
}

/** Something stands under the number: ours, that of somebody else, or what is not known yet. */
async function stands(context: CreatingContext, site: Site, made: Stored, seen: Looked): Promise<Next> {
  switch (seen.is) {
    case 'failed':
      return await failed(context, made, seen.failure);
    case 'ours':
      return await cloned(context, site, made, seen);
    case 'unclear':
      return lookAgainMs;
    default:
      return await changeVmid(context, site, made);
  }
}

/** Proxmox says that the number is taken: by our own request, perhaps, of which we do not know what became of it. */
async function taken(context: CreatingContext, site: Site, made: Stored): Promise<Next> {
  const running = await ourTask(site, made);
  if ('code' in running) return await failed(context, made, failedCall('look', running));
  if (running.upid !== undefined && running.upid !== made.state.upid) {
    return await accepted(context, made, running.upid);
  }
  return await stands(context, site, made, await lookAt(site, made));
}

/** Takes the next number: what stands under this one is left alone. */
export async function changeVmid(context: CreatingContext, site: Site, made: Stored): Promise<Next> {
  const { hypervisor, vmid: from, id, state } = made;
  const { vmids, prefix } = site.settings;
  const now = context.clock.now();
  site.others.set(from, now.getTime());
  if (vmids === undefined) return await failed(context, made, noVmid);
  // Of its own range; under the lock it is looked at again, and another request may have taken it.
  const known = new Set([...(await takenVmids(context.database.orm, hypervisor)), ...othersOf(site, now)]);
  const vmid = freeVmid(vmids, known, from);
  if (vmid === undefined) return await failed(context, made, noVmid);
  const vm = guestId(prefix, vmid);
  await record(context, made, {
    events: [newEvent('creation.vmid-changed', `creation/${id}`, { creation: id, from, vmid, vm })],
    scope: vmidScope(hypervisor),
    unless: async (tx) => (await takenVmids(tx, hypervisor)).has(vmid),
  });
  return state.step === 'cloning' ? 'next' : lookAgainMs;
}

const noVmid = { failure: 'no-vmid', error: 'no number of vmids is free' } as const;

/** Held while a number is chosen. */
export function vmidScope(hypervisor: string): string {
  return `vmids/${hypervisor}`;
}

/** It stands there: whose it is is written down first, then which guest it is. */
async function cloned(context: CreatingContext, site: Site, made: Stored, known?: Looked): Promise<Next> {
  const seen = known ?? (await lookAt(site, made));
  if (seen.is === 'unseen') {
    return await failed(context, made, { failure: 'gone', error: 'it is not there, though Proxmox made it' });
  }
  if (seen.is !== 'ours') return await stands(context, site, made, seen);
  const { config, place } = seen;
  if (config.lock === 'create' || config.lock === 'clone') {
    return await failed(context, made, {
      failure: 'interrupted',
      error: `it is locked (${config.lock}), and no task makes it`,
    });
  }
  const incarnation = incarnationOf(config);
  if (incarnation === undefined) {
    const error = 'it has neither a uuid nor a network card, so that it cannot be known again';
    return await failed(context, made, { failure: 'refused', error });
  }
  const vm = guestId(site.settings.prefix, made.vmid);
  await writeOwner(context, made, { vm, incarnation });
  const { id, hypervisor } = made;
  await record(context, made, {
    events: [
      newEvent('creation.identified', `creation/${id}`, { creation: id, vm, incarnation, node: place.node }),
      stepBegun(made, 'configuring'),
    ],
    scope: `template/${hypervisor}/${made.state.template}`,
  });
  return 'next';
}

/** In a transaction of its own, since it is a command; the same again changes nothing. */
async function writeOwner(
  { database, ports }: CreatingContext,
  { owner, hypervisor, vmid, state: { name, project } }: Stored,
  which: { readonly vm: string; readonly incarnation: string },
): Promise<void> {
  const made = { ...which, hypervisor, vmid, owner, name, ...(project !== undefined && { project }) };
  await database.transaction((tx) => ports.beginOwnership(tx, made));
}

function callOf({ state }: Stored): TokenCall {
  return state.kind === 'qemu' ? 'clone' : 'create-container';
}
