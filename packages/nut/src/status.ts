/**
 * The tokens of `ups.status` that NUT defines (its developer guide, "Status data"), and what they say. Drivers use
 * others too (HE, ECO, vendor words): these are kept, and mean nothing to us.
 */
export const knownStatusTokens = {
  OL: 'on mains',
  OB: 'on battery',
  LB: 'battery low',
  HB: 'battery high',
  RB: 'replace the battery',
  CHRG: 'charging',
  DISCHRG: 'discharging',
  BYPASS: 'on bypass: no battery behind the load',
  CAL: 'calibrating: on battery by choice',
  OFF: 'output off',
  OVER: 'overloaded',
  TRIM: 'lowering the mains voltage',
  BOOST: 'raising the mains voltage',
  FSD: 'forced shutdown',
  ALARM: 'an alarm is active',
  WAIT: 'the driver has no data yet: infer nothing',
} as const;

export type KnownStatusToken = keyof typeof knownStatusTokens;
export type StatusToken = KnownStatusToken | (string & {});

/**
 * `ups.status` as a set of tokens. No combination is refused: real devices say `OL OB`, `OL LB`, `ALARM OL FSD`, or
 * nothing at all (an empty set, which like WAIT says nothing about the mains).
 */
export function parseStatus(status: string): ReadonlySet<StatusToken> {
  return new Set(status.toUpperCase().split(/\s+/).filter(Boolean));
}
