import { answerOf, type CallFailure, unlessNodeIsGone, unlessNotThere } from '../adapters/call.ts';
import { readGuests } from '../adapters/store.ts';
import { tasksOfActFrom } from '../core/act.ts';
import type { ActLook, ActSituation } from '../core/act-plan.ts';
import { type Guest, lockedBy } from '../core/guest.ts';
import { isAnother } from '../core/incarnation.ts';
import type { TaskState } from '../core/plan.ts';
import { isInFlight } from '../core/request.ts';
import { sizeOfConfig } from '../core/size-of-config.ts';
import type { HypervisorPoller } from '../polling/poller.ts';
import type { Hypervisor, Place, SizedConfig } from '../ports.ts';
import { type StoredAct, upidsOfActs } from './acts.ts';
import type { AskingContext } from './context.ts';
import { keptFrom } from './kept.ts';

/** What was seen for an act: what to judge it by, and what is needed to carry it out. */
export interface Looked {
  readonly situation: ActSituation;
  readonly place: Place;
  /** The VM by our own events; undefined while it is not listed. */
  readonly guest: Guest | undefined;
  readonly config: SizedConfig | undefined;
}

/** Looks at the guest that an act is about, and at what else bears on it. */
export async function lookForAct(context: AskingContext, stored: StoredAct): Promise<Looked> {
  const { database, clock, hypervisors, makers } = context;
  const { vm, state } = stored;
  const { orm } = database;
  const [record] = await readGuests(orm, vm);
  const taken = await upidsOfActs(orm, vm, stored.id);
  const guest = record?.guest;
  const place = guest ?? { vmid: state.vmid, kind: state.kind, node: state.node };
  const managed = hypervisors.get(state.hypervisor);
  const isChange = state.what === 'resize' || state.what === 'delete';
  const base = {
    act: state,
    kept: await keptFrom(orm, stored),
    inFlight: isInFlight(record?.request),
    token: (isChange ? makers.get(state.hypervisor)?.token : managed?.poller.hypervisor.token) ?? '',
    taken: [...taken, ...upidsOf(record?.request)],
  };
  const answer = (look: ActLook, config?: SizedConfig): Looked => ({
    situation: { ...base, look, now: clock.now() },
    place,
    guest,
    config,
  });
  if (managed === undefined) return answer({ blind: 'settings do not name its hypervisor any more' });
  const { hypervisor } = managed.poller;
  const view = managed.poller.view({ id: vm, node: place.node });
  const seen = await answerOf(() => lookAt(hypervisor, { stored, place, now: clock.now() }));
  if ('code' in seen) {
    // It may stand elsewhere by now.
    managed.poller.pollNow();
    return answer({ blind: `it cannot be looked at (${seen.code})` });
  }
  const { task, tasks, config, now } = seen;
  if (config === undefined || now === undefined) return answer({ gone: true, tasks, task });
  const replaced = isAnother(state.incarnation, config) === true;
  // What is being followed goes on, whatever the listing says; nothing new is begun without it.
  if (view.blind !== undefined && state.phase === 'requested') return answer({ blind: view.blind });
  const quorate = view.blind === undefined ? view.quorate : true;
  const busy = lockedBy(now) !== undefined || tasks.some(({ running }) => running);
  const first = state.phase === 'requested' && !busy && !replaced;
  const ended = first && guest !== undefined && (await isRestored(managed.poller, guest));
  if (typeof ended === 'object') return answer({ blind: `its tasks cannot be looked at (${ended.code})` });
  const another = replaced || ended;
  return answer({ now, tasks, task, size: sizeOfConfig(config), another, quorate }, config);
}

/** Whether a guest was destroyed, and stands there restored: neither the listing nor its configuration shows that. */
async function isRestored(
  { destroys, doubt }: HypervisorPoller,
  guest: Guest,
): Promise<boolean | CallFailure> {
  if (guest.incarnation === undefined) return false;
  const found = await answerOf(() => destroys.ask(guest, guest));
  if ('code' in found) return found;
  if (found.destroyed) doubt(guest.id);
  return found.destroyed;
}

function upidsOf(request: { readonly upid?: string; readonly upids: readonly string[] } | undefined) {
  return request ? [request.upid, ...request.upids].flatMap((upid) => upid ?? []) : [];
}

interface Seen {
  readonly task?: TaskState | undefined;
  readonly tasks: Awaited<ReturnType<Hypervisor['guestTasks']>>;
  /** Undefined where nothing stands under the vmid. */
  readonly config?: SizedConfig;
  readonly now?: Awaited<ReturnType<Hypervisor['guestNow']>>;
}

async function lookAt(
  hypervisor: Hypervisor,
  { stored: { state }, place, now }: { stored: StoredAct; place: Place; now: Date },
): Promise<Seen> {
  const { upid, node, phase } = state;
  const since = phase === 'requested' ? undefined : tasksOfActFrom(state, now);
  const ask = upid === undefined ? undefined : () => hypervisor.taskState(node, upid);
  const [task, tasks] = await Promise.all([
    ask && unlessNodeIsGone<TaskState>(ask, { state: 'gone' }),
    unlessNodeIsGone(() => hypervisor.guestTasks(place, since), []),
  ]);
  // A task that Proxmox has forgotten says nothing of a guest that may as well be in another pool.
  const orHidden = state.what === 'delete' && phase !== 'requested' && task?.state !== 'gone';
  const config = await unlessNotThere(() => hypervisor.sizedConfig(place), { orHidden });
  // The guest last: what it does after the end of a task is what counts.
  const guest = config && (await unlessNotThere(() => hypervisor.guestNow(place), { orHidden }));
  return { task, tasks, ...(config && guest && { config, now: guest }) };
}
