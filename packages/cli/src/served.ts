import { Refused } from './errors.ts';
import type { Output } from './output.ts';

/** What was read, or in a few words why it could not be. */
export type Answer<T> =
  | { readonly value: T }
  | { readonly missing: string; readonly why: 'elsewhere' | 'away' }
  /** `takes` says which roles may. */
  | { readonly missing: string; readonly why: 'role'; readonly takes: string | undefined };

/** Of a service that does answer, but has nothing to answer with: by the code of its problem. */
const unanswered: Readonly<Record<string, string>> = {
  'cannot-check-tokens': 'cannot check tokens: its database does not answer',
  'database-unavailable': 'its database does not answer',
};

/**
 * What was read. It may be missing where services run in processes of their own: this one may not serve it, and behind a
 * reverse proxy one may be away; or the role is not enough. Any other failure is thrown.
 */
export async function answerOf<T>(reading: Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await reading };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { status, code, detail } = error.problem;
    if (status === 404) return { missing: 'not served here', why: 'elsewhere' };
    if (status === 403) return { missing: 'not for this role', why: 'role', takes: detail };
    if (status >= 502 && status <= 504)
      return { missing: unanswered[code] ?? 'does not answer', why: 'away' };
    throw error;
  }
}

/** What was read; undefined, with a note, where services run in processes of their own and this one is another's. */
export async function ifServed<T>(output: Output, what: string, reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof Refused && error.problem.status === 404)) throw error;
    output.note(`${what}: not served here`);
    return undefined;
  }
}

/** What was read; undefined where it is not for this role. */
export async function unlessNotForRole<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 403) return undefined;
    throw error;
  }
}

/** What was read; undefined, with a note why, where it could not be: it is shown beside something else, which it is not to hide. */
export async function ifAnswered<T>(
  output: Output,
  what: string,
  reading: Promise<T>,
): Promise<T | undefined> {
  const answer = await answerOf(reading);
  if ('value' in answer) return answer.value;
  output.note(`${what}: ${answer.missing}`);
  return undefined;
}
