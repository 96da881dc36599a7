import type { PersonId, Vote } from '@huismeester/contracts';
import type { Team } from '../team.ts';
import { type Application, evolveApplication, type NewAdmissionEvent } from './application.ts';
import { count } from './count.ts';

/** What somebody voted, or said of the board. */
export interface Cast {
  readonly person: PersonId;
  /** Undefined: a board member who did not vote. */
  readonly vote?: Vote | undefined;
  readonly noObjection: boolean;
  readonly because?: string | undefined;
}

/** What is known when something is decided about an application. */
export interface Situation {
  readonly team: Team;
  readonly casts: readonly Cast[];
  /** Whether the applicant is a participant of the directory, whose account is not disabled, and not of the team by another way. */
  readonly isParticipant: boolean;
  readonly now: Date;
  /** Nothing closes, and nothing is carried out, while the directory is unknown or the clock is not believed (JOIN-2). */
  readonly directoryKnown: boolean;
  readonly clockBelieved: boolean;
  readonly votingMs: number;
  /** For so long board members in the team may veto what was approved. */
  readonly boardPeriodMs: number;
}

const dayMs = 24 * 3_600_000;

/** Who votes on an application: full members, without the applicant. */
export function electorateOf({ person }: Application, { full }: Team): ReadonlySet<PersonId> {
  return full.has(person) ? new Set([...full].filter((each) => each !== person)) : full;
}

/** The board members in the team who may veto it. */
export function boardOf({ person }: Application, { board }: Team): PersonId[] {
  return [...board].filter((each) => each !== person);
}

/** The board members in the team who neither voted yes nor said that they have no objection. */
export function silentBoard(application: Application, { team, casts }: Pick<Situation, 'team' | 'casts'>) {
  return boardOf(application, team).filter(
    (each) =>
      !casts.some(({ person, vote, noObjection }) => person === each && (noObjection || vote === 'yes')),
  );
}

/** Whether the time to vote is over by the clock, believed or not. */
export function isOver({ state: { ends } }: Application, { now }: Pick<Situation, 'now'>): boolean {
  return ends !== undefined && now.getTime() >= Date.parse(ends);
}

/**
 * What follows for an application now: it closes, is put to the board, is carried out (JOIN-1, JOIN-2). Asked again with what it answered there is
 * nothing more, so it can be asked at any time and as often as one likes.
 */
export function advance(
  id: string,
  application: Application | undefined,
  situation: Situation,
): readonly NewAdmissionEvent[] {
  const events: NewAdmissionEvent[] = [];
  for (let so = application; so !== undefined; ) {
    const event = next(id, so, situation);
    if (event === undefined) break;
    events.push(event);
    so = evolveApplication(so, { ...event, time: situation.now });
  }
  return events;
}

function next(id: string, application: Application, situation: Situation): NewAdmissionEvent | undefined {
  const { person, open, state } = application;
  const { directoryKnown, clockBelieved, isParticipant } = situation;
  if (!open || !directoryKnown || !clockBelieved) return undefined;
  const base = { subject: `application/${id}` };
  const data = { application: id, person };
  // A member is a participant (TEAM-1): whoever is none any more cannot become one, and may ask anew.
  if (!isParticipant) return { ...base, type: 'application.lapsed', data };
  if (state.status === 'awaiting-board') return nextOfBoard(id, application, situation);
  if (state.status !== 'open') return undefined;
  const electorate = electorateOf(application, situation.team);
  const outcome = count({ electorate, votes: situation.casts, ended: isOver(application, situation) });
  if (outcome === undefined) return undefined;
  if (outcome === 'lapsed') return { ...base, type: 'application.lapsed', data };
  return { ...base, type: `application.${outcome}`, data: { ...data, how: 'votes' } };
}

function nextOfBoard(
  id: string,
  application: Application,
  situation: Situation,
): NewAdmissionEvent | undefined {
  const { person, state } = application;
  const { team, now, boardPeriodMs } = situation;
  const until = state.board?.until;
  if (boardOf(application, team).length === 0) {
    // Who joins is of the board themselves, which restores BOARD-1; or the board has spoken, by whoever appointed.
    if (team.ofBoard.has(person) || state.approved?.how === 'board') return carriedOut(id, application, now);
    const isSaid = state.board !== undefined && until === undefined;
    const data = { application: id, person };
    return isSaid ? undefined : { type: 'application.without-board', subject: `application/${id}`, data };
  }
  const isOut = until !== undefined && now.getTime() >= Date.parse(until);
  if (isOut || silentBoard(application, situation).length === 0) return carriedOut(id, application, now);
  if (until !== undefined) return undefined;
  const data = { application: id, until: new Date(now.getTime() + boardPeriodMs).toISOString() };
  return { type: 'application.put-to-board', subject: `application/${id}`, data };
}

function carriedOut(id: string, { person, state: { trialDays } }: Application, now: Date): NewAdmissionEvent {
  const trial =
    trialDays > 0
      ? ({ state: 'trial', until: new Date(now.getTime() + trialDays * dayMs).toISOString() } as const)
      : ({ state: 'full' } as const);
  const data = { application: id, person, ...trial };
  return { type: 'application.carried-out', subject: `application/${id}`, data };
}
