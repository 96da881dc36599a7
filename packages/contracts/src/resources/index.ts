import { type Static, type TSchema, Type } from 'typebox';
import { Envelope } from '../event.ts';
import { Acceptance, DesiredState, Violation as OpenViolation, PowerTarget } from '../events/policy.ts';
import {
  Contact,
  Id,
  Mode,
  Percent,
  PowerState,
  Role,
  Seconds,
  Stage,
  Timestamp,
  VmClass,
} from '../words.ts';

/** `GET /api/v1/ups/{id}` and ups-monitor's snapshot entities. */
export const Ups = Type.Object({
  id: Id,
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
  runtime_s: Type.Optional(Seconds),
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
        runtime_s: Type.Optional(Seconds),
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

/** `GET /api/v1/vms/{id}` and vm-lifecycle's snapshot entities. */
export const Vm = Type.Object({
  id: Id,
  hypervisor: Id,
  vmid: Type.Integer(),
  kind: Type.Enum(['qemu', 'lxc'] as const),
  name: Type.String(),
  class: VmClass,
  pool: Type.String(),
  node: Type.String(),
  status: Type.Enum(['running', 'stopped', 'unknown'] as const),
  desired: Type.Optional(PowerState),
  generation: Type.Optional(Type.Integer()),
  act: Type.Optional(Type.String({ description: 'What is being done to it, and how that stands' })),
  onboot: Type.Optional(Type.Boolean({ description: 'Its node starts it when it boots' })),
  agent: Type.Optional(Type.Boolean({ description: 'QEMU: the guest agent is enabled' })),
  ha: Type.Optional(Type.Boolean({ description: 'Managed by ha-manager' })),
});
export type Vm = Static<typeof Vm>;

/** `GET /api/v1/nodes`: a node as vm-lifecycle's snapshot has it. */
export const Node = Type.Object({
  id: Id,
  hypervisor: Id,
  node: Type.String(),
  online: Type.Boolean(),
});
export type Node = Static<typeof Node>;

/** `GET /api/v1/hypervisors`: a hypervisor as vm-lifecycle's snapshot has it. */
export const Hypervisor = Type.Object({ id: Id, reachable: Type.Boolean(), quorate: Type.Boolean() });
export type Hypervisor = Static<typeof Hypervisor>;

/** `GET /api/v1/decisions`: a decision as it was made, kept for good; without a generation it was only rehearsed, in dry-run. */
export const Decision = Type.Object({
  id: Type.String({ format: 'uuid' }),
  time: Timestamp,
  actor: Type.Optional(Type.String()),
  correlationid: Type.String(),
  ...DesiredState.properties,
  generation: Type.Optional(DesiredState.properties.generation),
});
export type Decision = Static<typeof Decision>;

/** `GET /api/v1/holds`: a VM or node that is left alone, whatever the rules want, for maintenance (SPACE-3). */
export const Hold = Type.Object({
  id: Type.String(),
  target: PowerTarget,
  since: Timestamp,
  until: Timestamp,
  because: Type.String(),
  by: Type.String(),
});
export type Hold = Static<typeof Hold>;

/** `GET /api/v1/violations`: those that are open. */
export const Violation = Type.Object({
  ...OpenViolation.properties,
  since: Timestamp,
  accepted: Type.Optional(Acceptance),
});
export type Violation = Static<typeof Violation>;

/** `GET /api/v1/rules`: each clause that a rule acts by, and whether it is armed. */
export const Rule = Type.Object({
  rule: Type.String(),
  clause: Type.String(),
  title: Type.String(),
  mode: Mode,
  since: Type.Optional(Timestamp),
  by: Type.Optional(Type.String()),
});
export type Rule = Static<typeof Rule>;

/** `GET /api/v1/clauses`: a clause of the infra policy, what watches it, and how it stands. */
export const Clause = Type.Object({
  clause: Type.String(),
  title: Type.String(),
  watchedBy: Type.Array(Type.String(), { description: 'Names of rules' }),
  status: Type.Enum(['kept', 'violated', 'accepted', 'dry-run', 'unknown', 'not-set-up'] as const, {
    description: 'Of several the worst; `dry-run`: it is kept, and what it would do is not armed',
  }),
  detail: Type.Optional(Type.String({ description: 'Why it is unknown, or what to do to set it up' })),
  since: Type.Optional(Timestamp),
  violations: Type.Array(Id, { description: 'Those that are open' }),
});
export type Clause = Static<typeof Clause>;

/** `GET /api/v1/power`: how the space stands, and each power cut's stage. */
export const Power = Type.Object({
  stage: Type.Union([Stage, Type.Literal('unknown')], {
    description: 'Of the worst power cut; `unknown` until the facts were evaluated once',
  }),
  outages: Type.Array(
    Type.Object({
      ups: Id,
      stage: Stage,
      because: Type.String(),
      since: Timestamp,
      next: Type.Optional(Type.Object({ stage: Stage, at: Timestamp })),
    }),
  ),
});
export type Power = Static<typeof Power>;

/** An API token as it is listed; the secret is shown once, when it is made. */
export const Token = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: Role,
  created: Timestamp,
  createdBy: Type.String(),
  expires: Type.Optional(Timestamp),
  lastUsed: Type.Optional(Timestamp),
});
export type Token = Static<typeof Token>;

/** RFC 9457, with a stable `code`, the policy clause that refused, and one entry per wrong field. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String({ description: 'The request, as the log names it' })),
  clause: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        field: Type.String(),
        found: Type.Optional(Type.String()),
        allowed: Type.String(),
      }),
    ),
  ),
});
export type Problem = Static<typeof Problem>;

/** How every list answers. */
export function page<Item extends TSchema>(item: Item) {
  return Type.Object({
    results: Type.Array(item),
    next: Type.Union([Type.String(), Type.Null()], { description: 'URL of the next page' }),
    count: Type.Integer({ minimum: 0, description: 'Of all pages' }),
  });
}

/** `GET /api/v1/<service>/events`; `head` is the position of the newest event there is. */
export const EventPage = Type.Object({
  epoch: Type.String({ format: 'uuid' }),
  head: Type.Integer({ minimum: 0 }),
  events: Type.Array(
    Type.Intersect([Envelope, Type.Object({ actor: Type.Optional(Type.String()), data: Type.Unknown() })]),
  ),
});
export type EventPage = Static<typeof EventPage>;

/** `GET /api/v1/<service>/snapshot`: all entities as they were at `position`. */
export const Snapshot = Type.Object({
  epoch: Type.String({ format: 'uuid' }),
  position: Type.Integer({ minimum: 0 }),
  entities: Type.Array(
    Type.Object({ subject: Type.String(), version: Type.Integer({ minimum: 0 }), state: Type.Unknown() }),
  ),
});
export type Snapshot = Static<typeof Snapshot>;
