import { type Static, Type } from 'typebox';
import { described, single } from '../define.ts';
import { Id, Language, NodeId, Percent, PowerState, Runtime, Stage, Timestamp, UpsId } from '../words.ts';
import { Reason } from './reasons/reason.ts';

/** In each language, so that a small client needs none of our texts. Moments in it are in the zone of the site. */
const Says = Type.Object({ nl: Type.String(), en: Type.String() });

/** `GET /api/v1/site`: what a page must know of the space before anybody has logged in. */
export const Site = Type.Object({
  id: Id,
  name: Type.String({ examples: ['Hackalot'] }),
  timezone: Type.String({ examples: ['Europe/Amsterdam'] }),
  language: Language,
  version: Type.String({ description: 'Of the program', examples: ['0.3.0'] }),
  demo: Type.Boolean({ description: 'Everything is simulated' }),
  noLogin: Type.Optional(
    Type.Object(
      { says: described(Says, 'Why, and what to do'), url: Type.Optional(Type.String()) },
      {
        description:
          'Nobody can log in here: settings name no directory of people, or a password would come over plain HTTP from another machine; then `url` is where one can',
      },
    ),
  ),
  publicNow: Type.Boolean({ description: 'Anybody may read `/now`, as far as the public summary goes' }),
  publicUrl: Type.Optional(
    Type.String({
      description: 'Where everybody reaches it, for links that last; left out where settings name none',
      examples: ['https://huismeester.space'],
    }),
  ),
});
export type Site = Static<typeof Site>;

const why = {
  says: described(Says, 'As a sentence'),
  reasons: Type.Array(Reason, { description: 'As data' }),
};

const NowOutage = Type.Object({
  ups: UpsId,
  stage: Stage,
  since: Timestamp,
  ...why,
  next: Type.Optional(Type.Object({ stage: Stage, at: Timestamp })),
});

const NowUps = Type.Object({
  id: UpsId,
  mains: Type.Enum(['on-mains', 'on-battery', 'unknown'] as const),
  seen: Type.Boolean({ description: 'Whether it answers; what does not is shown as it was last' }),
  charge_pct: Type.Optional(Percent),
  runtime_s: Type.Optional(Runtime),
  since: Type.Optional(Timestamp),
});

const NowNode = Type.Object({
  id: NodeId,
  node: Type.String({ examples: ['pve1'] }),
  online: Type.Optional(Type.Boolean({ description: 'Missing where it is not known' })),
  desired: Type.Optional(PowerState),
  says: Type.Optional(why.says),
  reasons: Type.Optional(why.reasons),
});

const NowThing = Type.Object({
  thing: Type.String({ examples: ['probe/website', 'vm/101'] }),
  name: Type.Optional(Type.String()),
  since: Type.Optional(Timestamp),
});

/** Something that is asked of whoever asks, as their digest would say it. */
const Asked = Type.Object({
  id: Type.String(),
  kind: Type.String({ examples: ['lease-warning'] }),
  subject: Type.String({ examples: ['vm/104'] }),
  name: Type.Optional(Type.String()),
  clause: Type.String({ examples: ['PART-4'] }),
  what: described(Says, 'What is the case'),
  why: described(Says, 'Why'),
  todo: described(Says, 'What to do about it'),
  severity: Type.Enum(['info', 'warning', 'serious'] as const),
  reasons: why.reasons,
  since: Type.Optional(Timestamp),
  until: Type.Optional(described(Timestamp, 'When it happens, or until when something can be done')),
});
export type Asked = Static<typeof Asked>;

/** Something that happened, of policy's own log. */
const Happened = Type.Object({
  id: Type.String({ format: 'uuid', description: 'Of the event; of a decision also that of the decision' }),
  type: Type.String({ examples: ['desired-state.decided'] }),
  time: Timestamp,
  says: described(Says, 'What happened and why, without an end'),
});
export type Happened = Static<typeof Happened>;

const NowSource = Type.Object({
  service: Type.String({ examples: ['ups-monitor'] }),
  state: Type.Enum(['fresh', 'behind', 'away'] as const, {
    description:
      '`behind`: events of its log were not applied yet; `away`: it does not answer, so what it knows is an older state',
  }),
  since: Type.Optional(described(Timestamp, 'Since when it is not fresh')),
});

const count = (description: string) => Type.Integer({ minimum: 0, description });

/**
 * `GET /api/v1/now`: how the space is, in one answer. For a display, and for anybody where settings say `web.publicNow`, it has no more than the public summary on MQTT
 * says: the fields that are optional here are missing.
 */
export const Now = Type.Object({
  at: described(Timestamp, 'As of when; the ETag is of all but this'),
  state: Type.Enum(['fine', 'attention', 'serious', 'cut', 'unknown'] as const, {
    description: 'The worst that is the case; `unknown` is never `fine`',
    examples: ['fine'],
  }),
  ...why,
  stage: Type.Union([Stage, Type.Literal('unknown')]),
  since: Type.Optional(Timestamp),
  next: Type.Optional(Type.Object({ stage: Stage, at: Timestamp })),
  outages: Type.Optional(Type.Array(NowOutage)),
  ups: Type.Optional(Type.Array(NowUps)),
  nodes: Type.Optional(Type.Array(NowNode)),
  core: Type.Object({
    down: Type.Optional(count('Core VMs and core things that do not work; missing where it is not known')),
    things: Type.Optional(Type.Array(NowThing, { description: 'Which' })),
  }),
  counts: Type.Object({
    violations: count('Open ones, of all severities'),
    serious: Type.Optional(count('Serious ones among them')),
    holds: count('Things that are left alone'),
    incidents: Type.Optional(count('Open incidents')),
    hindered: count('Decisions that could not be carried out'),
    nodesOff: count('Nodes that were shut down, and are off'),
  }),
  dryRun: Type.Optional(
    Type.Array(Type.String({ examples: ['power/SPACE-3'] }), { description: 'What is not armed' }),
  ),
  notSetUp: Type.Optional(count('Clauses that nothing watches yet, since something is not set up')),
  asked: Type.Optional(
    Type.Array(Asked, {
      description:
        'What is asked of whoever asks, the most serious first, at most 50; missing where nobody in particular asks',
    }),
  ),
  last: Type.Optional(
    Type.Array(Happened, {
      description:
        'What happened last, the newest first: power cuts, decisions, holds, rules; the same about several things once',
    }),
  ),
  sources: Type.Array(NowSource, {
    description: 'The logs that this was made of; none for a display and for anybody',
  }),
});
export type Now = Static<typeof Now>;

/** What `GET /api/v1/live` says in its events `heads`: the newest position of each log as policy knows it, and the version of the program. */
export const LiveHeads = Type.Object({
  version: Type.String(),
  heads: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), { examples: [{ policy: 120 }] }),
  evaluated: Type.Optional(described(Timestamp, 'When policy last evaluated the facts')),
});
export type LiveHeads = Static<typeof LiveHeads>;

export const nowResources = {
  site: single(Site, { exported: false }),
  now: single(Now, { exported: false }),
  live: single(LiveHeads, { exported: false }),
};
