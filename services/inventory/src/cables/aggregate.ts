import { aggregate, type Made } from '@huismeester/events';
import { type Cable, evolveCable } from '../core/cable.ts';
import { cable } from '../schema.ts';

type CableMade = Made<'cable.recorded'> | Made<'cable.changed'> | Made<'cable.removed'>;

/** Cables (INFRA-2), by id; one that was removed has no row. */
export const cables = aggregate({
  kind: 'cable',
  table: cable,
  initial: undefined,
  evolve: (known: Cable | undefined, event: CableMade) => evolveCable(known, event),
});

/** What every command about cables locks: a port has one. */
export const cableScope = 'cables';
