import { Deed, type Grant, type No, no, type Role } from '@huismeester/contracts';
import { isGranted } from '@huismeester/directory/roles';
import type { Static } from 'typebox';
import type { Class } from './guest.ts';

/** Who asks: what `request.who` has of them. */
export interface Asker {
  readonly roles: readonly Static<typeof Role>[];
  readonly person?: string;
  /** What somebody on trial may act on (JOIN-3). */
  readonly grants?: readonly Grant[];
}

/** Whose a VM is, as far as it says who may do what with it. */
export interface Whose {
  readonly class: Class;
  readonly owner?: string | undefined;
  /** The managers of its project (SPACE-5). */
  readonly managers: readonly string[];
  /** Its project was retired by two full members (SPACE-3). */
  readonly retired: boolean;
}

/** What people do with a VM, here or in policy (`hold`). */
export const deeds = Deed.enum;

/** What somebody is to a VM; board members and all others are `nobody`, who reads. */
type Relation = 'owner' | 'manager' | 'team';
/** What a VM is to people: its class, and a participant's without an owner is one of its own. */
type Situation = Class | 'unclaimed';

interface Rule {
  readonly who: readonly Relation[];
  readonly clause: string;
  /** What there is instead, for whoever is refused. */
  readonly instead: string;
}

const byTeam = (clause: string): Rule => ({
  who: ['team'],
  clause,
  instead: 'a member of the infrateam may',
});
const byNobody = (clause: string, instead: string): Rule => ({ who: [], clause, instead });
const byOwner: Rule = {
  who: ['owner', 'team'],
  clause: 'PART-3',
  instead: 'its owner may, and the infrateam',
};
const byManager: Rule = {
  who: ['manager', 'team'],
  clause: 'SPACE-5',
  instead: 'the managers of its project may, and the infrateam',
};
const core = byTeam('CORE-4');
const coreByHand = byNobody('CORE-4', 'the infrateam does it in Proxmox');
const staysOn: Rule = {
  who: ['team'],
  clause: 'SPACE-3',
  instead:
    'start and reboot; who works on it puts it on hold, and the infrateam does what is left in Proxmox',
};
/** What somebody on trial may do with what was granted to them: act on it. Whose it is, and that it goes, the team decides (JOIN-3). */
const grantable: ReadonlySet<Deed> = new Set([
  'start',
  'reboot',
  'shutdown',
  'stop',
  'resize',
  'console',
  'hold',
  'renew',
]);
/** What is done with a space-wide VM only after its project was retired (SPACE-3). */
const afterwards: ReadonlySet<Deed> = new Set(['shutdown', 'stop', 'delete']);
const byProject = byNobody('SPACE-5', 'the people of a space-wide project are changed in the project');
const noLease = (clause: string) => byNobody(clause, 'it has no lease, so nothing has to be renewed');
const unclaimed = byTeam('PART-3');
const adoptFirst = byNobody('PART-3', 'the infrateam gives it an owner first, who accepts it');

/**
 * Who may what, in one table. The board's VMs are not in it: they are in no pool that settings name, so that nobody is shown one (PRIV-2).
 * Our token for making VMs has no right outside the participants' pool: what needs it is done in Proxmox elsewhere.
 */
const table: Readonly<Record<Situation, Readonly<Record<Deed, Rule>>>> = {
  core: {
    start: core,
    reboot: core,
    shutdown: core,
    stop: core,
    resize: coreByHand,
    delete: coreByHand,
    console: core,
    hold: core,
    renew: noLease('CORE-4'),
    'hand-over': coreByHand,
    adopt: coreByHand,
  },
  'space-wide': {
    start: byManager,
    reboot: byManager,
    shutdown: staysOn,
    stop: staysOn,
    resize: byNobody('SPACE-5', 'the infrateam does it in Proxmox'),
    delete: byTeam('SPACE-3'),
    console: byManager,
    hold: byManager,
    renew: noLease('SPACE-3'),
    'hand-over': byProject,
    adopt: byProject,
  },
  participant: {
    start: byOwner,
    reboot: byOwner,
    shutdown: byOwner,
    stop: byOwner,
    resize: byOwner,
    // What cannot be undone is its owner's alone; the team hands it over first, to who accepts.
    delete: { who: ['owner'], clause: 'PART-3', instead: 'its owner may' },
    console: byOwner,
    // A hold goes before the lease, so that whoever may place one could keep a VM on for ever (PART-4).
    hold: byTeam('PART-4'),
    renew: byOwner,
    'hand-over': byOwner,
    adopt: byNobody('PART-3', 'it has an owner, who hands it over'),
  },
  unclaimed: {
    start: unclaimed,
    reboot: unclaimed,
    shutdown: unclaimed,
    stop: unclaimed,
    resize: adoptFirst,
    delete: adoptFirst,
    console: unclaimed,
    hold: unclaimed,
    renew: noLease('PART-3'),
    'hand-over': adoptFirst,
    adopt: unclaimed,
  },
};

/** Why somebody may not do this with a VM; undefined when they may. The refusal has its clause, and what they may do with it. */
export function mayNot(deed: Deed, asker: Asker, vm: Whose & { readonly id: string }): No | undefined {
  if (isAllowed(deed, asker, vm)) return undefined;
  const rule = table[situationOf(vm)][deed];
  const isTooEarly = isBeforeRetirement(deed, vm);
  const instead =
    isTooEarly && deed === 'delete'
      ? 'its project is retired first, by two members of the infrateam'
      : rule.instead;
  const allowed = allowedDeeds(asker, vm);
  const list = allowed.length === 0 ? 'you may look at it' : `you may ${allowed.join(', ')}`;
  return no('not-allowed', `You may not ${nameOf[deed]} VM ${vm.id}: ${instead}`, {
    clause: isTooEarly ? rule.clause : clauseFor(rule, asker, vm),
    errors: [{ field: 'act', found: deed, allowed: list }],
  });
}

/** All that somebody may do with a VM. */
export function allowedDeeds(asker: Asker, vm: Whose & { readonly id: string }): Deed[] {
  return deeds.filter((each) => isAllowed(each, asker, vm));
}

/** Why somebody may not offer a VM to a person: it is its owner's to hand over, and the team gives one to what has none. */
export function mayNotOffer(asker: Asker, vm: Whose & { readonly id: string }): No | undefined {
  return mayNot(vm.owner === undefined ? 'adopt' : 'hand-over', asker, vm);
}

/** How each deed is said. */
const nameOf: Readonly<Record<Deed, string>> = {
  start: 'start',
  reboot: 'reboot',
  shutdown: 'shut down',
  stop: 'pull the plug of',
  resize: 'resize',
  delete: 'delete',
  console: 'use the console of',
  hold: 'put on hold',
  renew: 'renew the lease of',
  'hand-over': 'hand over',
  adopt: 'give an owner to',
};

/** A trial member reads as the team and acts as a participant: what the team may is refused by JOIN-3; core's own clause comes first. */
function clauseFor(rule: Rule, { roles }: Asker, vm: Whose): string {
  return roles.includes('trial') && rule.who.includes('team') && vm.class !== 'core' ? 'JOIN-3' : rule.clause;
}

function isAllowed(deed: Deed, asker: Asker, vm: Whose & { readonly id: string }): boolean {
  if (isBeforeRetirement(deed, vm)) return false;
  const { who } = table[situationOf(vm)][deed];
  const asTeam = grantable.has(deed) && isGranted(asker, { thing: `vm/${vm.id}`, class: vm.class });
  if (asTeam && who.includes('team')) return true;
  return relationsOf(asker, vm).some((relation) => who.includes(relation));
}

function isBeforeRetirement(deed: Deed, vm: Whose): boolean {
  return vm.class === 'space-wide' && !vm.retired && afterwards.has(deed);
}

function situationOf({ class: of, owner }: Whose): Situation {
  return of === 'participant' && owner === undefined ? 'unclaimed' : of;
}

function relationsOf(asker: Asker, vm: Whose): Relation[] {
  const { person } = asker;
  const relations: Relation[] = [];
  if (isOfTeam(asker)) relations.push('team');
  if (person !== undefined && person === vm.owner) relations.push('owner');
  if (person !== undefined && vm.managers.includes(person)) relations.push('manager');
  return relations;
}

/** A full member of the team, or root on the machine itself. */
export function isOfTeam({ roles }: Asker): boolean {
  return roles.includes('infrateam') || roles.includes('administrator');
}

/** Whether somebody reads what is another's as the team does: the team, on trial too (JOIN-3), and the board. */
export function readsAsTeam({ roles }: Asker): boolean {
  return (
    isOfTeam({ roles }) || roles.includes('trial') || roles.includes('board') || roles.includes('service')
  );
}
