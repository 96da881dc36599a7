import { UsageError } from '../errors.ts';
import { momentAfter } from '../time.ts';
import type { Words } from './words-en.ts';

const day = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The moment of `--until` or `--for`, in ISO 8601; undefined where neither is given. A day alone is its first moment, in the zone of this process.
 * Throws a {@link UsageError}.
 */
export function momentOf(
  { until, for: length }: { readonly until?: string; readonly for?: string },
  words: Pick<Words, 'notADay'>,
  now: Date,
): string | undefined {
  if (until === undefined) return length === undefined ? undefined : momentAfter(length, now).toISOString();
  const moment = new Date(day.test(until) ? `${until}T00:00` : until);
  if (Number.isNaN(moment.getTime())) throw new UsageError(words.notADay(until));
  return moment.toISOString();
}
