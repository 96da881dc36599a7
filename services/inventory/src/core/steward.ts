/* Long, since all that may be said about a steward stands together. */

import {
  coreFor,
  type EventData,
  isInfra,
  type No,
  no,
  type PersonId,
  type StewardRole,
  stewardCountsUntil,
} from '@huismeester/contracts';
import { type Item, isRetired } from './item.ts';
import type { SeenThing } from './things.ts';

/** That somebody can run an item without help, or learns to (TEAM-2). */
export interface Steward {
  readonly item: string;
  readonly person: PersonId;
  readonly role: StewardRole;
  /** Since when they have this role. */
  readonly since: Date;
  /** When they last became or confirmed to be it. */
  readonly confirmedAt: Date;
}

type StewardEventType = 'steward.added' | 'steward.promoted' | 'steward.confirmed' | 'steward.removed';

/** An event of a steward, before it is in the log. */
export type NewStewardEvent = {
  [T in StewardEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[StewardEventType];

/** The steward after the event; one that was removed is none. */
export function evolveSteward(
  steward: Steward | undefined,
  event: NewStewardEvent & { readonly time: Date },
): Steward | undefined {
  const { time } = event;
  if (event.type === 'steward.removed') return undefined;
  if (event.type === 'steward.added') {
    const { item, person, role } = event.data;
    return { item, person, role, since: time, confirmedAt: time };
  }
  if (steward === undefined) return undefined;
  const role = event.type === 'steward.promoted' ? ('steward' as const) : steward.role;
  return { ...steward, role, since: role === steward.role ? steward.since : time, confirmedAt: time };
}

/** Until when a steward counts; undefined for a learner, who never does. */
export function countsUntil({ role, confirmedAt }: Pick<Steward, 'role' | 'confirmedAt'>): Date | undefined {
  return role === 'steward' ? new Date(stewardCountsUntil(confirmedAt.getTime())) : undefined;
}

/** Somebody of the directory, by what they may. */
export interface Somebody {
  readonly person: PersonId;
  /** Whether they are a full member of the team. */
  readonly isFull: boolean;
  /** Whether they are on trial (JOIN-3). */
  readonly isTrial: boolean;
}

/** What it is about: an item, and the thing that it stands for. */
export interface About {
  readonly id: string;
  readonly item: Item | undefined;
  readonly seen: Pick<SeenThing, 'class'> | undefined;
}

type Decided = readonly NewStewardEvent[] | No;

/** Somebody is to learn an item: oneself, or, where a full member says so, another. */
export function addSteward(
  wanted: { readonly id: string; readonly person: PersonId },
  about: About,
  { asker, others }: { readonly asker: Somebody; readonly others: readonly Steward[] },
): Decided {
  const { id, person } = wanted;
  const refused = mayNotLearn(about, 'body.item') ?? notForAnother(person, asker) ?? isOne(person, others);
  if (refused) return refused;
  const data = { steward: id, item: about.id, person, role: 'learner' as const, by: asker.person };
  return [{ type: 'steward.added', subject: `steward/${id}`, data }];
}

/** Another confirms that a learner can run it without help: a steward who counts, or a full member. */
export function promoteSteward(
  id: string,
  steward: Steward,
  about: About,
  situation: {
    readonly asker: Somebody;
    /** Who is to become it; undefined when they are in the directory no more. */
    readonly learner: Somebody | undefined;
    /** Of this item. */
    readonly others: readonly Steward[];
    readonly now: Date;
  },
): Decided {
  const { asker, learner } = situation;
  const refused =
    mayNotLearn(about, 'params.id') ??
    notALearner(steward) ??
    mayNotPromote(steward, about, situation) ??
    mayNotBeSteward(learner, about);
  if (refused) return refused;
  const data = { steward: id, item: steward.item, person: steward.person, by: asker.person };
  return [{ type: 'steward.promoted', subject: `steward/${id}`, data }];
}

/** A steward says that they still can. */
export function confirmSteward(id: string, steward: Steward, asker: Somebody): Decided {
  if (steward.person !== asker.person) {
    return no('not-yours', 'Only the steward says that they can still do it', {
      clause: 'TEAM-2',
      errors: [{ field: 'person', found: 'somebody else', allowed: 'the steward' }],
    });
  }
  if (steward.role === 'learner') {
    return no('learner', 'A learner has nothing to confirm: another says when they can', {
      clause: 'TEAM-2',
      errors: [{ field: 'params.id', found: 'a learner', allowed: 'a steward' }],
    });
  }
  const data = { steward: id, item: steward.item, person: steward.person };
  return [{ type: 'steward.confirmed', subject: `steward/${id}`, data }];
}

/** Somebody is no steward or learner any more: by themselves, or by a full member. */
export function removeSteward(id: string, steward: Steward, asker: Somebody): Decided {
  const refused = notForAnother(steward.person, asker);
  if (refused) return refused;
  const data = { steward: id, item: steward.item, person: steward.person };
  return [{ type: 'steward.removed', subject: `steward/${id}`, data }];
}

/** `field`: where the request names the item, or the steward of it. */
function mayNotLearn({ id, item }: About, field: 'body.item' | 'params.id'): No | undefined {
  if (item === undefined) {
    return no('no-such-item', `There is no item ${id}`, {
      clause: 'TEAM-2',
      errors: [{ field, found: id, allowed: 'an item of the register' }],
    });
  }
  if (isRetired(item)) {
    return no('retired', `Item ${id} is retired`, {
      clause: 'TEAM-2',
      errors: [{ field, found: `${id}, which is retired`, allowed: 'an item that is not' }],
    });
  }
  if (isInfra(item.fields)) return undefined;
  return no('not-infra', `Item ${id} is somebody’s own and supports nothing directly: it has no stewards`, {
    clause: 'INFRA-1',
    errors: [{ field, found: id, allowed: 'an item that is infra' }],
  });
}

/** Others than full members say it of themselves alone. */
export function notForAnother(person: PersonId, asker: Pick<Somebody, 'person' | 'isFull'>): No | undefined {
  if (asker.person === person || asker.isFull) return undefined;
  return no('not-allowed', 'Only a full member of the team says this of somebody else', {
    clause: 'TEAM-2',
    errors: [
      {
        field: 'person',
        found: 'no full member',
        allowed: 'oneself; or a full member of the team, for others',
      },
    ],
  });
}

function isOne(person: PersonId, others: readonly Steward[]): No | undefined {
  const known = others.find((each) => each.person === person);
  if (known === undefined) return undefined;
  return no('exists', `They are ${known.role} of it already`, {
    clause: 'TEAM-2',
    errors: [
      { field: 'body.person', found: person, allowed: 'somebody who is neither steward nor learner of it' },
    ],
  });
}

function notALearner({ role }: Steward): No | undefined {
  if (role === 'learner') return undefined;
  return no('steward-already', 'They are steward of it already', {
    clause: 'TEAM-2',
    errors: [{ field: 'params.id', found: 'a steward', allowed: 'a learner' }],
  });
}

function mayNotPromote(
  { person }: Steward,
  { item, seen }: About,
  { asker, others, now }: { asker: Somebody; others: readonly Steward[]; now: Date },
): No | undefined {
  if (asker.person === person) {
    return no('needs-another', 'Nobody confirms this of themselves', {
      clause: 'TEAM-2',
      errors: [
        {
          field: 'person',
          found: 'the learner',
          allowed: 'another steward of it, or a full member of the team',
        },
      ],
    });
  }
  const own = others.find((each) => each.person === asker.person);
  const until = own && countsUntil(own);
  // Whoever left the team, or is on trial, may still have been steward of core: they count no more.
  const mayCount =
    !asker.isTrial && (item === undefined || coreFor(item.fields, { vmClass: seen?.class }).length === 0);
  if (asker.isFull || (mayCount && until !== undefined && until > now)) return undefined;
  return no('not-allowed', 'A steward of the item confirms it, or a full member of the team', {
    clause: 'TEAM-2',
    errors: [
      {
        field: 'person',
        found: own === undefined ? 'no steward of it' : `a ${own.role} of it who does not count`,
        allowed: 'a steward of it who confirmed that within 400 days, or a full member of the team',
      },
    ],
  });
}

/** Who is gone or on trial is steward of nothing; of core only full members are (CORE-4). */
function mayNotBeSteward(learner: Somebody | undefined, { id, item, seen }: About): No | undefined {
  const refused = (code: string, title: string, clause: string, found: string, allowed: string) =>
    no(code, title, { clause, errors: [{ field: 'params.id', found, allowed }] });
  if (learner === undefined) {
    const allowed = 'somebody of the directory';
    return refused('person-gone', 'They are in the directory no more', 'TEAM-2', 'nobody', allowed);
  }
  if (learner.isFull) return undefined;
  if (learner.isTrial) {
    const allowed = 'somebody who is not on trial; they may stay a learner';
    return refused('on-trial', 'A member on trial is no steward', 'JOIN-3', 'a member on trial', allowed);
  }
  if (item === undefined || coreFor(item.fields, { vmClass: seen?.class }).length === 0) return undefined;
  const allowed = 'a full member of the team; others may be learners of it';
  return refused(
    'core',
    `Item ${id} is core: its stewards are full members`,
    'CORE-4',
    'no full member',
    allowed,
  );
}
