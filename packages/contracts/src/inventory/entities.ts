import { type Static, Type } from 'typebox';
import { PersonId, Timestamp } from '../words.ts';
import { events } from './events.ts';
import {
  DesignDecisionFields,
  DesignDecisionId,
  ItemFields,
  ItemId,
  ItemLink,
  PageGone,
  PageUnknown,
  StewardId,
  StewardRole,
  WikiPage,
} from './words.ts';

/*
 * What stands in inventory's snapshot: of each aggregate what a fold of its events knows, and nothing else. Cables and proposals are in
 * none: nobody else reads them.
 */

const maybe = Type.Optional;

/** `item/<id>`: an item of the register, retired ones included. */
export const ItemEntity = Type.Object({
  item: ItemId,
  ...ItemFields,
  since: Type.String({ ...Timestamp, description: 'When it was registered' }),
  links: Type.Array(ItemLink, {
    description: 'Those that somebody entered, in the order of kind and target',
  }),
});
export type ItemEntity = Static<typeof ItemEntity>;

/** `steward/<id>`: who can run an item, or learns to; one that was removed is in no snapshot. */
export const StewardEntity = Type.Object({
  steward: StewardId,
  item: ItemId,
  person: PersonId,
  role: StewardRole,
  since: Type.String({ ...Timestamp, description: 'Since when they have this role' }),
  confirmed_at: Type.String({
    ...Timestamp,
    description:
      'When they last became or confirmed to be it: a steward counts for 400 days from then on (TEAM-2)',
  }),
});
export type StewardEntity = Static<typeof StewardEntity>;

/** `design-decision/<id>`: a design decision, and what the wiki said of its page. */
export const DesignDecisionEntity = Type.Object({
  decision: DesignDecisionId,
  ...DesignDecisionFields,
  since: Type.String({ ...Timestamp, description: 'When it was registered' }),
  read: maybe(WikiPage),
  unknown: maybe(PageUnknown),
});
export type DesignDecisionEntity = Static<typeof DesignDecisionEntity>;

/** `wiki/main`: whether the wiki answers; missing before it was first asked. */
export const WikiEntity = Type.Object({
  state: Type.Enum(['reachable', 'unreachable'] as const),
  since: Timestamp,
  why: maybe(Type.String()),
});
export type WikiEntity = Static<typeof WikiEntity>;

/** `policy-text/main`: what was last read of the infra policy, and what keeps it from being read now. */
export const PolicyTextEntity = Type.Object({
  read: maybe(
    Type.Object({
      ...events['policy-text.read'].data.properties,
      since: Type.String({ ...Timestamp, description: 'When it was read' }),
    }),
  ),
  gone: maybe(PageGone),
  unknown: maybe(PageUnknown),
});
export type PolicyTextEntity = Static<typeof PolicyTextEntity>;
