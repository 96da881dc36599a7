// Long, since it is all that policy answers with, one resource after another.
import { type Static, Type } from 'typebox';
import { described, like, list, single } from '../define.ts';
import { Id, Incarnation, Mode, OwnershipId, PersonId, Timestamp, VmId } from '../words.ts';
import { Drill, Wish } from './drill.ts';
import { Acceptance, DesiredState, HoldTarget, Violation as OpenViolation } from './events.ts';
import { nowResources } from './now.ts';
import { Power } from './power-resources.ts';
import { Reason } from './reasons/reason.ts';
import { boardResources } from './report-resources.ts';

export * from './drill.ts';
export * from './now.ts';
export * from './power-resources.ts';

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

/** `GET /api/v1/holds`: what somebody works on: a VM or node is left alone, whatever the rules want, and what fails is planned (SPACE-3). */
export const Hold = Type.Object({
  id: Type.String(),
  target: HoldTarget,
  since: Timestamp,
  until: Timestamp,
  because: Type.String(),
  by: Type.String(),
  incarnation: Type.Optional(Incarnation),
});
export type Hold = Static<typeof Hold>;

/** `GET /api/v1/planned`: an open incident, or members of one, that are planned, since somebody works there. */
export const PlannedIncident = Type.Object({
  incident: like(described(Id, 'Number of the incident'), '17'),
  whole: Type.Boolean({
    description: 'All that fails in it is planned; else only `things`',
    examples: [true],
  }),
  things: Type.Array(Type.String({ examples: ['port/sw1/gi1-0-3'] }), {
    description: 'The members that are planned: they are no violation of CORE-1',
  }),
  holds: Type.Array(Type.String(), { description: 'The ids of the holds that say so' }),
});
export type PlannedIncident = Static<typeof PlannedIncident>;

/** `GET /api/v1/violations`: those that are open, but for those about people that who asks may not read. */
export const Violation = Type.Object({
  ...OpenViolation.properties,
  since: Timestamp,
  accepted: Type.Optional(Acceptance),
});
export type Violation = Static<typeof Violation>;

/** `GET /api/v1/violations/counts`: how many are open, those about people included: who may not read these gets the counts. */
export const ViolationCount = Type.Object({
  kind: OpenViolation.properties.kind,
  clause: OpenViolation.properties.clause,
  severity: OpenViolation.properties.severity,
  open: Type.Integer({ minimum: 1, description: 'Accepted ones included' }),
  accepted: Type.Integer({ minimum: 0 }),
});
export type ViolationCount = Static<typeof ViolationCount>;

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
  position: Type.Integer({ minimum: 1, description: 'Its place in the infra policy', examples: [20] }),
  clause: Type.String(),
  title: Type.String({ description: 'In our own words, in English' }),
  titles: Type.Optional(
    Type.Object(
      { nl: Type.String(), en: Type.String() },
      { description: 'The same in each language; missing from an older policy' },
    ),
  ),
  watchedBy: Type.Array(Type.String(), { description: 'Names of rules' }),
  status: Type.Enum(['kept', 'violated', 'accepted', 'dry-run', 'unknown', 'not-set-up'] as const, {
    description: 'Of several the worst; `dry-run`: it is kept, and what it would do is not armed',
  }),
  detail: Type.Optional(
    Type.String({ description: 'Why it is unknown, or what to do to set it up, in English' }),
  ),
  details: Type.Optional(
    Type.Object(
      { nl: Type.String(), en: Type.String() },
      { description: 'The same in each language, where it is there in each' },
    ),
  ),
  since: Type.Optional(Timestamp),
  violations: Type.Array(Id, { description: 'Those that are open, and that who asks may read' }),
});
export type Clause = Static<typeof Clause>;

/**
 * `GET /api/v1/leases`: how long a participant's VM may run (PART-4), and when it is stopped. `owner` is there for the team, the board, and that
 * person.
 */
export const Lease = Type.Object({
  lease: OwnershipId,
  vm: VmId,
  number: Type.Integer({ minimum: 1, description: 'Counts the leases of this guest', examples: [3] }),
  owner: Type.Optional(PersonId),
  started: Timestamp,
  ends: Timestamp,
  renewals: Type.Integer({ minimum: 0 }),
  plannedStop: described(Timestamp, 'When it is shut down: never before `ends`'),
  warnedAt: Type.Optional(
    described(Timestamp, 'When a warning that names this stop was handed over, or failed for good'),
  ),
  state: Type.Enum(
    [
      'running',
      'warned',
      'moved',
      'due',
      'limited',
      'held',
      'not-stopped',
      'unseen',
      'clock',
      'off',
      'over',
    ] as const,
    {
      description:
        '`moved`: its owner was not warned in time, so the stop is later; `due`: it is being shut down; `limited`: others are first; `not-stopped`: it was asked, and did not; `clock`: the clock is not believed; `off`: it does not run; `over`: nor may it without a new start',
    },
  ),
  why: Type.String({ description: 'Why it is so, for people, in English' }),
  reasons: Type.Optional(Type.Array(Reason, { description: 'The reason as data, for each language' })),
});
export type Lease = Static<typeof Lease>;

/** `GET /api/v1/clock`: whether the civil clock may be believed; while it is not, no lease expires. */
export const Clock = Type.Object({
  believed: Type.Boolean(),
  why: Type.Optional(Type.Enum(['jumped', 'before-last-event'] as const)),
  since: Type.Optional(Timestamp),
  acceptedAt: Type.Optional(Timestamp),
});
export type Clock = Static<typeof Clock>;

/** `GET /api/v1/notices`: what is sent to people, by ids alone: those of the team see all, everybody else their own. */
export const NoticeResource = Type.Object({
  id: Type.String({ format: 'uuid' }),
  kind: Type.String({ examples: ['lease-warning'] }),
  about: Type.String({ examples: ['vm/104'] }),
  moment: Type.String(),
  to: Type.String({
    description: 'The id of a person; `ntfy` or `webhook`; `team`: each of the team gets one of their own',
  }),
  urgency: Type.Enum(['now', 'digest'] as const),
  state: Type.Enum(['queued', 'handed', 'failed-for-good', 'dropped'] as const, {
    description:
      '`handed`: the mail server took it; `failed-for-good`: it never will, for this person; `dropped`: not wanted, or not true any more, or given up',
  }),
  queued: Timestamp,
  next: Type.Optional(described(Timestamp, 'When it is tried, or tried again')),
  ended: Type.Optional(Timestamp),
  attempts: Type.Integer({ minimum: 0 }),
  error: Type.Optional(Type.String({ description: 'Why it was not handed over yet, or never' })),
});
export type NoticeResource = Static<typeof NoticeResource>;

/** `GET /api/v1/departures/{person}`: what would follow if somebody left the team now (TEAM-2); nothing is changed by asking. */
export const Departure = Type.Object({
  person: PersonId,
  register: Type.Optional(
    Type.String({ description: 'In which state they are in the register of the team' }),
  ),
  endsBoard: Type.Boolean({ description: 'Nobody of the board would be in the team any more (BOARD-1)' }),
  fullMembersLeft: Type.Integer({ minimum: 0, description: 'Full members without this person' }),
  core: Type.Array(
    Type.Object({
      subject: Type.String(),
      stewards: Type.Integer({ minimum: 0, description: 'Who could still run it without help' }),
    }),
    {
      description: 'Core that they can run without help, and fewer than two full members could then',
    },
  ),
  holds: Type.Array(Type.Object({ id: Type.String(), target: Type.String(), until: Timestamp }), {
    description: 'Holds that this person placed',
  }),
  applications: Type.Array(
    Type.Object({
      application: Type.String({ format: 'uuid' }),
      person: PersonId,
      state: Type.String(),
      voted: Type.Boolean({ description: 'Whether this person voted on it: that vote would count no more' }),
    }),
    { description: 'Applications on which this person may vote, or which they are asked to veto or not' },
  ),
  vms: Type.Array(Type.Object({ vm: VmId, class: Type.Optional(Type.String()) }), {
    description: 'VMs of which this person is the owner',
  }),
  projects: Type.Array(
    Type.Object({
      project: Type.String(),
      class: Type.String(),
      role: Type.Enum(['owner', 'manager'] as const),
      only: Type.Boolean({ description: 'Nobody else runs it' }),
    }),
  ),
  accounts: Type.Array(Type.String({ description: 'Id of an account with admin rights' })),
  lists: Type.Array(Type.Object({ list: Type.String(), kind: Type.Enum(['access', 'secret'] as const) }), {
    description: 'Lists kept by hand in which this person is; of kind `secret`: shared secrets to change',
  }),
  unknown: Type.Array(Type.String(), { description: 'What cannot be told now, and why' }),
});
export type Departure = Static<typeof Departure>;

export const resources = {
  departures: list(Departure, { order: ['person'], exported: false }),
  notices: list(NoticeResource, { order: ['id'], exported: false }),
  leases: list(Lease, { order: ['lease'], exported: true }),
  clock: single(Clock, { exported: false }),
  power: single(Power, { exported: true }),
  rules: list(Rule, { order: ['rule', 'clause'], exported: true }),
  clauses: list(Clause, { order: ['clause'], exported: false }),
  planned: list(PlannedIncident, { order: ['incident'], exported: false }),
  holds: list(Hold, { order: ['id'], exported: true }),
  violations: list(Violation, { order: ['violation'], exported: true }),
  decisions: list(Decision, { order: ['time', 'id'], exported: true }),
  preview: list(Wish, { order: ['about'], exported: false }),
  drill: single(Drill, { exported: false }),
  ...nowResources,
  ...boardResources,
};
