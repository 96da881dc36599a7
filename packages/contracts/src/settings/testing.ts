import { Type } from 'typebox';
import { section } from './values.ts';

export const Testing = section(
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
  'for tests of Huismeester itself',
);
