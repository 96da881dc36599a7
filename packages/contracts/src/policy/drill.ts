import { type Static, Type } from 'typebox';
import {
  HypervisorId,
  Mode,
  NodeName,
  Percent,
  PowerState,
  Runtime,
  Stage,
  UpsId,
  VmClass,
  VmId,
} from '../words.ts';
import { Reason } from './reasons/reason.ts';

const why = {
  clause: Type.String({ description: 'The clause of the infra policy' }),
  reason: Type.String({ description: 'One sentence that a person can read, in English' }),
  reasons: Type.Array(Reason, { description: 'The reason as data' }),
};

/** `GET /api/v1/preview`: what would be done right now if everything was armed, and is not since its clause is in dry-run. */
export const Wish = Type.Object({
  about: Type.String({ description: '`vm/<id>` or `node/<hypervisor>-<node>`' }),
  state: PowerState,
  mode: Mode,
  rule: Type.Optional(Type.String({ description: 'Whose clause it is; missing from an older policy' })),
  ...why,
});
export type Wish = Static<typeof Wish>;

/** One guest in a drill; times are seconds after mains failed. */
export const DrillGuest = Type.Object({
  vm: VmId,
  class: VmClass,
  hypervisor: HypervisorId,
  node: NodeName,
  fate: Type.Enum(['shut-down', 'with-its-node', 'left-alone', 'off', 'loses-power'] as const, {
    description:
      '`with-its-node`: Huismeester itself needs it; `left-alone`: on hold, or its node is not in the power cut; `off`: it does not run; `loses-power`: still up when the battery is empty',
  }),
  mode: Mode,
  at_s: Type.Optional(Type.Number({ description: 'When it would be asked to shut down' })),
  down_s: Type.Optional(Type.Number({ description: 'When it is expected to be off' })),
  back_s: Type.Optional(
    Type.Number({ description: 'When it would be started again, seconds after mains is back' }),
  ),
  ...why,
});
export type DrillGuest = Static<typeof DrillGuest>;

/** What would go wrong; an error makes the plan one that does not fit. */
export const DrillProblem = Type.Object({
  severity: Type.Enum(['error', 'warning'] as const),
  about: Type.String({ description: 'ups/rack, node/pve-pve1, vm/104, policy.power.core…' }),
  reason: why.reason,
  reasons: why.reasons,
});
export type DrillProblem = Static<typeof DrillProblem>;

/** `GET /api/v1/drill`: a power cut that is only thought through; nothing is touched. Times are seconds after mains failed. */
export const Drill = Type.Object({
  fits: Type.Boolean({ description: 'No problem is an error' }),
  ups: Type.Array(UpsId, { description: 'The UPSes whose mains fails' }),
  from: Type.Array(
    Type.Object({ ups: UpsId, charge_pct: Type.Optional(Percent), runtime_s: Type.Optional(Runtime) }),
    { description: 'The readings that it begins from' },
  ),
  empty_s: Type.Optional(Type.Number({ description: 'When the last of the batteries is empty' })),
  stages: Type.Array(
    Type.Object({ ups: UpsId, at_s: Type.Number(), stage: Stage, reason: why.reason, reasons: why.reasons }),
  ),
  guests: Type.Array(DrillGuest),
  nodes: Type.Array(
    Type.Object({
      hypervisor: HypervisorId,
      node: NodeName,
      by: Type.Enum(['upsmon', 'huismeester', 'nobody'] as const, {
        description: 'Who shuts it down; `nobody`: it is fed by no UPS that fails',
      }),
      at_s: Type.Optional(Type.Number()),
      back: Type.Optional(Type.Enum(['wol', 'ups-cycle', 'manual'] as const)),
      ...why,
    }),
  ),
  problems: Type.Array(DrillProblem),
});
export type Drill = Static<typeof Drill>;
