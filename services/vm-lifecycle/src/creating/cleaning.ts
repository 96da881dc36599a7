import { answerOf } from '../adapters/call.ts';
import { guestId } from '../core/observe.ts';
import type { Place } from '../ports.ts';
import type { CreatingContext, Next, Site } from './context.ts';
import type { Stored } from './creations.ts';
import { lookAt } from './look.ts';
import { accepted, endedBadly, record } from './record.ts';
import { afterTask, lookAgainMs } from './watching.ts';

/** For how long it is tried to remove what was made, in milliseconds; then it is left, and shown. */
const withinMs = 2 * 60_000;

/**
 * Removes what was made of a VM that could not be made: only what carries our intent, and was never started. Nothing else is ever destroyed here.
 */
export async function cleaningUp(context: CreatingContext, site: Site, made: Stored): Promise<Next> {
  const { state } = made;
  if (state.upid !== undefined) {
    const task = await afterTask(site.maker, made, context.clock.now());
    if (typeof task === 'number') return task;
    if (task.ended === 'ok') return await removed(context, site, made);
  }
  const seen = await lookAt(site, made);
  if (seen.is === 'unseen' || seen.is === 'other') return await over(context, made, false);
  const late = context.clock.now().getTime() - new Date(state.askedAt ?? 0).getTime() > withinMs;
  if (seen.is !== 'ours') return late ? await over(context, made, true) : lookAgainMs;
  if (await mayHaveRun(site, made, seen.place)) return await over(context, made, true);
  const answer = await answerOf(() => site.maker.destroy(seen.place));
  if (typeof answer === 'string') return await accepted(context, made, answer);
  return late || answer.code === 'forbidden' ? await over(context, made, true) : lookAgainMs;
}

/** The ownership ends here, since a poller whose token may not read other users' tasks would not see why the guest went. */
async function removed(context: CreatingContext, { settings }: Site, made: Stored): Promise<Next> {
  const { hypervisor, vmid, state } = made;
  const { incarnation, project } = state;
  if (incarnation !== undefined) {
    const which = { vm: guestId(settings.prefix, vmid), hypervisor, vmid, incarnation };
    await context.ports.endOwnership({ ...which, ...(project !== undefined && { project }) });
  }
  return await over(context, made, false);
}

/** A guest that runs, or for whose start we or somebody asked: what may be in it is somebody's. */
async function mayHaveRun({ hypervisor }: Site, { state }: Stored, place: Place): Promise<boolean> {
  if (state.startAsked === true) return true;
  const now = await answerOf(async () => {
    const tasks = await hypervisor.guestTasks(place, new Date(state.steps[0]?.at ?? 0));
    return { ...(await hypervisor.guestNow(place)), tasks };
  });
  if ('code' in now) return true;
  return now.status !== 'stopped' || now.tasks.some(({ type }) => type === 'qmstart' || type === 'vzstart');
}

async function over(context: CreatingContext, made: Stored, left: boolean): Promise<Next> {
  const { failure = 'refused', error = '', failedAt: step = 'cloning' } = made.state;
  await record(context, made, { events: [endedBadly(made, { failure, error, step, left })] });
  return 'over';
}
