import { Type } from 'typebox';
import { question } from '../define.ts';
import { Timestamp } from '../words.ts';

/** Whether the civil clock is believed, and where it stands by policy's look at it. */
const ClockAnswer = Type.Object({
  believed: Type.Boolean({ description: 'False until a person accepts it, after it jumped by over an hour' }),
  now: Timestamp,
});

/** What other services may ask of policy. */
export const questions = {
  clock: question(
    'Whether the civil clock is believed: while it is not, nothing ends by time alone',
    Type.Object({}),
    ClockAnswer,
  ),
};
