import { Type } from 'typebox';
import { question } from '../define.ts';
import { Timestamp } from '../words.ts';

/** Whether the civil clock is believed, and where it stands where policy runs when it answers. */
const ClockAnswer = Type.Object({
  believed: Type.Boolean({
    description:
      'False before policy has looked at it since its start, and after it jumped by over an hour until a person accepts it',
  }),
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
