import { type Static, type TProperties, Type } from 'typebox';
import { Id, PersonId, ProjectId, Seconds, ThingId, Timestamp, UpsId, VmClass } from '../words.ts';
import { AdviceFields, AdviceId } from './advice.ts';
import { Violation } from './events.ts';

const maybe = Type.Optional;
/* Words of other services, as they have them: a folder of contracts imports no other. */
const DesignStatus = Type.Enum(['proposed', 'accepted', 'superseded'] as const);
const WikiPageState = Type.Enum(['found', 'blank', 'missing', 'redirect-to-nowhere', 'not-a-page'] as const);
const promotionKind = Type.Enum(['promotion', 'one-more-vm'] as const);
const goal = Type.Enum(['space-wide', 'core'] as const);
const tenureKind = Type.Enum(['owned', 'rented', 'loaned', 'private'] as const);
const itemCore = Type.Enum(['no', 'availability', 'confidentiality', 'both'] as const);
const listKind = Type.Enum(['access', 'secret'] as const);

const person = { person: PersonId };
const project = { project: ProjectId };

/** Things that happened, each at a moment, oldest first. */
const happened = <Fields extends TProperties>(fields: Fields) =>
  Type.Array(Type.Object({ at: Timestamp, ...fields }));

const FailedThing = {
  root: ThingId,
  since: Timestamp,
  core: Type.Boolean({ description: 'Whether a core thing was down' }),
  outage: Type.Boolean({ description: 'Whether a power cut explains it' }),
  things: Type.Array(ThingId, { description: 'The core things that were down' }),
};
const Cut = { ups: Type.Array(UpsId), since: Timestamp };
const Deviation = {
  violation: Id,
  what: Type.String({ description: 'The kind of the violation', examples: ['bus-factor'] }),
  clause: Violation.properties.clause,
  severity: Violation.properties.severity,
  about: Type.String({
    description: 'What it is about; `person` alone where it is a person who is not of the team',
    examples: ['vm/104'],
  }),
};
const DesignDecision = {
  decision: Id,
  title: Type.String(),
  status: DesignStatus,
  of: maybe(Type.String({ description: 'The item or project', examples: ['item/sw1'] })),
  page: maybe(Type.String({ description: 'The title of its page of the wiki' })),
  wiki: maybe(WikiPageState),
};
const Advice = { advice: AdviceId, ...AdviceFields };

/** What happened, by the section of the report in which it stands. */
const ReportHappenings = Type.Object({
  came: happened({ ...person, state: Type.Enum(['trial', 'full'] as const), until: maybe(Timestamp) }),
  left: happened({ ...person, how: Type.Enum(['left', 'ended'] as const) }),
  trials: happened({
    ...person,
    what: Type.Enum(['extended', 'confirmed'] as const),
    until: maybe(Timestamp),
  }),
  suspensions: happened({
    ...person,
    what: Type.Enum(['suspended', 'reinstated'] as const),
    until: maybe(Timestamp),
  }),
  incidents: happened({
    incident: Id,
    ...FailedThing,
    lasted_s: maybe(Seconds),
    approximate: maybe(Type.Boolean()),
  }),
  cuts: happened({ ...Cut, lasted_s: maybe(Seconds) }),
  batteries: happened({ ups: UpsId, what: Type.Enum(['worn', 'replaced'] as const) }),
  availability: happened({
    thing: ThingId,
    month: Type.String({ examples: ['2026-11'] }),
    availability_ratio: maybe(Type.Number({ minimum: 0, maximum: 1 })),
    coverage_ratio: Type.Number({ minimum: 0, maximum: 1 }),
    down_s: Seconds,
  }),
  decisions: happened(DesignDecision),
  opened: happened(Deviation),
  closed: happened({ ...Deviation, since: Timestamp }),
  accepted: happened({ ...Deviation, by: Type.String(), until: Timestamp }),
  projects: happened({
    ...project,
    what: Type.Enum([
      'asked',
      'granted',
      'declined',
      'withdrawn',
      'undone',
      'converted',
      'begun',
      'retired',
    ] as const),
    kind: maybe(promotionKind),
    from: maybe(VmClass),
    to: maybe(Type.Union([VmClass, goal])),
  }),
  access: happened({
    source: Id,
    what: Type.Enum(['gained', 'lost'] as const),
    person: maybe(PersonId),
  }),
  advice: happened({
    ...Advice,
    what: Type.Enum(['given', 'answered'] as const),
    answer: maybe(Type.String()),
  }),
});
export type ReportHappenings = Static<typeof ReportHappenings>;

/** How things stand at the end of the range. */
const ReportState = Type.Object({
  team: Type.Array(
    Type.Object({
      ...person,
      state: Type.Enum(['trial', 'full', 'suspended'] as const),
      board: Type.Boolean({ description: 'A board member, by the directory (BOARD-1)' }),
      until: maybe(Timestamp),
    }),
  ),
  applications: Type.Integer({ minimum: 0, description: 'That are not decided yet; of whom is not said' }),
  incidents: Type.Array(Type.Object({ incident: Id, ...FailedThing })),
  cuts: Type.Array(Type.Object(Cut)),
  worn: Type.Array(UpsId, { description: 'UPSes that ask for a new battery' }),
  violations: Type.Array(
    Type.Object({
      ...Deviation,
      since: Timestamp,
      accepted: maybe(Type.Object({ by: Type.String(), until: Timestamp })),
    }),
  ),
  undocumented: Type.Array(Type.Object(DesignDecision), {
    description: 'Accepted design decisions without a page of the wiki that was found (CORE-5, SPACE-6)',
  }),
  requests: Type.Array(
    Type.Object({
      ...project,
      since: Timestamp,
      kind: promotionKind,
      from: VmClass,
      to: maybe(goal),
    }),
    { description: 'About projects, that nobody decided on yet' },
  ),
  projects: Type.Object({
    core: Type.Integer({ minimum: 0 }),
    space_wide: Type.Integer({ minimum: 0 }),
  }),
  expiring: Type.Array(
    Type.Object({
      item: Id,
      kind: tenureKind,
      name: maybe(Type.String()),
      person: maybe(PersonId),
      until: Type.String({ format: 'date' }),
      past: Type.Boolean(),
      core: itemCore,
    }),
    { description: 'Rented or loaned, and over within 90 days, or since (CORE-6)' },
  ),
  busFactor: Type.Array(
    Type.Object({ item: Id, stewards: Type.Array(PersonId), learners: Type.Array(PersonId) }),
    { description: 'Core items that fewer than two full members can run without help (TEAM-2)' },
  ),
  coreItems: Type.Integer({ minimum: 0, description: 'Core items in use, or being built' }),
  access: Type.Object({
    sources: Type.Array(
      Type.Object({
        source: Id,
        read: Type.Boolean({ description: 'Whether it could be read whole when it was last looked at' }),
        team: Type.Integer({ minimum: 0, description: 'Accounts of members of the team that may be used' }),
        services: Type.Integer({ minimum: 0, description: 'Registered service accounts, and built-in ones' }),
        others: Type.Integer({ minimum: 0, description: 'Accounts of anybody else, and of nobody known' }),
        asleep: Type.Integer({ minimum: 0, description: 'Disabled or expired' }),
      }),
    ),
    lists: Type.Array(
      Type.Object({
        list: Id,
        title: Type.String(),
        kind: listKind,
        people: Type.Integer({ minimum: 0 }),
        checked: Timestamp,
      }),
    ),
    grants: Type.Array(
      Type.Object({ ...person, on: Type.String({ examples: ['class/core'] }), until: Timestamp }),
      {
        description: 'Core that members on trial may act on (JOIN-3)',
      },
    ),
  }),
  advice: Type.Array(Type.Object({ ...Advice, since: Timestamp, given: maybe(Timestamp) }), {
    description: 'Without an answer of the board yet (TEAM-3)',
  }),
});
export type ReportState = Static<typeof ReportState>;

const Source = Type.Enum(
  ['ups-monitor', 'netwatch', 'vm-lifecycle', 'membership', 'inventory', 'policy'] as const,
  { description: 'A log that the report is made of' },
);

/** A report to the board as data: ids of people, never their names, so that the same events give the same bytes (BOARD-2). */
export const ReportData = Type.Object({
  from: Timestamp,
  to: Type.String({ ...Timestamp, description: 'Not included' }),
  gaps: maybe(
    Type.Array(
      Type.Object({
        source: Source,
        from: Timestamp,
        to: Timestamp,
      }),
      { description: 'Where a log was not read without a break: what happened then may be missing' },
    ),
  ),
  unknown: maybe(
    Type.Array(Source, { description: 'Of which nothing was collected yet in the range, nor before' }),
  ),
  known_since: maybe({
    ...Timestamp,
    description: 'What the report is made of was not kept before: it began within the range',
  }),
  names: Type.Record(Type.String(), Type.String(), {
    description: 'What things are called that are named here: items and projects, never people',
    examples: [{ 'item/bar-pc': 'Bar PC' }],
  }),
  happened: ReportHappenings,
  late: Type.Object(ReportHappenings.properties, {
    description: 'What happened before the range and was not known when the report of its month was made',
  }),
  state: ReportState,
});
export type ReportData = Static<typeof ReportData>;
