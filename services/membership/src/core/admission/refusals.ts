import { type No, no, type ApplicationState as Status } from '@huismeester/contracts';
import { electorateOf, isOver, type Situation } from './advance.ts';
import type { Application } from './application.ts';
import type { Actor } from './decision.ts';

/** How people say it of an application. */
const statuses: Readonly<Record<Status, string>> = {
  proposed: 'waiting for the consent of the applicant',
  open: 'open',
  'awaiting-board': 'approved, and waiting for the board',
  'carried-out': 'over: the applicant is of the team',
  rejected: 'rejected',
  lapsed: 'over: it was not decided in time',
  vetoed: 'vetoed',
  withdrawn: 'withdrawn',
};
const consentFirst = 'first the applicant consents (`huismeester apply --consent`)';

/** Refuses what is for an application that stands otherwise than this one. */
export function notIn(
  { state: { status } }: Application,
  allowed: readonly Status[],
  clause = 'JOIN-1',
): No | undefined {
  if (allowed.includes(status)) return undefined;
  const others = `one that is ${allowed.map((each) => statuses[each]).join('; or ')}`;
  return no('not-open', `The application is ${statuses[status]}`, {
    clause,
    errors: [
      {
        field: 'id',
        found: `an application that is ${statuses[status]}`,
        allowed: status === 'proposed' ? `${others}; ${consentFirst}` : others,
      },
    ],
  });
}

/** Refuses what nobody does about their own application. */
export function own({ person }: Application, actor: Actor, clause = 'JOIN-1'): No | undefined {
  if (actor.person !== person) return undefined;
  return no('own-application', 'Nobody decides about their own application', {
    clause,
    errors: [{ field: 'person', found: 'the applicant', allowed: 'somebody else' }],
  });
}

/** Refuses what full members do: of the register and of the directory both, and never the applicant. */
export function notFull(application: Application, actor: Actor, situation: Situation): No | undefined {
  const isFull = actor.isInfrateam && electorateOf(application, situation.team).has(actor.person);
  return (
    own(application, actor) ?? (isFull ? undefined : notAllowed('a full member of the infrateam', 'JOIN-1'))
  );
}

/** Refuses what only these may do. */
export function notAllowed(allowed: string, clause: string): No {
  return no('not-allowed', `This is for ${allowed}`, {
    clause,
    errors: [{ field: 'person', found: 'somebody else', allowed }],
  });
}

/** Refuses what comes after the end, even if the application is not closed yet; also where only a clock that is not believed says so. */
export function tooLate(application: Application, situation: Situation): No | undefined {
  if (!isOver(application, situation)) return undefined;
  if (!situation.clockBelieved) return uncertain(situation);
  return no('ended', 'The time to vote is over', {
    clause: 'JOIN-1',
    errors: [
      {
        field: 'id',
        found: `an application that ended at ${application.state.ends}`,
        allowed: 'one on which is still voted',
      },
    ],
  });
}

/** Refuses what would close an application, or set its end, while nothing closes. */
export function uncertain(
  { directoryKnown, clockBelieved }: Pick<Situation, 'directoryKnown' | 'clockBelieved'>,
  clause = 'JOIN-1',
): No | undefined {
  if (!clockBelieved) {
    return no('clock-insane', 'The clock is not believed now: nothing begins or closes by it', {
      clause,
      errors: [
        { field: 'clock', found: 'a clock that is not believed', allowed: 'one that policy believes' },
      ],
    });
  }
  if (directoryKnown) return undefined;
  return no('directory-unknown', 'The directory is unknown now: nothing closes until it is read whole', {
    clause,
    errors: [{ field: 'directory', found: 'unknown', allowed: 'known' }],
  });
}

/** Refuses what needs a reason and has none; schemas let it through, since they name no clause. */
export function reasonless(because: string | undefined, clause: string): No | undefined {
  if (because !== undefined && because.trim().length >= 3) return undefined;
  return no('reason-needed', 'A reason is needed', {
    clause,
    errors: [
      { field: 'body.because', found: because ?? 'nothing', allowed: 'a reason of 3 to 1000 characters' },
    ],
  });
}
