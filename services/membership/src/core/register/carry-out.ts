import { type MemberAct, type No, no, type PersonId } from '@huismeester/contracts';
import type { Before, Member, NewMemberEvent } from './member.ts';
import { memberWords } from './words.ts';

export const dayMs = 24 * 3_600_000;

/** An act about a member that may be done. */
interface Act {
  readonly act: MemberAct;
  /** A board member, or who proposed it and who confirmed it. */
  readonly by: PersonId[];
  /** The new end of a trial. */
  readonly until?: string;
  readonly reason?: string;
}

/** The clause by which somebody acts. */
export function clauseOf(act: MemberAct): string {
  return act === 'confirm' || act === 'extend' ? 'JOIN-3' : 'TEAM-1';
}

/** In which states a member is about whom something can be decided. */
const states: Readonly<Record<MemberAct, readonly Member['state'][]>> = {
  confirm: ['trial'],
  extend: ['trial'],
  end: ['trial', 'full', 'suspended'],
  suspend: ['trial', 'full'],
  lift: ['suspended'],
};

const done: Readonly<Record<MemberAct, string>> = {
  confirm: 'made a full member after a trial',
  extend: 'given a longer trial',
  end: 'taken out of the team',
  suspend: 'suspended',
  lift: 'let back before the end of a suspension',
};

/** Why a member is not such that this can be done about them; undefined when they are. */
export function unfit(act: MemberAct, { state }: Member): No | undefined {
  if (states[act].includes(state)) return undefined;
  return no('wrong-state', `${capital(memberWords[state])} cannot be ${done[act]}`, {
    clause: clauseOf(act),
    errors: [
      {
        field: 'params.person',
        found: memberWords[state],
        allowed: states[act].map((each) => memberWords[each]).join(' or '),
      },
    ],
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What happens to the register by this act. */
export function carriedOut(
  { act, by, until, reason }: Act,
  member: Member,
  { person, now, suspensionMs }: { person: PersonId; now: Date; suspensionMs: number },
): readonly NewMemberEvent[] {
  const subject = `member/${person}`;
  const why = reason === undefined ? {} : { reason };
  switch (act) {
    case 'confirm':
      return [{ type: 'member.confirmed', subject, data: { person, by } }];
    case 'extend':
      return until === undefined
        ? []
        : [{ type: 'member.extended', subject, data: { person, until, by, ...why } }];
    case 'end':
      return [{ type: 'member.left', subject, data: { person, how: 'ended', by, ...why } }];
    case 'suspend': {
      const end = new Date(now.getTime() + suspensionMs).toISOString();
      return [{ type: 'member.suspended', subject, data: { person, until: end, by, ...why } }];
    }
    case 'lift':
      return [{ type: 'member.reinstated', subject, data: { person, ...again(member), how: 'lifted', by } }];
  }
}

/** A suspension that is over by time (TEAM-1): as before. Nothing of one that is not, or of somebody who is not suspended. */
export function expireSuspension(
  member: Member | undefined,
  { person, now }: { person: PersonId; now: Date },
): readonly NewMemberEvent[] {
  if (member === undefined || member.state !== 'suspended') return [];
  if (member.until === null || member.until > now) return [];
  const data = { person, ...again(member), how: 'expired' } as const;
  return [{ type: 'member.reinstated', subject: `member/${person}`, data }];
}

/** What a suspended member is again; one of whom nothing else is known was a full member. */
function again({ before }: Member): Before {
  return before ?? { state: 'full' };
}
