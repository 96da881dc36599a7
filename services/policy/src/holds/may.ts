import type { Grant } from '@huismeester/contracts';
import { isGranted } from '@huismeester/directory/roles';
import { type Refusal, refuse } from '@huismeester/events';
import type { Role } from '@huismeester/service';
import type { VmClass } from '../facts/vm.ts';
import type { AskedTarget } from './hold.ts';

/** Who asks: `request.who`. */
export interface Asker {
  readonly roles: readonly Role[];
  readonly person?: string;
  /** What somebody on trial may act on (JOIN-3). */
  readonly grants?: readonly Grant[];
}

/** What is known of a VM that somebody wants to put on hold. */
export interface HeldVm {
  /** Undefined: it is not known. */
  readonly class?: VmClass;
  /** The asker runs the project of this very guest (SPACE-5). */
  readonly isRun: boolean;
  /** Whether all that names VMs, and who runs their projects, was read to its head. */
  readonly upToDate: boolean;
  /** All VMs that the asker may put on hold. */
  readonly others: readonly string[];
}

/** A full member of the team, or root on the machine itself: whoever may hold everything. */
export function holdsAll({ roles }: Pick<Asker, 'roles'>): boolean {
  return roles.includes('infrateam') || roles.includes('administrator');
}

/**
 * Why somebody may not put this on hold; undefined: they may. Beside the team the managers of a space-wide project may, its VMs
 * (SPACE-3, SPACE-5), and a member on trial what was granted to them (JOIN-3). A participant's own VM is the team's to hold: a hold goes before the lease, which so would never end (PART-4).
 */
export function mayNotHold(target: AskedTarget, asker: Asker, vm: HeldVm): Refusal | undefined {
  if (holdsAll(asker)) return undefined;
  if (isGranted(asker, { thing: thingOf(target), class: vm.class })) return undefined;
  if (!target.startsWith('vm/')) return notAllowed(target, asker, 'CORE-4', vm);
  if (vm.class === undefined) return undefined;
  if (vm.class === 'space-wide' && vm.isRun) return undefined;
  // They may be its managers all the same, and nobody knows yet.
  if (vm.class === 'space-wide' && !vm.upToDate) {
    return refuse('not-read-yet', `Who runs the project of ${target} is not known yet; ask again`);
  }
  return notAllowed(target, asker, clauseOf[vm.class], vm);
}

/** Why somebody may not release a hold; undefined: they may. Whose it is is said by its actor, as it stands in the log. */
export function mayNotRelease(
  { by, target }: { by: string; target: string },
  asker: Asker,
): Refusal | undefined {
  if (holdsAll(asker)) return undefined;
  if (asker.person !== undefined && by.endsWith(`person:${asker.person}`)) return undefined;
  return refuse(
    'not-allowed',
    `You may not release this hold on ${target}: whoever placed it may, and the infrateam`,
    {
      clause: clauseFor('SPACE-5', asker),
      errors: [
        { field: 'params.id', found: 'a hold that somebody else placed', allowed: 'a hold of your own' },
      ],
    },
  );
}

/** What is granted: a switch with all its ports. */
function thingOf(target: AskedTarget): string {
  const [kind, id = ''] = target.split('/');
  return kind === 'port' ? `switch/${id}` : target;
}

const clauseOf = { core: 'CORE-4', 'space-wide': 'SPACE-5', participant: 'PART-4' } as const;

function notAllowed(target: AskedTarget, asker: Asker, clause: string, { others }: HeldVm): Refusal {
  const granted = asker.roles.includes('trial') ? (asker.grants ?? []) : [];
  const holdable = [...others.map((id) => `vm/${id}`), ...granted.map(({ on }) => on)];
  const allowed =
    holdable.length === 0 ? 'nothing: you run no space-wide project with a VM' : holdable.join(', ');
  return refuse('not-allowed', `You may not put ${target} on hold: ${who(clause)}`, {
    clause: clauseFor(clause, asker),
    errors: [{ field: 'body.target', found: target, allowed }],
  });
}

function who(clause: string): string {
  if (clause === 'SPACE-5') return 'the managers of its project may, and the infrateam';
  return clause === 'PART-4' ? 'the infrateam may; its owner renews its lease instead' : 'the infrateam may';
}

/** A trial member acts as a participant (JOIN-3); what is core's own comes first. */
function clauseFor(clause: string, { roles }: Asker): string {
  return roles.includes('trial') && clause !== 'CORE-4' ? 'JOIN-3' : clause;
}
