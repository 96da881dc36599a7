import { Type } from 'typebox';
import { event, like, publicEvent, type Upcaster } from '../define.ts';
import {
  HypervisorId,
  Id,
  Incarnation,
  Mode,
  NodeId,
  NodeName,
  nodeId,
  PowerState,
  Seconds,
  Stage,
  Timestamp,
  UpsId,
} from '../words.ts';
import { noticeEvents } from './notice-events.ts';
import { Reason } from './reasons/reason.ts';
import { boardAggregates, boardEvents } from './report-events.ts';

/** What has a power state: a VM by its id, or a node by the id that vm-lifecycle gave it. */
export const PowerTarget = Type.String({
  pattern: '^(vm|node)/[a-z0-9]+(-[a-z0-9]+)*$',
  description: 'vm/104, node/pve-pve1',
  examples: ['vm/104'],
});

const id = '[a-z0-9]+(-[a-z0-9]+)*';

/** What somebody may work on: a power target, or what netwatch looks at. */
export const HoldTarget = Type.String({
  pattern: `^(vm|node|probe|switch|port/${id})/${id}$`,
  description: 'vm/104, node/pve-pve1, probe/website, switch/sw1 or port/sw1/gi1-0-3',
  examples: ['vm/104'],
});

/** What may be asked to be put on hold; a hypervisor is refused with what to hold instead. */
export const AskedHoldTarget = Type.String({
  ...HoldTarget,
  pattern: `^(vm|node|hypervisor|probe|switch|port/${id})/${id}$`,
});

const wanted = {
  target: PowerTarget,
  state: PowerState,
  rule: Type.String({
    description: 'Whose opinion it is: `hold` a hold; `none`: no rule wants anything any more',
  }),
  tier: Type.Enum(['hold', 'power', 'lease', 'restore', 'keep-running', 'none'] as const, {
    description: 'The highest of these with an opinion has the say',
  }),
  clause: Type.String({ description: 'The clause of the infra policy' }),
  reason: Type.String({ description: 'One sentence that a person can read, in English' }),
  reasons: Type.Optional(Type.Array(Reason, { description: 'The reason as data, for each language' })),
  evidence: Type.Array(Type.String(), { description: 'Ids of the events it follows from' }),
  settingsHash: Type.String({ description: 'Of the policy settings it was made under' }),
};

/** A decision about the power of one target: the newest generation is what counts. */
export const DesiredState = Type.Object({
  ...wanted,
  generation: Type.Integer({
    minimum: 1,
    description: 'Counts per target; only the newest counts',
    examples: [12],
  }),
  mode: Type.Enum(Mode.enum, {
    description:
      'Always `enforce`, but for decisions of programs that gave generations to what was in dry-run',
  }),
  stage: Type.Optional(Stage),
  validUntil: Type.Optional(Timestamp),
});

/** What would be wanted of a target if every clause was armed, where that differs. Nobody acts on it. */
export const RehearsedState = Type.Object(wanted);

/** What stands in `node-state.decided`, as decisions about nodes were called before they were decisions like all others. */
export const DesiredNodeState = Type.Object({
  /** Of the node, as vm-lifecycle gave it. */
  id: NodeId,
  hypervisor: HypervisorId,
  node: NodeName,
  state: PowerState,
  generation: Type.Integer({ minimum: 1, description: 'Counts per node; only the newest counts' }),
  clause: wanted.clause,
  reason: wanted.reason,
  reasons: wanted.reasons,
  evidence: wanted.evidence,
  mode: Mode,
  validUntil: Type.Optional(Timestamp),
  settingsHash: wanted.settingsHash,
});

/** What is not as the policy wants it, until it is again. */
export const Violation = Type.Object({
  violation: Id,
  kind: Type.String({ description: 'Each kind belongs to exactly one rule' }),
  severity: Type.Enum(['warning', 'serious'] as const),
  clause: wanted.clause,
  about: Type.String({ description: 'What it is about: ups/rack, vm/104' }),
  cause: Type.Optional(Type.String({ description: 'Distinguishes several of a kind about the same thing' })),
  owner: Type.Optional(Type.String({ description: 'Who is to do something about it' })),
  reason: wanted.reason,
  reasons: Type.Array(Reason),
  evidence: wanted.evidence,
});

/** Until when a violation is accepted (in Dutch: *gedoogd*), by whom and why. */
export const Acceptance = Type.Object({
  by: Type.String(),
  because: Type.String(),
  since: Timestamp,
  until: Timestamp,
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
/** Until schema 3 decisions were about VMs alone, and one rule, the power rule, made them. */
const ofTarget: Upcaster = (data) => {
  const rule = data.rule === 'keep' ? 'none' : data.rule;
  return { ...data, target: `vm/${String(data.vm)}`, rule, tier: rule };
};
/** Until schema 2 a VM had one hold, which was known by the VM's id. */
const holdGotId: Upcaster = ({ vm, ...data }) => ({ hold: vm, target: `vm/${String(vm)}`, ...data });

/** Decisions, who armed or held what, and the power cuts that they were about can be asked for however long ago they were. */
const keptForGood = true;

/**
 * policy's events; subjects `desired-state/<target>` (until schema 3 `desired-state/<vm>`), `node-state/<node id>`,
 * `outage/<ups>`, `hold/<id>`, `violation/<id>`, `notice/<id>`, `report/<id>`, `advice/<id>`, `clock/main` and `rule/<rule>/<clause>` (until schema 2 `rule/<clause>`), in lower case.
 */
export const events = {
  'desired-state.decided': event('What is wanted of a VM or a node changed', DesiredState, {
    keptForGood,
    upcast: { 1: reasonsRenamed, 2: ofTarget },
  }),
  'desired-state.rehearsed': event(
    'What would be wanted of a VM or a node if every clause was armed changed; nobody acts on it',
    RehearsedState,
    { keptForGood },
  ),
  'node-state.decided': event('What is wanted of a node changed', DesiredNodeState, {
    keptForGood,
    upcast: { 1: nodeGotId },
  }),
  'hold.placed': event(
    'Somebody put something on hold: nothing is done to a VM or node, whatever the rules want, and what fails is planned',
    Type.Object({
      hold: Type.String(),
      target: HoldTarget,
      until: Timestamp,
      because: Type.String(),
      incarnation: Type.Optional({
        ...Incarnation,
        description: 'Of a VM: which guest under its vmid is held; another one is not',
      }),
    }),
    { keptForGood, upcast: { 1: holdGotId } },
  ),
  'hold.released': event(
    'A hold is over',
    Type.Object({
      hold: Type.String(),
      target: HoldTarget,
      how: Type.Enum(['released', 'ended'] as const),
    }),
    { keptForGood, upcast: { 1: holdGotId } },
  ),
  'violation.opened': event('Something is not as the policy wants it', Violation, { upcast }),
  'violation.closed': event('It is as the policy wants it again', Type.Object({ violation: Id })),
  'violation.accepted': event(
    'Somebody of the team accepts a violation for now',
    Type.Object({ violation: Id, until: Timestamp, because: Type.String() }),
    { keptForGood },
  ),
  'violation.acceptance-ended': event(
    'A violation that is still open is not accepted any more',
    Type.Object({ violation: Id, how: Type.Enum(['withdrawn', 'ended'] as const) }),
    { keptForGood },
  ),
  'outage.began': publicEvent(
    'A power cut began for what this UPS feeds',
    Type.Object({ ups: UpsId, since: Timestamp }),
    { keptForGood },
  ),
  'outage.stage-entered': publicEvent(
    'The power cut reached a stage: what belongs to it is shut down, or, at `recovering`, no longer',
    Type.Object({
      ups: UpsId,
      stage: Stage,
      because: Type.String({ examples: ['on battery for 30 s, held for 30 s'] }),
      reasons: Type.Optional(Type.Array(Reason, { description: 'The reason as data' })),
    }),
    { keptForGood, upcast },
  ),
  'outage.ended': publicEvent(
    'Mains is back and trusted',
    Type.Object({ ups: UpsId, lasted_s: like(Seconds, 310) }),
    { keptForGood },
  ),
  'clock.jumped': event(
    'The civil clock cannot be believed: nothing expires until a person accepts it',
    Type.Object({
      why: Type.Enum(['jumped', 'before-last-event'] as const, {
        description:
          '`jumped`: by over an hour; `before-last-event`: it stands before the newest event of the log',
        examples: ['jumped'],
      }),
      by_s: Type.Number({
        description: 's that it is ahead of what was expected, negative: behind',
        examples: [86400],
      }),
    }),
    { keptForGood },
  ),
  'clock.accepted': event('A person looked at the clock: it may be believed', Type.Object({}), {
    keptForGood,
  }),
  ...noticeEvents,
  ...boardEvents,
  'rule.mode-changed': event(
    'A clause of a rule was armed, or put back to dry-run',
    Type.Object({ rule: Type.String(), clause: Type.String(), mode: Mode }),
    // Until schema 2 one rule, the power rule, was all there was.
    { keptForGood, upcast: { 1: (data) => ({ rule: 'power', ...data }) } },
  ),
};

/** A power target, a hold and a clause of a rule are several levels; none of these events is public, so none is a topic. */
export const aggregates = {
  'desired-state': { target: PowerTarget },
  'node-state': { node: NodeId },
  outage: { ups: UpsId },
  hold: { hold: Type.String() },
  violation: { violation: Id },
  clock: 'main',
  notice: { notice: Type.String() },
  rule: { rule: Type.String(), clause: Type.String() },
  ...boardAggregates,
};
