import { type Static, Type } from 'typebox';
import { event, list } from '../define.ts';
import { Timestamp } from '../words.ts';

/** Of a piece of advice: a UUID that is made when it is written down. */
export const AdviceId = Type.String({
  format: 'uuid',
  description: 'Advice of the infrateam to the board',
  examples: ['0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c70'],
});
export type AdviceId = Static<typeof AdviceId>;

/** What the team advises. It is for the whole board, so it names no person. */
export const AdviceFields = {
  title: Type.String({ minLength: 3, maxLength: 120, examples: ['Een tweede internetverbinding'] }),
  text: Type.String({
    minLength: 10,
    maxLength: 4000,
    description: 'In plain words; it stands in the report to the board',
    examples: ['Neem een tweede verbinding: de eerste viel dit jaar zes keer uit.'],
  }),
};

/** What the board answered, as whoever wrote it down has it. */
export const AdviceAnswer = Type.String({
  minLength: 3,
  maxLength: 4000,
  examples: ['Akkoord, tot 50 euro per maand.'],
});

const advice = { advice: AdviceId };
/** What was advised can be asked for however long ago it was. */
const kept = { keptForGood: true };

/** Advice of the team to the board (TEAM-3); subject `advice/<id>`. */
export const adviceEvents = {
  'advice.written': event(
    'A full member wrote down advice to the board',
    Type.Object({ ...advice, ...AdviceFields }),
    kept,
  ),
  'advice.changed': event(
    'Advice that was not given yet was changed: this is all of it',
    Type.Object({ ...advice, ...AdviceFields }),
    kept,
  ),
  'advice.given': event('The team gave it to the board', Type.Object(advice), kept),
  'advice.answered': event(
    'The board’s answer was written down',
    Type.Object({ ...advice, answer: AdviceAnswer }),
    kept,
  ),
  'advice.withdrawn': event('It is advised no more', Type.Object(advice), kept),
};

export const adviceAggregates = { advice };

/** `GET /api/v1/advice`: what the team advises the board, answered or not (TEAM-3). */
export const AdviceResource = Type.Object({
  id: AdviceId,
  ...AdviceFields,
  state: Type.Enum(['open', 'given', 'answered'] as const, { examples: ['given'] }),
  since: Timestamp,
  by: Type.String({ description: 'Who wrote it down, as the log names them' }),
  given: Type.Optional(Timestamp),
  answer: Type.Optional(AdviceAnswer),
  answered: Type.Optional(Timestamp),
});
export type AdviceResource = Static<typeof AdviceResource>;

export const adviceResources = {
  advice: list(AdviceResource, { order: ['id'], exported: true }),
};
