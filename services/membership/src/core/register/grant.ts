import { type EventData, type GrantTarget, type No, no, type PersonId } from '@huismeester/contracts';
import type { Team } from '../team.ts';
import { type Asker, needsFullMember } from './asker.ts';
import { dayMs } from './carry-out.ts';
import type { Member } from './member.ts';
import { memberWords } from './words.ts';

/** What a member on trial may act on (JOIN-3). */
export interface Grant {
  readonly person: PersonId;
  readonly on: GrantTarget;
  /** It was said that it is admin access to core. */
  readonly core: boolean;
  readonly since: Date;
  readonly until: Date;
  readonly by: PersonId;
}

type GrantEventType = 'grant.given' | 'grant.ended';

/** An event of a grant, before it is in the log. */
export type NewGrantEvent = {
  [T in GrantEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[GrantEventType];
export type GrantEvent = NewGrantEvent & { readonly time: Date };

/** The grant after the event; one that ended is none. */
export function evolveGrant(_: Grant | undefined, event: GrantEvent): Grant | undefined {
  if (event.type === 'grant.ended') return undefined;
  const { person, on, core = false, until, by } = event.data;
  return { person, on, core, since: event.time, until: new Date(until), by };
}

/** What a full member wants to grant. */
export interface Wanted {
  /** The id that it gets. */
  readonly id: string;
  readonly person: PersonId;
  readonly on: GrantTarget;
  readonly until: Date;
  /** Whether it was said that it is on core. */
  readonly core: boolean;
  /** The class of the VM that it is on; undefined where that is not known, or it is on something else. */
  readonly class?: string | undefined;
}

const longestMs = 365 * dayMs;

/** A full member grants something to a member on trial, on core only where that is said (JOIN-3, CORE-4). */
export function give(
  wanted: Wanted,
  asker: Asker,
  {
    team,
    member,
    others,
    now,
  }: {
    readonly team: Pick<Team, 'full'>;
    readonly member: Member | undefined;
    /** What is granted to this person already. */
    readonly others: readonly Pick<Grant, 'on'>[];
    readonly now: Date;
  },
): readonly NewGrantEvent[] | No {
  const { id, person, on, core, until } = wanted;
  const refused =
    needsFullMember(asker, team, 'JOIN-3') ??
    notOnTrial(member) ??
    outOfRange(until, now) ??
    alreadyGranted(on, others) ??
    coreNotSaid(wanted);
  if (refused) return refused;
  const data = {
    grant: id,
    person,
    on,
    until: until.toISOString(),
    // Said to be of core for what is known not to be: it counts as what it is, as who may administer core does (CORE-4).
    ...(core && isOnCore(wanted) && { core }),
    by: asker.person,
  };
  return [{ type: 'grant.given', subject: `grant/${id}`, data }];
}

/** Ends a grant that has not ended. */
export function endGrant(
  id: string,
  grant: Pick<Grant, 'person'> | undefined,
  how: EventData<'grant.ended'>['how'],
): readonly NewGrantEvent[] {
  if (grant === undefined) return [];
  return [{ type: 'grant.ended', subject: `grant/${id}`, data: { grant: id, person: grant.person, how } }];
}

/** A full member takes a grant back. */
export function withdrawGrant(
  id: string,
  grant: Grant | undefined,
  asker: Asker,
  team: Pick<Team, 'full'>,
): readonly NewGrantEvent[] | No {
  return needsFullMember(asker, team, 'JOIN-3') ?? endGrant(id, grant, 'withdrawn');
}

/** Core is all but VMs that are known to be of another class. */
export function isOnCore({ on, class: of }: Pick<Wanted, 'on' | 'class'>): boolean {
  if (on.startsWith('class/')) return on === 'class/core';
  return !on.startsWith('vm/') || of === undefined || of === 'core';
}

function notOnTrial(member: Member | undefined): No | undefined {
  if (member?.state === 'trial') return undefined;
  return no('not-on-trial', 'Something is granted only to a member on trial', {
    clause: 'JOIN-3',
    errors: [
      {
        field: 'params.person',
        found: member === undefined ? 'nobody in the register' : memberWords[member.state],
        allowed: 'a member on trial; a full member may act on all of it anyway',
      },
    ],
  });
}

function outOfRange(until: Date, now: Date): No | undefined {
  const leftMs = until.getTime() - now.getTime();
  if (leftMs > 0 && leftMs <= longestMs) return undefined;
  const latest = new Date(now.getTime() + longestMs).toISOString();
  return no('out-of-range', 'A grant ends, within a year', {
    clause: 'JOIN-3',
    errors: [
      { field: 'body.until', found: until.toISOString(), allowed: `in the future, ${latest} at the latest` },
    ],
  });
}

function alreadyGranted(on: string, others: readonly Pick<Grant, 'on'>[]): No | undefined {
  if (!others.some((each) => each.on === on)) return undefined;
  return no('already-granted', 'This is granted to this member already', {
    clause: 'JOIN-3',
    errors: [{ field: 'body.on', found: on, allowed: 'something else; or withdraw that grant first' }],
  });
}

function coreNotSaid(wanted: Wanted): No | undefined {
  if (wanted.core || !isOnCore(wanted)) return undefined;
  return no('core-not-said', `${wanted.on} is core, or may be: that is granted only where it is said`, {
    clause: 'CORE-4',
    errors: [
      {
        field: 'body.core',
        found: 'nothing',
        allowed: '`core: true` (`--core`), to grant admin access to core on trial (JOIN-3)',
      },
    ],
  });
}
