import { type DecidedBy, type Minutes, no } from '@huismeester/contracts';
import { electorateOf, type Situation } from './advance.ts';
import type { Application, NewAdmissionEvent } from './application.ts';
import { type Actor, type Decided, decided, type Known, voteCast } from './decision.ts';
import { notAllowed, notFull, notIn, own, tooLate, uncertain } from './refusals.ts';

/** A full member records what a meeting decided; `today` is the civil day there, as `YYYY-MM-DD` (JOIN-1). */
export function recordMinutes(
  { id, application }: Known,
  { recorded, today }: { readonly recorded: Minutes; readonly today: string },
  actor: Actor,
  situation: Situation,
): Decided {
  const refused =
    notIn(application, ['open']) ?? notFull(application, actor, situation) ?? tooLate(application, situation);
  if (refused) return refused;
  if (application.state.minutes) {
    return no('minutes-recorded', 'Minutes are recorded already: confirm them, or withdraw them first', {
      clause: 'JOIN-1',
      errors: [{ field: 'id', found: 'recorded minutes', allowed: 'an application without' }],
    });
  }
  if (recorded.date > today) {
    return no('in-future', 'The meeting has not been yet', {
      clause: 'JOIN-1',
      errors: [{ field: 'body.date', found: recorded.date, allowed: `a day up to ${today}` }],
    });
  }
  const by = actor.person;
  const event: NewAdmissionEvent = {
    type: 'application.minutes-recorded',
    subject: `application/${id}`,
    data: { application: id, by },
  };
  return decided(id, application, situation, {
    events: [event],
    writes: [{ table: 'minutes', by, recorded }],
  });
}

/** What was recorded does not stand: by who recorded it, or any other full member. */
export function withdrawMinutes({ id, application }: Known, actor: Actor, situation: Situation): Decided {
  const refused = notIn(application, ['open']) ?? noMinutes(application);
  if (refused) return refused;
  const by = actor.person;
  const isRecorder = application.state.minutes?.by === by;
  const notTheirs = isRecorder ? undefined : notFull(application, actor, situation);
  if (notTheirs) return notTheirs;
  const event: NewAdmissionEvent = {
    type: 'application.minutes-withdrawn',
    subject: `application/${id}`,
    data: { application: id, by },
  };
  return decided(id, application, situation, {
    events: [event],
    writes: [{ table: 'minutes', by, recorded: undefined }],
  });
}

/**
 * Another full member confirms what was recorded: it counts as the vote (JOIN-1). `read`: the `at` of the minutes that they read; where others stand by
 * now, it is refused.
 */
export function confirmMinutes(
  { id, application }: Known,
  { recorded, read }: { readonly recorded: Minutes | undefined; readonly read?: string | undefined },
  actor: Actor,
  situation: Situation,
): Decided {
  const refused =
    notIn(application, ['open']) ??
    notFull(application, actor, situation) ??
    noMinutes(application) ??
    notByAnother(application, actor, situation) ??
    notAsRead(application, read) ??
    uncertain(situation) ??
    tooLate(application, situation);
  if (refused) return refused;
  // They are erased after a year.
  if (recorded === undefined) return missing();
  return decided(id, application, situation, {
    events: [outcomeEvent({ id, application }, recorded.outcome, 'meeting')],
  });
}

function noMinutes({ state }: Application) {
  return state.minutes === undefined ? missing() : undefined;
}

function notAsRead({ state: { minutes } }: Application, read: string | undefined) {
  if (minutes === undefined || read === undefined || Date.parse(read) === Date.parse(minutes.at))
    return undefined;
  return no('changed', 'Other minutes are recorded by now: read them again', {
    clause: 'JOIN-1',
    errors: [{ field: 'body.recorded', found: read, allowed: minutes.at }],
  });
}

function missing() {
  return no('no-minutes', 'No minutes are recorded', {
    clause: 'JOIN-1',
    errors: [{ field: 'id', found: 'an application without minutes', allowed: 'one with recorded minutes' }],
  });
}

function notByAnother(application: Application, actor: Actor, { team }: Situation) {
  const by = application.state.minutes?.by;
  if (by === actor.person) {
    return no(
      'needs-another',
      'Somebody else confirms the minutes than who recorded them: another full member',
      {
        clause: 'JOIN-1',
        errors: [
          { field: 'person', found: 'who recorded them', allowed: 'another full member of the infrateam' },
        ],
      },
    );
  }
  if (by !== undefined && electorateOf(application, team).has(by)) return undefined;
  return no('recorder-left', 'Who recorded the minutes is no full member any more: record them anew', {
    clause: 'JOIN-1',
    errors: [{ field: 'id', found: 'minutes of somebody who left', allowed: 'minutes of a full member' }],
  });
}

/** Where there is no full member a board member appoints (JOIN-1): who is in the team has no objection with that. */
export function appoint({ id, application }: Known, actor: Actor, situation: Situation): Decided {
  const { team } = situation;
  const refused = notIn(application, ['open']) ?? own(application, actor);
  if (refused) return refused;
  if (!actor.isBoard || !team.ofBoard.has(actor.person)) return notAllowed('a member of the board', 'JOIN-1');
  const { size } = electorateOf(application, team);
  if (size > 0) {
    return no('team-decides', 'There are full members: they vote, and nobody appoints', {
      clause: 'JOIN-1',
      errors: [{ field: 'id', found: `${size} full members`, allowed: 'a team without full members' }],
    });
  }
  const unsure = uncertain(situation);
  if (unsure) return unsure;
  const approved = outcomeEvent({ id, application }, 'approved', 'board');
  if (!team.board.has(actor.person)) return decided(id, application, situation, { events: [approved] });
  const before = situation.casts.find(({ person }) => person === actor.person);
  const cast = { person: actor.person, ...before, noObjection: true };
  return decided(id, application, situation, {
    events: [voteCast({ id }, cast), approved],
    writes: [{ table: 'ballot', cast }],
  });
}

function outcomeEvent(
  { id, application: { person } }: Known,
  outcome: 'approved' | 'rejected',
  how: DecidedBy,
): NewAdmissionEvent {
  const data = { application: id, person, how };
  return { type: `application.${outcome}`, subject: `application/${id}`, data };
}
