import type { ApplicationFact } from '../../facts/application.ts';
import type { Facts } from '../../facts/index.ts';
import { boardInTeam, fullMembers, ofBoard } from '../../facts/of-team.ts';
import type { Notice } from '../define.ts';

const dayMs = 24 * 3_600_000;

/** What is asked of people about an application, by the kind of the notice. */
export const askedKinds = {
  opened: 'application-opened',
  reminder: 'vote-reminder',
  board: 'board-asked',
  noBoard: 'application-without-board',
  appoint: 'appointment-asked',
  consent: 'consent-asked',
  minutes: 'minutes-asked',
} as const;

type Known = Pick<Facts, 'member' | 'person'>;
type Asked = Pick<Notice, 'kind' | 'moment' | 'urgency' | 'clause' | 'until'> & {
  readonly people: readonly string[];
};

/** Full members who may vote on it now: without the applicant (JOIN-1). */
export function electorate({ person }: ApplicationFact, { member }: Pick<Facts, 'member'>): string[] {
  return fullMembers(member).filter((each) => each !== person);
}

/**
 * Who is asked what about an application, as levels: full members to vote, who has not voted once more before the end (once, by its moment), another
 * full member than the recorder to confirm minutes, the board members in the team whether they veto it, the board where nobody else can go on, and the
 * applicant whether they consent. Nobody reads what anybody voted.
 */
export function askedAbout(
  application: ApplicationFact,
  known: Known,
  { now, remindBeforeMs }: { readonly now: number; readonly remindBeforeMs: number },
): Asked[] {
  const { person, state, since, ends, voted, minutes, boardUntil } = application;
  const others = (ids: readonly string[]) => ids.filter((each) => each !== person);
  const made = new Date(since).toISOString();
  if (state === 'proposed') {
    return [
      { kind: askedKinds.consent, moment: made, urgency: 'digest', clause: 'JOIN-1', people: [person] },
    ];
  }
  if (state === 'open') {
    const may = electorate(application, known);
    if (may.length === 0) {
      const people = others(ofBoard(known.person));
      return [{ kind: askedKinds.appoint, moment: made, urgency: 'digest', clause: 'JOIN-1', people }];
    }
    const people = may.filter((each) => !voted.includes(each));
    if (ends === undefined) return [];
    return [...toVote(people, { made, ends, now, remindBeforeMs }), ...toConfirm(may, minutes)];
  }
  if (state !== 'awaiting-board') return [];
  if (boardUntil === undefined) {
    const people = others(ofBoard(known.person));
    return [{ kind: askedKinds.noBoard, moment: made, urgency: 'digest', clause: 'JOIN-2', people }];
  }
  const moment = new Date(boardUntil).toISOString();
  const people = others(boardInTeam(known));
  return [{ kind: askedKinds.board, moment, urgency: 'now', clause: 'JOIN-2', until: boardUntil, people }];
}

function toConfirm(may: readonly string[], minutes: ApplicationFact['minutes']): Asked[] {
  if (minutes === undefined) return [];
  const { by, at } = minutes;
  const people = may.filter((each) => each !== by);
  const moment = new Date(at).toISOString();
  return [{ kind: askedKinds.minutes, moment, urgency: 'digest', clause: 'JOIN-1', people }];
}

function toVote(
  people: readonly string[],
  { made, ends, now, remindBeforeMs }: { made: string; ends: number; now: number; remindBeforeMs: number },
): Asked[] {
  const vote = { urgency: 'digest', clause: 'JOIN-1', until: ends, people } as const;
  if (now >= ends) return [];
  const opened: Asked = { kind: askedKinds.opened, moment: made, ...vote };
  if (now < ends - remindBeforeMs) return [opened];
  // The digest of the day would be too late.
  const urgency = ends - now < dayMs ? 'now' : 'digest';
  const moment = new Date(ends).toISOString();
  return [opened, { ...vote, kind: askedKinds.reminder, moment, urgency }];
}

/** Whether what a notice asks of somebody is still asked of them. */
export function isStillAsked(
  { kind, moment, person }: { readonly kind: string; readonly moment: string; readonly person: string },
  application: ApplicationFact | undefined,
  known: Known,
  now: number,
): boolean {
  if (application === undefined) return false;
  const asked = askedAbout(application, known, { now, remindBeforeMs: Number.POSITIVE_INFINITY });
  return asked.some((each) => each.kind === kind && each.moment === moment && each.people.includes(person));
}

/** Whether a notice asks something of somebody about an application. */
export function isAsking(kind: string): boolean {
  return Object.values<string>(askedKinds).includes(kind);
}
