import { type Static, Type } from 'typebox';
import { event } from '../define.ts';
import { Timestamp } from '../words.ts';
import { adviceAggregates, adviceEvents } from './advice.ts';

/** A report by its range: a month, or civil days of the site. */
export const ReportId = Type.String({
  pattern: '^\\d{4}-\\d{2}(-\\d{2}-to-\\d{4}-\\d{2}-\\d{2})?$',
  description: '`2026-10`, or `2026-10-01-to-2026-10-15`: the last day is not included',
  examples: ['2026-10'],
});
export type ReportId = Static<typeof ReportId>;

const report = { report: ReportId };
export const delivery = {
  ...report,
  notice: Type.String({ format: 'uuid' }),
  to: Type.String({
    description: 'The id of a board member in the team, or `board`: the address of the whole board',
    examples: ['5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f'],
  }),
};
export const notDelivered = {
  because: Type.Enum(['refused', 'no-address', 'gave-up'] as const, { examples: ['refused'] }),
  code: Type.Optional(Type.Integer({ description: 'What the mail server answered', examples: [550] })),
};
/** Whether the board was informed can be asked for however long ago it was (BOARD-2). */
const kept = { keptForGood: true };

/** The report to the board (BOARD-2); subject `report/<id>`. What stands in it is in no event. */
export const reportEvents = {
  'report.made': event(
    'A report to the board was made',
    Type.Object({
      ...report,
      from: Timestamp,
      to: Timestamp,
      how: Type.Enum(['monthly', 'on-demand'] as const, { examples: ['monthly'] }),
      digest: Type.String({
        description: 'SHA-256 of its data in canonical JSON: the same events give the same',
        examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
      }),
    }),
    kept,
  ),
  'report.delivered': event('The mail server took the report to somebody', Type.Object(delivery), kept),
  'report.failed': event(
    'The report could not be delivered to somebody, and is not tried any more',
    Type.Object({
      ...delivery,
      ...notDelivered,
    }),
    kept,
  ),
  'report.forwarded': event(
    'A board member said that it was passed on to the rest of the board',
    Type.Object(report),
    kept,
  ),
};

/** All that is said to the board, and by it. */
export const boardEvents = { ...reportEvents, ...adviceEvents };
export const boardAggregates = { report, ...adviceAggregates };
