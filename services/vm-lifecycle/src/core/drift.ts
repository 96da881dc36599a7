import type { Drift } from '@huismeester/contracts';
import type { SizeOf } from './act.ts';
import type { Class, Power } from './guest.ts';
import type { LeaseState } from './lease.ts';

/** A VM by our records and as it was last listed. */
export interface Sides {
  readonly vm: string;
  readonly class: Class;
  readonly owner: string | undefined;
  readonly ours: SizeOf & { readonly name?: string; readonly class?: Class; readonly onboot?: boolean };
  readonly theirs: SizeOf & {
    readonly name: string;
    readonly class: Class;
    readonly pool: string;
    readonly onboot?: boolean;
  };
}

/**
 * Whether a VM's node is to start it, as far as our records say: not while it is off since its lease ended, when we turned that off. Undefined where they
 * say nothing: it runs, is no participant's any more, or its lease ended for another reason than its time.
 */
export function onbootBy(
  lease: Pick<LeaseState, 'ends' | 'over' | 'onbootBefore'>,
  { class: of, status, now }: { readonly class: Class; readonly status: Power; readonly now: Date },
): false | undefined {
  if (of !== 'participant' || status !== 'stopped' || lease.over) return undefined;
  return lease.onbootBefore === true && lease.ends <= now ? false : undefined;
}

/** Where our records and Proxmox differ about a VM, each difference with both sides and who acts; of what either side does not know there is none. */
export function driftOf({ vm, class: of, owner, ours, theirs }: Sides): Drift[] {
  const found: Drift[] = [];
  const add = (
    what: Drift['what'],
    sides: Pick<Drift, 'ours' | 'theirs'>,
    acts: Drift['acts'],
    what_to_do: string,
  ) => void found.push({ vm, what, ...sides, acts, what_to_do });
  const sized = (what: Drift['what'], a: number | undefined, b: number | undefined, unit: string) => {
    if (a === undefined || b === undefined || a === b) return;
    // More than was asked for counts against the quota as soon as it runs; less is what is pending, or was taken away.
    const todo =
      b < a
        ? 'Start it anew if that is pending, or resize it here'
        : 'Set it back in Proxmox, or resize it here';
    add(what, { ours: `${a} ${unit}`, theirs: `${b} ${unit}` }, 'owner', todo);
  };
  if (ours.name !== undefined && ours.name !== theirs.name)
    add(
      'name',
      { ours: ours.name, theirs: theirs.name },
      'owner',
      'Nothing, or rename it in Proxmox: it is known by its number',
    );
  sized('cores', ours.cores, theirs.cores, 'cores');
  sized('memory', ours.memoryMib, theirs.memoryMib, 'MiB');
  sized('disk', ours.diskGib, theirs.diskGib, 'GiB');
  if (ours.class !== undefined && ours.class !== theirs.class)
    add(
      'pool',
      { ours: ours.class, theirs: `${theirs.class}, by its pool ${theirs.pool}` },
      'infrateam',
      'Move it to the pool of its project’s class, or decide about the project (TEAM-4)',
    );
  if (ours.onboot !== undefined && theirs.onboot !== undefined && ours.onboot !== theirs.onboot)
    add(
      'onboot',
      { ours: onOff(ours.onboot), theirs: onOff(theirs.onboot) },
      'infrateam',
      'Turn it off in Proxmox: its lease is over (PART-4)',
    );
  if (of === 'participant' && owner === undefined)
    add(
      'owner',
      { theirs: `in the pool ${theirs.pool}` },
      'infrateam',
      'Give it an owner, who accepts it (PART-3); until then it has no lease and nothing stops it',
    );
  return found;
}

function onOff(onboot: boolean): string {
  return onboot ? 'starts with its node' : 'does not start with its node';
}
