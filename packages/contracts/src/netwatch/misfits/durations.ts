import { type Misfit, milliseconds } from '../../define.ts';

/** Shorter than this nothing is looked at again, nor waited for, ms. */
const leastMs = 100;

export function tooShort(path: (string | number)[], duration: string | undefined): Misfit[] {
  if (duration === undefined || milliseconds(duration) >= leastMs) return [];
  return [{ path, found: duration, allowed: `at least ${leastMs}ms` }];
}
