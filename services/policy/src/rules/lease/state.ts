import { type Static, Type } from 'typebox';

const numbered = {
  /** Of the lease, and its end then: with another one the row is of the past. */
  number: Type.Integer(),
  ends: Type.Number(),
};

/** A planned stop that was put off, as long as that lease lasts. Key: the id of the lease. */
const MovedRow = Type.Object({
  kind: Type.Literal('moved'),
  ...numbered,
  /** ms since 1970. */
  planned: Type.Number(),
  why: Type.Enum(['not-warned', 'runs-again'] as const),
  /** Since when no warning was handed over, over all planned stops that were put off since, ms since 1970. */
  unsentAt: Type.Optional(Type.Number()),
});

/** A VM that is, or was within the last hour, stopped since its lease ended. Key: `stop/<lease>`. */
const StopRow = Type.Object({
  kind: Type.Literal('stop'),
  ...numbered,
  vm: Type.String(),
  /** When it got a slot (slots.ts), ms since 1970; none while it waits for one. */
  askedAt: Type.Optional(Type.Number()),
  /** How often it left its slot to others since it did not go off. */
  tries: Type.Integer({ minimum: 0 }),
  /** The newest generation that was given up. */
  failed: Type.Optional(Type.Integer()),
  /** When it was seen off, ms since 1970. */
  offAt: Type.Optional(Type.Number()),
});

/** The rows of the rule's memory. */
export const LeaseRow = Type.Union([MovedRow, StopRow]);
export type LeaseRow = Static<typeof LeaseRow>;
export type Moved = Readonly<Static<typeof MovedRow>>;
export type Stop = Readonly<Static<typeof StopRow>>;
export type Memory = ReadonlyMap<string, LeaseRow>;

const prefix = 'stop/';

/** The key of a lease's stop. */
export function stopKey(lease: string): string {
  return `${prefix}${lease}`;
}

/** The lease whose stop has this key; undefined for another row's. */
export function leaseOfStop(key: string): string | undefined {
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}
