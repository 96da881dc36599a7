import { type Static, Type } from 'typebox';
import { described } from '../define.ts';
import { Percent, Seconds, Stage, Timestamp, UpsId } from '../words.ts';

const Below = Type.Object({
  runtime_s: described(Seconds, 'Less than this is left of the battery, s'),
  charge_pct: described(Percent, 'It holds less than this, %'),
  unread_s: described(Seconds, 'So long on battery, s, where the UPS reports neither'),
});

/** By `policy.power` of the settings: when each stage of a power cut begins, at the latest, and when VMs come back. */
export const PowerLimits = Type.Object({
  hold_s: described(Seconds, 'So long on battery nothing is done, s'),
  participant: Type.Object({ after_s: described(Seconds, 'So long on battery, s') }),
  'space-wide': Below,
  core: Below,
  restore: Type.Object({
    stable_s: described(Seconds, 'So long mains must be stable, s'),
    charge_pct: described(Percent, 'The battery must hold more than this, %'),
  }),
});
export type PowerLimits = Static<typeof PowerLimits>;

/** `GET /api/v1/power`: how the space stands, and each power cut's stage. */
export const Power = Type.Object({
  stage: Type.Union([Stage, Type.Literal('unknown')], {
    description: 'Of the worst power cut; `unknown` until the facts were evaluated once',
  }),
  outages: Type.Array(
    Type.Object({
      ups: UpsId,
      stage: Stage,
      because: Type.String(),
      since: Timestamp,
      next: Type.Optional(Type.Object({ stage: Stage, at: Timestamp })),
    }),
  ),
  limits: Type.Optional(described(PowerLimits, 'By the settings; missing from an older policy')),
});
export type Power = Static<typeof Power>;
