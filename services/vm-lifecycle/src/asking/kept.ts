import type { ActState } from '../core/act.ts';
import { mayNot } from '../core/may.ts';
import { wantedOff } from '../core/wanted-off.ts';
import { type OwnedVm, type Reader, readOwned } from '../owning/whose.ts';
import { refuseDeletion } from '../projects/register.ts';
import type { StoredAct } from './acts.ts';

/**
 * Why what a person asked must not be done by now; undefined when nothing keeps it: policy wants the VM off, somebody put it on hold, or it is not any
 * more what it was when this was asked. Asked where an act is looked at, and once more under the lock of all that is asked of the VM.
 */
export async function keptFrom(from: Reader, { vm, state }: StoredAct): Promise<string | undefined> {
  const owned = await readOwned(from, vm);
  // Which guest stands there is judged by what Proxmox says of it.
  if (owned === undefined) return undefined;
  const { decision } = owned;
  if (state.what === 'start' || state.what === 'reboot') {
    const off = wantedOff(vm, decision);
    if (off) return off.title;
  }
  if (decision?.tier === 'hold' && !state.despiteHold) return 'it is on hold: somebody works on it';
  if (isTheOneMeant(state, owned)) return notTheirs(state, owned) ?? (await undeletable(from, state, owned));
  return undefined;
}

function isTheOneMeant({ incarnation }: ActState, { which }: OwnedVm): boolean {
  return which !== undefined && which.incarnation === incarnation;
}

/** It changed hands (PART-3), or became space-wide or core, whose people may other things (SPACE-3, CORE-4). */
function notTheirs({ what, owner, person }: ActState, { whose }: OwnedVm): string | undefined {
  if (whose.class === 'participant' && whose.owner !== owner)
    return whose.owner === undefined
      ? 'it has no owner any more: it was destroyed, and made again under the same identity'
      : 'it has another owner by now, who asks for it if they want it';
  // Whoever asked may have been of the team.
  const asker = { roles: ['infrateam'], ...(person !== undefined && { person }) } as const;
  return mayNot(what, asker, whose)?.title;
}

/** One that was to be deleted, and whose project became space-wide since (SPACE-3). */
async function undeletable(from: Reader, { what }: ActState, { owned }: OwnedVm) {
  return what === 'delete' ? (await refuseDeletion(from, owned?.project))?.title : undefined;
}
