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
    leaseSpeed: Type.Number({
      minimum: 1,
      maximum: 100_000,
      default: 1,
      description:
        'so many times as fast pass the days of leases and digests, so that a demo plays a whole lease in minutes',
    }),
    acceptFalseClock: Type.Boolean({
      default: false,
      description:
        'a false clock, or a fast one, misdates events and misjudges deadlines: never on a real site',
    }),
  },
  'for tests of Huismeester itself',
);
