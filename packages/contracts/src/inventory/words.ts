/* Long, since these are all words that inventory and those who read it have in common. */

import { type Static, Type } from 'typebox';
import { PersonId, ProjectId, ThingId } from '../words.ts';

const idPattern = '^[a-z0-9]+(-[a-z0-9]+)*$';
const maybe = Type.Optional;

/** An item by the id that whoever registered it chose, or that was made of its name. */
export const ItemId = Type.String({
  pattern: idPattern,
  maxLength: 64,
  description: 'Id of an item: a-z, 0-9 and single dashes',
  examples: ['bar-pc'],
});
export type ItemId = Static<typeof ItemId>;

/** What an item is (INFRA-2); `service`: what people use, such as the website. */
export const ItemKind = Type.Enum(
  [
    'server',
    'ups',
    'server-software',
    'off-site-server-software',
    'bar-pc',
    'music-system',
    'laptop',
    'router',
    'switch',
    'access-point',
    'cable',
    'service',
    'other',
  ] as const,
  { description: 'What it is (INFRA-2)', examples: ['switch'] },
);
export type ItemKind = Static<typeof ItemKind>;

/** The kinds that are no hardware of their own: on whose hardware they run follows from their links (CORE-6). */
export const softwareKinds = ['server-software', 'off-site-server-software', 'service'] as const;

/** The layer of the OSI model that it is part of, or `supporting`: it directly supports what is (INFRA-1). */
export const OsiLayer = Type.Enum(['1', '2', '3', '4', '5', '6', '7', 'supporting'] as const, {
  description: 'Layer of the OSI model, or `supporting` (INFRA-1)',
  examples: ['2'],
});
export type OsiLayer = Static<typeof OsiLayer>;

/** Where an item is in its life (TEAM-3). */
export const ItemLife = Type.Enum(['designed', 'building', 'in-use', 'retired'] as const, {
  description: 'Where it is in its life (TEAM-3)',
  examples: ['in-use'],
});
export type ItemLife = Static<typeof ItemLife>;

/** For what an item is core (CORE-1, CORE-2). */
export const ItemCore = Type.Enum(['no', 'availability', 'confidentiality', 'both'] as const, {
  description: 'For what it is core: `availability` (CORE-1), `confidentiality` (CORE-2), both, or not',
  examples: ['availability'],
});
export type ItemCore = Static<typeof ItemCore>;

/** With whom an item was rented, loaned, or whose it is: a person by id, or an organisation by its name. */
const Party = {
  name: maybe(
    Type.String({
      minLength: 2,
      maxLength: 120,
      description: 'An organisation, by its name; a person of the directory is `person`',
      examples: ['Hetzner'],
    }),
  ),
  person: maybe(PersonId),
};
const Until = maybe(
  Type.String({
    format: 'date',
    description: 'The last civil day of it in the zone of the site; missing: no end was agreed upon',
    examples: ['2027-03-31'],
  }),
);

/** Whose an item is (INFRA-1, CORE-6): the foundation’s, rented or loaned by it from somebody, or somebody’s own. */
export const Tenure = Type.Object(
  {
    kind: Type.Enum(['owned', 'rented', 'loaned', 'private'] as const, {
      description:
        '`owned`: by the foundation; `rented`, `loaned`: to the foundation, by `name` or `person`; `private`: theirs',
      examples: ['rented'],
    }),
    ...Party,
    until: Until,
  },
  { additionalProperties: false },
);
export type Tenure = Static<typeof Tenure>;

/** What another service knows, and an item may stand for: its status and class are read there. */
export const StandsFor = Type.String({
  ...ThingId,
  pattern: '^(vm|node|hypervisor|switch|ups|probe)/[a-z0-9]+(-[a-z0-9]+)*$',
  description: 'vm/104, node/pve-pve1, hypervisor/pve, switch/sw1, ups/rack or probe/website',
  examples: ['switch/sw1'],
});
export type StandsFor = Static<typeof StandsFor>;

/** All that people say of an item. What is missing nobody said yet. */
export const ItemFields = {
  name: Type.String({ minLength: 2, maxLength: 80, description: 'It names no person', examples: ['Bar PC'] }),
  kind: ItemKind,
  layer: OsiLayer,
  life: ItemLife,
  core: ItemCore,
  space_wide: Type.Boolean({
    description:
      'It serves the whole space (SPACE-1); so does what stands for a space-wide VM or belongs to such a project',
    examples: [false],
  }),
  place: maybe(Type.String({ minLength: 1, maxLength: 120, examples: ['rack, unit 7'] })),
  tenure: maybe(Tenure),
  stands_for: maybe(StandsFor),
  project: maybe(ProjectId),
  note: maybe(Type.String({ minLength: 1, maxLength: 1000, examples: ['serial 4711'] })),
};
const Fields = Type.Object(ItemFields);
export type ItemFields = Static<typeof Fields>;

/** What one item needs of another: it runs on it, takes its power from it, or needs it otherwise. */
export const LinkKind = Type.Enum(['runs-on', 'powered-by', 'depends-on'] as const, {
  examples: ['runs-on'],
});
export type LinkKind = Static<typeof LinkKind>;

/** What a link leads to: an item, or a thing that another service knows. */
export const LinkTarget = Type.String({
  pattern: '^(item|vm|node|hypervisor|switch|ups|probe)/[a-z0-9]+(-[a-z0-9]+)*$',
  description: 'item/bar-pc, or a thing such as node/pve-pve1',
  examples: ['item/rack-pdu'],
});
export type LinkTarget = Static<typeof LinkTarget>;

export const ItemLink = Type.Object({ kind: LinkKind, to: LinkTarget }, { additionalProperties: false });
export type ItemLink = Static<typeof ItemLink>;

export const CableId = Type.String({
  pattern: idPattern,
  maxLength: 64,
  description: 'Id of a cable: a-z, 0-9 and single dashes',
  examples: ['c12'],
});
export type CableId = Static<typeof CableId>;

/** A port, as it is printed on the item; capitals make no difference. */
export const PortName = Type.String({
  minLength: 1,
  maxLength: 40,
  pattern: '^\\S(.*\\S)?$',
  description: 'A port, as it is printed there',
  examples: ['gi0/3'],
});

export const CableEnd = Type.Object({ item: ItemId, port: PortName }, { additionalProperties: false });
export type CableEnd = Static<typeof CableEnd>;

export const CableState = Type.Enum(['planned', 'laid', 'broken'] as const, { examples: ['laid'] });

/** A cable (INFRA-2): it has two ends; while it is planned an end may be free. */
export const CableFields = {
  state: CableState,
  a: maybe(CableEnd),
  b: maybe(CableEnd),
  note: maybe(Type.String({ minLength: 1, maxLength: 200, examples: ['Cat 6, grey, 15 m'] })),
};
const Cable = Type.Object(CableFields);
export type CableFields = Static<typeof Cable>;

/** That somebody can run an item without help, or learns to (TEAM-2). */
export const StewardRole = Type.Enum(['steward', 'learner'] as const, {
  description: '`steward`: can run it without help; `learner`: learns to',
  examples: ['steward'],
});
export type StewardRole = Static<typeof StewardRole>;

export const StewardId = Type.String({
  format: 'uuid',
  description: 'That somebody is steward or learner of an item',
  examples: ['0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c60'],
});

export const DesignDecisionId = Type.String({
  pattern: idPattern,
  maxLength: 64,
  description: 'Id of a design decision: a-z, 0-9 and single dashes',
  examples: ['vlans'],
});
export type DesignDecisionId = Static<typeof DesignDecisionId>;

export const DesignStatus = Type.Enum(['proposed', 'accepted', 'superseded'] as const, {
  examples: ['accepted'],
});
export type DesignStatus = Static<typeof DesignStatus>;

/** A design decision, *ontwerpbesluit* (CORE-5, SPACE-6): of an item or a project, with the page of the wiki where it stands. */
export const DesignDecisionFields = {
  title: Type.String({ minLength: 3, maxLength: 120, examples: ['One VLAN for guests'] }),
  status: DesignStatus,
  superseded_by: maybe(DesignDecisionId),
  item: maybe(ItemId),
  project: maybe(ProjectId),
  page: maybe(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'The title of its page of the wiki, as MediaWiki writes it',
      examples: ['VLANs'],
    }),
  ),
};
const Decision = Type.Object(DesignDecisionFields);
export type DesignDecisionFields = Static<typeof Decision>;

/** What the wiki says of a page. An answer from which nothing follows is not among these. */
export const WikiPageState = Type.Enum(
  ['found', 'blank', 'missing', 'redirect-to-nowhere', 'not-a-page'] as const,
  {
    description:
      '`blank`: nothing is left without categories, templates and comments; `not-a-page`: special, a file, of another wiki, or no title at all',
    examples: ['found'],
  },
);
export type WikiPageState = Static<typeof WikiPageState>;

/** The page of the wiki as it was last read. */
export const WikiPage = Type.Object({
  state: WikiPageState,
  since: Type.String({
    format: 'date-time',
    description: 'Since when it is so',
    examples: ['2026-11-22T17:31:20.306Z'],
  }),
  confirmed: Type.Boolean({
    description: 'Whether two looks, 6 h apart or more, said so; what was found is so at once',
    examples: [true],
  }),
  page: maybe(
    Type.Integer({
      minimum: 1,
      description: 'MediaWiki’s page id, by which a moved page is found',
      examples: [118],
    }),
  ),
  revision: maybe(Type.Integer({ minimum: 1, examples: [4711] })),
  revised_at: maybe(
    Type.String({
      format: 'date-time',
      description: 'When that revision was saved',
      examples: ['2026-10-01T19:00:00.000Z'],
    }),
  ),
  title: maybe(
    Type.String({
      description: 'Of the page, where that is another than what was asked for: moved, or redirected',
      examples: ['VLANs'],
    }),
  ),
});
export type WikiPage = Static<typeof WikiPage>;

/** A page of which nothing is left to read: why, and since when. */
export const PageGone = Type.Object({
  state: Type.Enum(['blank', 'missing', 'redirect-to-nowhere', 'not-a-page'] as const),
  since: WikiPage.properties.since,
  confirmed: Type.Boolean({
    description: 'Whether two looks, 6 h apart or more, said so',
    examples: [true],
  }),
});
export type PageGone = Static<typeof PageGone>;

/** Of a page of which nothing can be read, though the wiki answers. */
export const PageUnknown = Type.Object({
  since: Type.String({
    format: 'date-time',
    description: 'Since when nothing can be read of it',
    examples: ['2026-11-22T17:31:20.306Z'],
  }),
  why: Type.String({ examples: ['the wiki left it out of its answer'] }),
});
export type PageUnknown = Static<typeof PageUnknown>;

/** Something that is there, or that the policy names, and that nobody registered. */
export const ProposalId = Type.String({
  pattern: '^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$',
  description: 'A thing that was seen (`switch/sw1`), or what the policy names (`core/uplink`, `space/mqtt`)',
  examples: ['switch/sw1'],
});
export type ProposalId = Static<typeof ProposalId>;
