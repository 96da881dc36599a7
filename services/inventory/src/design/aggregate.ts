import { aggregate, type Made } from '@huismeester/events';
import { type DesignDecision, evolveDesign } from '../core/design/decision.ts';
import { designDecision } from '../schema.ts';

type DesignMade =
  | Made<'design-decision.registered'>
  | Made<'design-decision.changed'>
  | Made<'design-decision.removed'>
  | Made<'design-decision.page-read'>
  | Made<'design-decision.page-unknown'>;

/** Design decisions (CORE-5, SPACE-6). */
export const designs = aggregate({
  kind: 'design-decision',
  table: designDecision,
  initial: undefined,
  evolve: (known: DesignDecision | undefined, event: DesignMade) => evolveDesign(known, event),
});

/** What every command about them locks: one may stand in the place of another. */
export const designScope = 'design-decisions';
