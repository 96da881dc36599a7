import { Reason, Stage } from '@huismeester/contracts';
import { type Static, Type } from 'typebox';

/** Times are ms since 1970. */
const Time = Type.Number();

/** A power cut at one UPS, from its first second on battery until mains is trusted again. Key: `ups/<id>`. */
const OutageRow = Type.Object({
  kind: Type.Literal('outage'),
  ups: Type.String(),
  /** When the first spell on battery began. */
  since: Time,
  stage: Stage,
  /** When the present spell, on battery or back on mains, began. */
  spellAt: Time,
  reasons: Type.Array(Reason),
  correlationid: Type.String(),
});

/** What the rule asked of a target last, until something else is to be asked. */
const Asking = Type.Object({
  state: Type.Enum(['running', 'stopped'] as const),
  attempt: Type.Integer({ minimum: 0 }),
  since: Time,
});

/** A target that a power cut reached while it ran, from the first wish to stop it until it runs again. */
const shed = {
  /** The epoch of policy's log: what was shed in another one is dry-run. */
  epoch: Type.String(),
  /** When it was first to be stopped. */
  since: Time,
  /** Whether that was more than a rehearsal: what went off by itself, or by a person, is not ours to start. */
  enforced: Type.Boolean(),
  correlationid: Type.String(),
  /** Ids of the events that it was shed for. */
  evidence: Type.Array(Type.String()),
  asking: Type.Optional(Asking),
  /** When a stop was taken back that had not been reached. */
  withdrawnAt: Type.Optional(Time),
};

/** Key: `vm/<id>`. */
const GuestRow = Type.Object({
  kind: Type.Literal('guest'),
  ...shed,
  /** When the guest had been found, and had last gone off, as was known then, ms since 1970; see `wentOff`. */
  found: Type.Optional(Type.Number()),
  stopped: Type.Optional(Type.Number()),
  /** Which guest under the vmid that was, where it is known. */
  incarnation: Type.Optional(Type.String()),
  /** A shutdown of it was given up in this power cut. */
  stopFailed: Type.Optional(Type.Literal(true)),
  /** Since when mains is trusted for it. */
  trustedAt: Type.Optional(Time),
  /** How much of the time since then it was on hold, ms, and since when it is. */
  heldMs: Type.Optional(Type.Number()),
  heldAt: Type.Optional(Time),
  /** When the last of its starts was given up: a person has to look. */
  gaveUpAt: Type.Optional(Time),
});

/** Key: `node/<id>`. */
const NodeRow = Type.Object({ kind: Type.Literal('node'), ...shed });

/** The rows of the power rule's memory. */
export const PowerRow = Type.Union([OutageRow, GuestRow, NodeRow]);
export type PowerRow = Static<typeof PowerRow>;
export type Outage = Readonly<Static<typeof OutageRow>>;
export type ShedGuest = Readonly<Static<typeof GuestRow>>;
export type ShedNode = Readonly<Static<typeof NodeRow>>;
type Shed = ShedGuest | ShedNode;

export type Memory = ReadonlyMap<string, PowerRow>;

/** The power cuts that are not over, by UPS. */
export function outagesOf(memory: Memory): ReadonlyMap<string, Outage> {
  return new Map(
    [...memory.values()].flatMap((row) => (row.kind === 'outage' ? [[row.ups, row] as const] : [])),
  );
}

/** Asks for a state of a shed target: the same as before unless it is another state or attempt. */
export function asking<Row extends Shed>(
  row: Row,
  state: 'running' | 'stopped',
  attempt: number,
  now: number,
): Row {
  const before = row.asking;
  if (before?.state === state && before.attempt === attempt) return row;
  return { ...row, asking: { state, attempt, since: now } };
}

/** Asks for nothing any more. */
export function withdrawn<Row extends Shed>(row: Row, now: number): Row {
  if (row.asking === undefined) return row;
  const { asking: before, ...rest } = row;
  return { ...rest, ...(before.state === 'stopped' && { withdrawnAt: now }) } as Row;
}
