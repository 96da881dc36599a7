import { type Static, Type } from 'typebox';
import { described, list } from '../define.ts';
import { Seconds, ThingId, Timestamp } from '../words.ts';
import {
  CertificateFault,
  ExpiryStage,
  IncidentId,
  LookReason,
  Member,
  PortId,
  ProbeId,
  SwitchId,
  ThingState,
} from './things.ts';

const maybe = Type.Optional;

/** The state of a thing, and why. */
const status = {
  state: ThingState,
  since: maybe(Timestamp),
  because: maybe(ThingId),
  reason: maybe(LookReason),
  detail: maybe(Type.String()),
  incident: maybe(IncidentId),
  core: Type.Boolean(),
  flapping: Type.Boolean(),
};

/** `GET /api/v1/probes`: a service that is probed. */
export const ProbeResource = Type.Object({
  id: ProbeId,
  kind: Type.String(),
  target: Type.String({ description: 'What is asked; no secret is in it' }),
  role: maybe(Type.String()),
  ...status,
  degraded: maybe(Type.String({ description: 'Slow, or its defect' })),
  latency_ms: maybe(Type.Number()),
  lookedAt: maybe(Timestamp),
  found: maybe(
    Type.Object(
      {
        outcome: Type.Enum(['up', 'degraded', 'down', 'unknown'] as const),
        reason: maybe(LookReason),
        detail: maybe(Type.String()),
        defect: maybe(Type.String({ description: 'Why it is degraded' })),
      },
      { description: 'What the last look alone found; the state follows after several' },
    ),
  ),
  certificate: maybe(
    Type.Object({
      until: Timestamp,
      stage: maybe(ExpiryStage),
      fault: maybe(CertificateFault),
    }),
  ),
});
export type ProbeResource = Static<typeof ProbeResource>;

/** `GET /api/v1/switches`: a switch that is read through SNMP. */
export const SwitchResource = Type.Object({
  id: SwitchId,
  host: Type.String(),
  ...status,
  name: maybe(Type.String({ description: 'sysName' })),
  description: maybe(Type.String({ description: 'sysDescr' })),
  uptime_s: maybe(Seconds),
  ports: Type.Integer({ minimum: 0 }),
  ports_up: Type.Integer({ minimum: 0 }),
  traps: Type.Object({
    taken: Type.Integer({ minimum: 0 }),
    dropped: Type.Integer({ minimum: 0 }),
    refused: Type.Integer({ minimum: 0, description: 'authenticationFailure, as the switch reports it' }),
  }),
});
export type SwitchResource = Static<typeof SwitchResource>;

/** `GET /api/v1/ports`: a port of a switch. */
export const PortResource = Type.Object({
  switch: SwitchId,
  id: PortId,
  name: Type.String({ description: 'ifName, else ifDescr, else ifIndex' }),
  alias: maybe(Type.String({ description: 'ifAlias, as the team wrote it' })),
  role: maybe(Type.String()),
  ifIndex: Type.Integer({ minimum: 0 }),
  oper: maybe(Type.String()),
  admin_up: maybe(Type.Boolean()),
  ...status,
  speed_bps: maybe(Type.Number({ minimum: 0 })),
  in_bps: maybe(Type.Number({ minimum: 0 })),
  out_bps: maybe(Type.Number({ minimum: 0 })),
});
export type PortResource = Static<typeof PortResource>;

/** `GET /api/v1/incidents`: one that is open, or was. */
export const IncidentResource = Type.Object({
  id: IncidentId,
  state: Type.Enum(['open', 'closed'] as const),
  root: ThingId,
  since: Timestamp,
  until: maybe(Timestamp),
  lasted_s: maybe(Seconds),
  core: Type.Boolean(),
  outage: Type.Boolean(),
  members: Type.Array(Member),
  others: Type.Array(ThingId),
  correlationid: Type.String(),
});
export type IncidentResource = Static<typeof IncidentResource>;

const Figure = Type.Object({
  availability_ratio: maybe(Type.Number({ minimum: 0, maximum: 1 })),
  coverage_ratio: Type.Number({ minimum: 0, maximum: 1 }),
  down_s: Seconds,
});

/** How much of a half hour it was known to be up, and known to be down; what is left is unknown. */
const HalfHour = Type.Object({
  up_ratio: Type.Number({ minimum: 0, maximum: 1 }),
  down_ratio: Type.Number({ minimum: 0, maximum: 1 }),
});
export type HalfHour = Static<typeof HalfHour>;

/** `GET /api/v1/availability`: of each thing that incidents are about. */
export const AvailabilityResource = Type.Object({
  thing: ThingId,
  core: Type.Boolean(),
  since: maybe(described(Timestamp, 'Since when it is known')),
  day: Figure,
  month: described(Figure, 'Of the last 30 days'),
  year: described(Figure, 'Of the last 365 days'),
  half_hours: Type.Array(HalfHour, {
    minItems: 48,
    maxItems: 48,
    description: 'Of the last 24 h, oldest first; the last one ends now',
  }),
});
export type AvailabilityResource = Static<typeof AvailabilityResource>;

export const resources = {
  switches: list(SwitchResource, { order: ['id'], exported: true }),
  ports: list(PortResource, { order: ['switch', 'id'], exported: true }),
  probes: list(ProbeResource, { order: ['id'], exported: true }),
  incidents: list(IncidentResource, { order: ['id'], exported: true }),
  availability: list(AvailabilityResource, { order: ['thing'], exported: true }),
};
