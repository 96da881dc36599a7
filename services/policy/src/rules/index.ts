import { type AnyRule, tiers } from './define.ts';
import * as list from './list.ts';

/** The place of a rule's first tier; a rule that has no say about power targets comes last. */
const placeOf = ({ tiers: [first] }: AnyRule) => (first === undefined ? tiers.length : tiers.indexOf(first));

/** Every rule, the one with the first say first. */
export const rules: readonly AnyRule[] = Object.values<AnyRule>(list).sort(
  (one, other) => placeOf(one) - placeOf(other) || (one.name < other.name ? -1 : 1),
);
