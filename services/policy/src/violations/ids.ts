import { randomUUID } from 'node:crypto';
import type { FoundViolation } from './violation.ts';

/** An id for each violation that opens: one that opens anew is another one. */
export function violationIds(opened: readonly FoundViolation[]): ReadonlyMap<FoundViolation, string> {
  return new Map(opened.map((found) => [found, randomUUID()]));
}
