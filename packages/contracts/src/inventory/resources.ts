import { type Static, Type } from 'typebox';
import { list, single } from '../define.ts';
import { PersonId, Timestamp, VmClass } from '../words.ts';
import {
  CableFields,
  CableId,
  DesignDecisionFields,
  DesignDecisionId,
  ItemFields,
  ItemId,
  ItemKind,
  LinkKind,
  LinkTarget,
  OsiLayer,
  ProposalId,
  StandsFor,
  StewardId,
  StewardRole,
  WikiPage,
} from './words.ts';

const maybe = Type.Optional;

/** What another service says of the thing that an item stands for; missing where nobody sees it (any more). */
const Seen = Type.Object({
  state: Type.String({ description: 'As its service says it', examples: ['up'] }),
  since: maybe(Timestamp),
  class: maybe({ ...VmClass, description: 'Of a VM, by its pool' }),
  name: maybe(Type.String({ description: 'What it is called there' })),
  node: maybe(
    Type.String({ description: 'Of a VM: the node it is on now, as last seen', examples: ['pve-pve1'] }),
  ),
});

/** What an item needs, and who says so. */
const LinkSeen = Type.Object({
  kind: LinkKind,
  to: Type.Array(LinkTarget, {
    minItems: 1,
    description: 'Any one of these is enough',
    examples: [['ups/rack']],
  }),
  from: Type.Enum(['entered', 'settings', 'proxmox'] as const, {
    description: '`entered`: by somebody, and may be taken out; the others are read-only',
    examples: ['entered'],
  }),
});
export type LinkSeen = Static<typeof LinkSeen>;

const StewardOf = Type.Object({
  id: StewardId,
  person: PersonId,
  role: StewardRole,
  since: Timestamp,
  confirmed_at: Timestamp,
  counts_until: maybe({
    ...Timestamp,
    description: 'Of a steward: until when they count, 400 days after `confirmed_at` (TEAM-2)',
  }),
});

/** `GET /api/v1/items`: an item of the register, retired ones included. */
export const ItemResource = Type.Object({
  id: ItemId,
  ...ItemFields,
  since: Timestamp,
  infra: Type.Boolean({
    description: 'False: somebody’s own and not directly supporting; it is counted nowhere (INFRA-1)',
  }),
  core_for: Type.Array(Type.Enum(['availability', 'confidentiality'] as const), {
    description: 'By `core`, and by the class of the VM that it stands for',
  }),
  seen: maybe(Seen),
  links: Type.Array(LinkSeen),
  stewards: Type.Array(StewardOf),
});
export type ItemResource = Static<typeof ItemResource>;

/** `GET /api/v1/cables`. */
export const CableResource = Type.Object({ id: CableId, ...CableFields, since: Timestamp });
export type CableResource = Static<typeof CableResource>;

/** `GET /api/v1/stewards`: who can run what, and who learns to (TEAM-2). */
export const StewardResource = Type.Object({ item: ItemId, ...StewardOf.properties });
export type StewardResource = Static<typeof StewardResource>;

const Gone = Type.Object({
  target: LinkTarget,
  item: maybe(ItemId),
  name: maybe(Type.String()),
  core_for: ItemResource.properties.core_for,
  because: Type.Array(Type.Object({ kind: LinkKind, on: LinkTarget, from: LinkSeen.properties.from }), {
    description: 'What it needs that goes: the way back to what was asked about',
  }),
  people: Type.Array(PersonId, { description: 'Its stewards, then its learners; of a VM its owner' }),
});

/** `GET /api/v1/impact/{kind}/{id}`: what goes with a thing, nearest first; nothing is touched. */
export const Impact = Type.Object({
  target: LinkTarget,
  goes: Type.Array(Gone),
  weakened: Type.Array(Gone, { description: 'What goes on, since one of several that it needs is left' }),
});
export type Impact = Static<typeof Impact>;

/** `GET /api/v1/proposals`: what is there, or what the policy names, and that nobody registered. */
export const ItemProposalResource = Type.Object({
  id: ProposalId,
  name: Type.String({ examples: ['sw1'] }),
  kind: ItemKind,
  layer: OsiLayer,
  core: ItemFields.core,
  space_wide: ItemFields.space_wide,
  stands_for: maybe(StandsFor),
  because: Type.Enum(['seen', 'CORE-3', 'SPACE-2'] as const, {
    description: '`seen`: by another service; else the clause that names it',
  }),
  dismissed: Type.Boolean({ description: 'Somebody said that it is not to be registered' }),
});
export type ItemProposalResource = Static<typeof ItemProposalResource>;

/** `GET /api/v1/design-decisions`: design decisions, each with its page of the wiki. */
export const DesignDecisionResource = Type.Object({
  id: DesignDecisionId,
  ...DesignDecisionFields,
  since: Timestamp,
  url: maybe(Type.String({ description: 'Of its page' })),
  read: maybe(WikiPage),
  unknown: maybe(
    Type.Object(
      { since: Timestamp, why: Type.String() },
      { description: 'The last look brought nothing that can be read: `read` is what was known before' },
    ),
  ),
});
export type DesignDecisionResource = Static<typeof DesignDecisionResource>;

const Section = Type.Object({
  heading: Type.String({ description: 'Empty: what comes before the first heading' }),
  text: Type.String({ description: 'As its page has it' }),
  changed: maybe(
    Type.Object(
      { removed: Type.Array(Type.String()), added: Type.Array(Type.String()) },
      { description: 'Lines that differ from the revision that settings name' },
    ),
  ),
});

/** `GET /api/v1/policy-text`: the infra policy in its own words, section by section, from the page that settings name. */
export const PolicyText = Type.Object({
  source: Type.String({ description: 'The URL or file of `policy.text`' }),
  date: maybe(Type.String({ description: 'Of the revision that was carried out, by settings' })),
  state: Type.Enum(['read', 'gone', 'unknown', 'not-set-up'] as const, {
    description: '`gone`: there is no such page or file, or nothing is in it',
  }),
  why: maybe(Type.String({ description: 'Why it cannot be read, or how it is set up' })),
  revision: maybe(Type.String()),
  expected: maybe(Type.String({ description: 'The revision that settings name' })),
  readAt: maybe(Timestamp),
  sections: Type.Array(Section),
});
export type PolicyText = Static<typeof PolicyText>;

/** `POST /api/v1/csv/{items|cables}`: what an import did, or would do. */
export const ImportResult = Type.Object({
  dryRun: Type.Boolean(),
  new: Type.Array(Type.String({ description: 'Ids' })),
  changed: Type.Array(Type.String()),
  same: Type.Integer({ minimum: 0 }),
});
export type ImportResult = Static<typeof ImportResult>;

export const resources = {
  items: list(ItemResource, { order: ['id'], exported: true }),
  cables: list(CableResource, { order: ['id'], exported: true }),
  stewards: list(StewardResource, { order: ['item', 'person'], exported: true }),
  impact: single(Impact, { exported: false }),
  proposals: list(ItemProposalResource, { order: ['id'], exported: false }),
  'design-decisions': list(DesignDecisionResource, { order: ['id'], exported: true }),
  'policy-text': single(PolicyText, { exported: false }),
  csv: single(ImportResult, { exported: false }),
};
