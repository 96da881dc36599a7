import { type Static, Type } from 'typebox';
import { described, list } from '../define.ts';
import { Contact, Percent, Runtime, Timestamp, UpsId } from '../words.ts';

/** `GET /api/v1/ups/{id}` and ups-monitor's snapshot entities. */
export const Ups = Type.Object({
  id: UpsId,
  contact: Contact,
  mains: Type.Enum(['unknown', 'on-mains', 'on-battery'] as const),
  since: Type.Optional(Timestamp),
  status: Type.Array(Type.String(), { description: 'The tokens of ups.status as last seen' }),
  low: Type.Boolean({ description: 'LB together with OB' }),
  forced: Type.Boolean({ description: 'A forced shutdown that we saw being set' }),
  stuckForced: Type.Boolean({ description: 'FSD stands there without a power cut; nothing follows from it' }),
  replaceBattery: Type.Boolean(),
  testing: Type.Boolean(),
  manufacturer: Type.Optional(Type.String()),
  model: Type.Optional(Type.String()),
  charge_pct: Type.Optional(Percent),
  runtime_s: Type.Optional(Runtime),
  load_pct: Type.Optional(Percent),
  input_v: Type.Optional(Type.Number()),
  output_v: Type.Optional(Type.Number()),
  battery_v: Type.Optional(Type.Number()),
  power_w: Type.Optional(Type.Number()),
  reported: Type.Optional(
    Type.Object(
      {
        contactSince: Type.Optional(Timestamp),
        seenAt: Type.Optional(Timestamp),
        low: Type.Boolean(),
        forced: Type.Boolean(),
        lowSince: Type.Optional(Timestamp),
        stuck: Type.Optional(Type.Enum(['at-contact', 'beside-mains'] as const)),
        charge_pct: Type.Optional(Percent),
        runtime_s: Type.Optional(Runtime),
        readAt: Type.Optional(Timestamp),
        evidence: Type.Array(
          Type.Object({
            id: Type.String({ format: 'uuid' }),
            correlationid: Type.String({ format: 'uuid' }),
          }),
          { description: 'The first event of the present spell, and the newest' },
        ),
      },
      { description: 'In a snapshot: what its events say up to there, for a reader that begins with it' },
    ),
  ),
});
export type Ups = Static<typeof Ups>;

/** One UPS at one moment, as it was seen. What was not known then is missing. */
export const UpsSample = Type.Object({
  at: Timestamp,
  mains: described(Ups.properties.mains, '`unknown` also while there was no contact'),
  charge_pct: Type.Optional(Percent),
  runtime_s: Type.Optional(Runtime),
  load_pct: Type.Optional(Percent),
  power_w: Type.Optional(Type.Number()),
  input_v: Type.Optional(Type.Number()),
});
export type UpsSample = Static<typeof UpsSample>;

/** `GET /api/v1/ups/{id}/history`: how a UPS was in the last hours, oldest first. */
export const UpsHistory = Type.Object({
  ups: UpsId,
  step_s: Type.Integer({
    minimum: 1,
    description:
      'Samples are at most so far apart, s, but for small delays: across twice that or more nothing is known',
    examples: [60],
  }),
  points: Type.Array(UpsSample, {
    description:
      'One a step, and one at each change of the mains or of the contact; of very many the most telling',
  }),
});
export type UpsHistory = Static<typeof UpsHistory>;

export const resources = { ups: list(Ups, { order: ['id'], exported: true }) };
