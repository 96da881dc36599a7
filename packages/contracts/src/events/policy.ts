import { Type } from 'typebox';
import { event, type Upcaster } from '../event.ts';
import { Reason } from '../reasons.ts';
import { nodeId } from '../topics.ts';
import { Id, Mode, PowerState, Seconds, Stage, Timestamp } from '../words.ts';

/** A decision about one VM's power: the newest generation is what holds. */
export const DesiredState = Type.Object({
  vm: Id,
  state: PowerState,
  generation: Type.Integer({ minimum: 1, description: 'Counts per VM; only the newest counts' }),
  rule: Type.Enum(['hold', 'power', 'keep'] as const, {
    description: 'The first of these that has a say; `keep`: no rule asks for anything',
  }),
  clause: Type.String({ description: 'The clause of the infra policy' }),
  reason: Type.String({ description: 'One sentence that a person can read, in English' }),
  reasons: Type.Optional(Type.Array(Reason, { description: 'The reason as data, for each language' })),
  evidence: Type.Array(Type.String(), { description: 'Ids of the events it follows from' }),
  mode: Mode,
  stage: Type.Optional(Stage),
  validUntil: Type.Optional(Timestamp),
  settingsHash: Type.String({ description: 'Of the policy settings it was made under' }),
});

/** A decision about a node's own power, where settings leave that to Huismeester. */
export const DesiredNodeState = Type.Object({
  /** Of the node, as vm-lifecycle gave it. */
  id: Id,
  hypervisor: Id,
  node: Type.String(),
  state: PowerState,
  generation: Type.Integer({ minimum: 1, description: 'Counts per node; only the newest counts' }),
  clause: DesiredState.properties.clause,
  reason: DesiredState.properties.reason,
  reasons: DesiredState.properties.reasons,
  evidence: DesiredState.properties.evidence,
  mode: Mode,
  validUntil: Type.Optional(Timestamp),
  settingsHash: DesiredState.properties.settingsHash,
});

/** What is not as the policy wants it, until it is again. */
export const Violation = Type.Object({
  violation: Id,
  kind: Type.Enum(['stuck-forced-shutdown', 'not-restored', 'not-shut-down', 'node-not-back'] as const),
  severity: Type.Enum(['warning', 'serious'] as const),
  clause: Type.String({ description: 'The clause of the infra policy' }),
  about: Type.String({ description: 'What it is about: ups/rack, vm/104' }),
  reason: Type.String({ description: 'One sentence that a person can read, in English' }),
  reasons: Type.Array(Reason),
  evidence: Type.Array(Type.String(), { description: 'Ids of the events it follows from' }),
});

/** Until schema 2 reasons were called `grounds`. */
const reasonsRenamed: Upcaster = ({ grounds, ...data }) =>
  grounds === undefined ? data : { ...data, reasons: grounds };
const upcast = { 1: reasonsRenamed };
/** Until schema 2 a node had no id of its own either. */
const nodeGotId: Upcaster = (data) => ({
  id: nodeId(String(data.hypervisor), String(data.node)),
  ...reasonsRenamed(data),
});

/** Decisions, who armed or held what, and the power cuts that they were about can be asked for however long ago they were. */
const keptForGood = true;

/**
 * policy's events; subjects `desired-state/<vm>`, `node-state/<node id>`, `outage/<ups>`, `hold/<vm>`,
 * `violation/<id>` and `rule/<clause, in lower case>`.
 */
export const policyEvents = {
  'desired-state.decided': event('What is wanted of a VM changed', DesiredState, {
    keptForGood,
    upcast,
  }),
  'node-state.decided': event('What is wanted of a node changed', DesiredNodeState, {
    keptForGood,
    upcast: { 1: nodeGotId },
  }),
  'hold.placed': event(
    'Somebody put a VM on hold: nothing is done to it, whatever the rules say',
    Type.Object({ vm: Id, until: Timestamp, because: Type.String() }),
    { keptForGood },
  ),
  'hold.released': event(
    'The hold on a VM is over',
    Type.Object({ vm: Id, how: Type.Enum(['released', 'ended'] as const) }),
    { keptForGood },
  ),
  'violation.opened': event('Something is not as the policy wants it', Violation, { upcast }),
  'violation.closed': event('It is as the policy wants it again', Type.Object({ violation: Id })),
  'outage.began': event(
    'A power cut began for what this UPS feeds',
    Type.Object({ ups: Id, since: Timestamp }),
    { audience: 'public', keptForGood },
  ),
  'outage.stage-entered': event(
    'The power cut reached a stage: what belongs to it is shut down, or, at `recovering`, no longer',
    Type.Object({
      ups: Id,
      stage: Stage,
      because: Type.String(),
      reasons: Type.Optional(Type.Array(Reason, { description: 'The reason as data' })),
    }),
    { audience: 'public', keptForGood, upcast },
  ),
  'outage.ended': event('Mains is back and trusted', Type.Object({ ups: Id, lasted_s: Seconds }), {
    audience: 'public',
    keptForGood,
  }),
  'rule.mode-changed': event(
    'A clause was armed, or put back to dry-run',
    Type.Object({ clause: Type.String(), mode: Mode }),
    { keptForGood },
  ),
};
