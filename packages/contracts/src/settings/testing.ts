import { Type } from 'typebox';
import { closed } from './values.ts';

export const Testing = Type.Object(
  {
    clockOffsetFile: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'a file with the milliseconds by which the civil clock is wrong from now on; read again and again, so that a test can make it jump',
      }),
    ),
    acceptFalseClock: Type.Boolean({
      default: false,
      description: 'a false clock misdates events and misjudges deadlines: never on a real site',
    }),
  },
  { ...closed, default: {}, description: 'for tests of Huismeester itself' },
);
