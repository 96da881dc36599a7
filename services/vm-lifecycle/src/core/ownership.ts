import { type EventData, type EventType, type No, no, type Offer } from '@huismeester/contracts';
import type { Class } from './guest.ts';
import { type Asker, isOfTeam, mayNotOffer, type Whose } from './may.ts';

/** What tells one incarnation of a VM from another that stood, or will stand, under its vmid. */
export interface Which {
  readonly vm: string;
  readonly hypervisor: string;
  readonly vmid: number;
  readonly incarnation: string;
}

/** Whose an incarnation of a VM is (PART-3), as its row has it. */
export interface OwnershipState extends Which {
  /** Null while it is offered to its first owner. */
  readonly owner: string | null;
  readonly project: string | null;
  readonly offer: Offer | null;
  readonly since: Date;
  readonly ended: boolean;
}

type OwnershipEventType = Extract<EventType, `ownership.${string}`>;
/** An event of an ownership, before it is in the log. */
export type OwnershipFact = {
  [T in OwnershipEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[OwnershipEventType];
type OwnershipEvent = {
  [T in OwnershipEventType]: { readonly type: T; readonly data: EventData<T>; readonly time: Date };
}[OwnershipEventType];

/**
 * What an ownership is after an event; undefined: nobody's, and offered to nobody. One that ended is as none for who is offered the guest later: it may be
 * back, from its backup or with the MAC address that it had, and inherits nothing.
 */
export function evolveOwnership(
  state: OwnershipState | undefined,
  { type, data, time }: OwnershipEvent,
): OwnershipState | undefined {
  if (type === 'ownership.begun') {
    const { ownership: _, how: __, ...begun } = data;
    return { ...begun, offer: null, since: time, ended: false };
  }
  if (type === 'ownership.offered') {
    const { ownership: _, to, by, ...which } = data;
    const unowned = { ...which, owner: null, project: null, since: time, ended: false };
    return { ...(unended(state) ?? unowned), offer: { to, by, since: time.toISOString() } };
  }
  if (state === undefined) return undefined;
  switch (type) {
    case 'ownership.offer-ended':
      return state.owner === null ? undefined : { ...state, offer: null };
    case 'ownership.accepted': {
      const { owner, project } = data;
      return { ...state, owner, project, offer: null, since: time };
    }
    case 'ownership.ended':
      return { ...state, offer: null, ended: true };
  }
}

/** Offers a VM to a person, who becomes its owner by accepting: its owner does, or the team where it has none. The same offer again changes nothing. */
export function offer(
  state: OwnershipState | undefined,
  {
    id,
    which,
    to,
    by,
    asker,
    whose,
  }: {
    readonly id: string;
    readonly which: Which;
    readonly to: string;
    /** Who asks, as the log names them. */
    readonly by: string;
    readonly asker: Asker;
    readonly whose: Whose;
  },
): OwnershipFact[] | No {
  const now = unended(state);
  const refused = mayNotOffer(asker, { ...whose, id: which.vm, owner: now?.owner ?? undefined });
  if (refused) return refused;
  if (now?.owner === to) {
    const errors = [{ field: 'body.person', found: to, allowed: 'somebody else' }];
    return no('owns-it', `VM ${which.vm} is theirs already`, { clause: 'PART-3', errors });
  }
  if (now?.offer?.to === to) return [];
  if (now?.offer) {
    const errors = [{ field: 'body.person', found: to, allowed: 'anybody, once the offer is withdrawn' }];
    return no('offered-already', `VM ${which.vm} is offered to somebody else`, { clause: 'PART-3', errors });
  }
  return [
    {
      type: 'ownership.offered',
      subject: `ownership/${id}`,
      data: { ownership: id, ...onlyWhich(which), to, by },
    },
  ];
}

/**
 * A person takes over what is offered to them. A VM without a project gets `project`, and otherwise stays in its own for ever (SPACE-7). `classes`
 * are those of its pool and its project: one that became space-wide or core since it was offered is nobody's to take over.
 */
export function accept(
  before: OwnershipState | undefined,
  {
    id,
    vm,
    person,
    project,
    classes,
  }: {
    readonly id: string;
    readonly vm: string;
    readonly person: string;
    readonly project: string;
    readonly classes: readonly Class[];
  },
): OwnershipFact[] | No {
  const state = unended(before);
  if (state?.owner === person && state.offer === null) return [];
  if (state?.offer?.to !== person) {
    const errors = [{ field: 'person', allowed: 'the person to whom it is offered' }];
    return no('not-offered', `VM ${vm} is not offered to you`, { clause: 'PART-3', errors });
  }
  const other = classes.find((each) => each !== 'participant');
  if (other !== undefined) {
    return no('not-allowed', `VM ${vm} is ${other} by now: who may do what with it is said in its project`, {
      clause: other === 'core' ? 'CORE-4' : 'SPACE-5',
      errors: [{ field: 'vm', found: `a ${other} VM`, allowed: 'a VM of a participant' }],
    });
  }
  const { owner } = state;
  const data = { ownership: id, vm, owner: person, project: state.project ?? project };
  return [
    {
      type: 'ownership.accepted',
      subject: `ownership/${id}`,
      data: owner === null ? data : { ...data, before: owner },
    },
  ];
}

/** Ends an offer: declined by whom it was made to, withdrawn by the owner or the team. */
export function endOffer(
  state: OwnershipState | undefined,
  { id, vm, asker }: { readonly id: string; readonly vm: string; readonly asker: Asker },
): OwnershipFact[] | No {
  const to = state?.offer?.to;
  if (to === undefined) {
    const errors = [{ field: 'vm', found: 'no offer', allowed: 'a VM that is offered to somebody' }];
    return no('not-found', `VM ${vm} is offered to nobody`, { errors });
  }
  const { person } = asker;
  const isTheirs = person === to;
  // Also once nothing can come of it, since the VM is space-wide by now.
  const isOwner = person !== undefined && person === state?.owner;
  if (!isTheirs && !isOwner && !isOfTeam(asker)) {
    const errors = [{ field: 'person', allowed: 'its owner, the infrateam, and whom it is offered to' }];
    return no('not-allowed', `The offer of VM ${vm} is not yours to end`, { clause: 'PART-3', errors });
  }
  const how = isTheirs ? 'declined' : 'withdrawn';
  return [
    { type: 'ownership.offer-ended', subject: `ownership/${id}`, data: { ownership: id, vm, to, how } },
  ];
}

/** A VM has an owner from its making on; nothing when it has one already, as when that is found anew. */
export function begin(
  state: OwnershipState | undefined,
  data: EventData<'ownership.begun'>,
): OwnershipFact[] {
  return state === undefined
    ? [{ type: 'ownership.begun', subject: `ownership/${data.ownership}`, data }]
    : [];
}

/** The guest itself is gone. Should it come back, as one that is restored under its vmid does, it is nobody's until it is offered anew. */
export function end(
  state: OwnershipState | undefined,
  { id, because }: { readonly id: string; readonly because: EventData<'ownership.ended'>['because'] },
): OwnershipFact[] {
  if (state === undefined || state.ended) return [];
  return [
    { type: 'ownership.ended', subject: `ownership/${id}`, data: { ownership: id, vm: state.vm, because } },
  ];
}

/** An ownership that has not ended. */
export function unended(state: OwnershipState | undefined): OwnershipState | undefined {
  return state?.ended ? undefined : state;
}

function onlyWhich({ vm, hypervisor, vmid, incarnation }: Which): Which {
  return { vm, hypervisor, vmid, incarnation };
}
