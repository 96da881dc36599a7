import type { PowerPass } from '../desired/pass.ts';
import type { AnyRule } from '../rules/define.ts';
import { type FoundViolation, keyOf, type OpenViolation } from './violation.ts';

/** What changed in the register since the last look. */
export interface RegisterChanges {
  readonly opened: readonly FoundViolation[];
  readonly closed: readonly OpenViolation[];
  /** Open ones whose acceptance is over. */
  readonly acceptanceEnded: readonly OpenViolation[];
}

/**
 * Compares what rules found with the register. A rule that was not asked, and a subject that is undecided now,
 * neither open nor close anything. `now` is in ms since 1970.
 */
export function registerChanges(
  register: readonly OpenViolation[],
  rules: readonly Pick<AnyRule, 'name' | 'violationKinds'>[],
  asked: PowerPass['violations'],
  now: number,
): RegisterChanges {
  const known = new Set(register.map(({ found }) => keyOf(found)));
  const opened: FoundViolation[] = [];
  const stays = new Set<string>();
  for (const [rule, { found }] of asked) {
    for (const each of found) {
      const key = keyOf(each);
      if (!known.has(key) && !stays.has(key)) opened.push({ ...each, rule });
      stays.add(key);
    }
  }
  const isAsked = (kind: string): boolean =>
    rules.some(({ name, violationKinds }) => asked.has(name) && violationKinds.includes(kind));
  const undecided = new Set([...asked.values()].flatMap((each) => each.undecided.map(keyOf)));
  const isUndecided = ({ kind, subject }: FoundViolation): boolean => undecided.has(keyOf({ kind, subject }));
  const closed = register.filter(
    ({ found }) => isAsked(found.kind) && !stays.has(keyOf(found)) && !isUndecided(found),
  );
  const gone = new Set(closed.map(({ id }) => id));
  const acceptanceEnded = register.filter(
    ({ id, accepted }) => accepted !== undefined && accepted.until <= now && !gone.has(id),
  );
  return { opened, closed, acceptanceEnded };
}
