import { Type } from 'typebox';
import { event } from '../define.ts';
import { PersonId, Timestamp } from '../words.ts';
import { ApplicationId, DecidedBy, ReasonId, RegisterState } from './words.ts';

const maybe = Type.Optional;
const application = { application: ApplicationId };
const days = Type.Integer({
  minimum: 0,
  maximum: 365,
  description: 'How long the trial is that it begins with, in days of 24 hours; 0: none (JOIN-3)',
  examples: [60],
});

/**
 * Admission to the team (JOIN-1, JOIN-2); subject `application/<id>`. What somebody voted, and why, is in no event: it stands in a table, and
 * is erased after a year. The log keeps that there was a vote, and its outcome.
 */
export const admissionEvents = {
  'application.proposed': event(
    'A full member applies for somebody, who has to consent first',
    Type.Object({ ...application, person: PersonId, by: PersonId, trial_days: days }),
  ),
  'application.opened': event(
    'Full members vote on an application from now on',
    Type.Object({
      ...application,
      person: PersonId,
      backer: maybe({ ...PersonId, description: 'The full member who applied for them, and so votes yes' }),
      ends: Timestamp,
      trial_days: days,
    }),
  ),
  'application.withdrawn': event(
    'An application is none any more: the applicant, or who proposed it, took it back',
    Type.Object({ ...application, by: PersonId }),
  ),
  'application.trial-set': event(
    'A full member set how long the trial is that it begins with',
    Type.Object({ ...application, by: PersonId, trial_days: days }),
  ),
  'application.vote-cast': event(
    'Somebody voted, voted anew, or said that they have no objection',
    Type.Object({
      ...application,
      by: PersonId,
      vote: maybe(
        Type.Boolean({
          description:
            'False: they only said that they have no objection, and may still vote; left out: a vote',
          examples: [false],
        }),
      ),
    }),
  ),
  'application.minutes-recorded': event(
    'A full member recorded what a meeting decided; another one has to confirm it',
    Type.Object({ ...application, by: PersonId }),
  ),
  'application.minutes-withdrawn': event(
    'What was recorded of a meeting does not stand any more',
    Type.Object({ ...application, by: PersonId }),
  ),
  'application.approved': event(
    'The team approves of somebody (JOIN-1)',
    Type.Object({ ...application, person: PersonId, how: DecidedBy }),
  ),
  'application.put-to-board': event(
    'The board members in the team may veto it until then (JOIN-2)',
    Type.Object({ ...application, until: Timestamp }),
  ),
  'application.without-board': event(
    'It is approved, and no board member in the team could veto it: it waits (JOIN-2)',
    Type.Object({ ...application, person: PersonId }),
  ),
  'application.vetoed': event(
    'A board member in the team vetoed it (JOIN-2)',
    Type.Object({ ...application, person: PersonId, by: PersonId, reason: ReasonId }),
  ),
  'application.rejected': event(
    'The team does not approve of somebody (JOIN-1)',
    Type.Object({ ...application, person: PersonId, how: DecidedBy }),
  ),
  'application.lapsed': event(
    'It was not decided in time; it can be asked anew (JOIN-1)',
    Type.Object({ ...application, person: PersonId }),
  ),
  'application.carried-out': event(
    'Who was approved of is of the team (JOIN-1)',
    Type.Object({ ...application, person: PersonId, state: RegisterState, until: maybe(Timestamp) }),
  ),
};

export const admissionAggregates = { application };
