import { type Static, Type } from 'typebox';
import { PersonId, Timestamp } from '../words.ts';
import { ApplicationId, ApplicationState, DecidedBy, TeamReason, Vote, VoteOutcome } from './words.ts';

const maybe = Type.Optional;

/** A vote, for full members and the board. */
export const Ballot = Type.Object({
  person: PersonId,
  vote: maybe(Vote),
  no_objection: Type.Boolean({ description: 'Said by a board member in the team (JOIN-2)' }),
  because: maybe(TeamReason),
  at: Timestamp,
  counts: Type.Boolean({ description: 'Who cast it is a full member now' }),
});

export type Ballot = Static<typeof Ballot>;

/** What a meeting decided, as a full member recorded it (JOIN-1). */
export const Minutes = Type.Object(
  {
    date: Type.String({
      format: 'date',
      description: 'The civil day of the meeting',
      examples: ['2026-11-22'],
    }),
    present: Type.Array(PersonId, { minItems: 1, maxItems: 100, uniqueItems: true }),
    outcome: Type.Enum(['approved', 'rejected'] as const),
    page: Type.String({
      minLength: 3,
      maxLength: 500,
      description: 'Where the minutes are: a page of the wiki, or its address',
      examples: ['Notulen 2026-11-22'],
    }),
  },
  { additionalProperties: false },
);
export type Minutes = Static<typeof Minutes>;

/** What would follow if the one who asks voted so now; missing where nothing would. */
const Effects = Type.Object({
  yes: maybe(VoteOutcome),
  no: maybe(VoteOutcome),
  abstain: maybe(VoteOutcome),
});

/** `GET /api/v1/applications`: somebody who wants to be of the team, or whom a full member wants there. */
export const ApplicationResource = Type.Object({
  id: ApplicationId,
  person: PersonId,
  state: ApplicationState,
  since: Type.String({ ...Timestamp, description: 'When it was made' }),
  backer: maybe({ ...PersonId, description: 'The full member who applied for them' }),
  ends: maybe(Type.String({ ...Timestamp, description: 'Until when full members vote' })),
  trial_days: Type.Integer({
    minimum: 0,
    description: 'Days of trial that it begins with; 0: none (JOIN-3)',
  }),
  electorate: maybe(
    Type.Integer({
      minimum: 0,
      description: 'So many full members may vote now, without the applicant; 0: a board member appoints',
    }),
  ),
  voted: maybe(Type.Array(PersonId, { description: 'Who has voted; how is for full members and the board' })),
  approved: maybe(Type.Object({ at: Timestamp, how: DecidedBy })),
  board: maybe(
    Type.Object({
      until: maybe(
        Type.String({ ...Timestamp, description: 'Until when it may be vetoed; missing: nobody could' }),
      ),
      waits_for: Type.Array(PersonId, { description: 'Board members in the team who have said nothing yet' }),
    }),
  ),
  waits: maybe(
    Type.Enum(['directory-unknown', 'clock-insane', 'no-full-member', 'no-board-member'] as const, {
      description: 'Why nothing closes, or is carried out, now',
    }),
  ),
  ended: maybe(Type.Object({ at: Timestamp, how: maybe(DecidedBy) })),
  minutes: maybe(Type.Object({ by: PersonId, at: Timestamp })),
  /** For full members and the board. */
  recorded: maybe(Minutes),
  votes: maybe(Type.Array(Ballot)),
  veto: maybe(Type.Object({ by: PersonId, because: maybe(TeamReason) })),
  would: maybe(Effects),
});
export type ApplicationResource = Static<typeof ApplicationResource>;
