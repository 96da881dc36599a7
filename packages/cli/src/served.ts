import { Refused } from './errors.ts';
import type { Output } from './output.ts';

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
