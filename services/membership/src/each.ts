import { isTransient } from '@huismeester/database';

/**
 * Does this with each, one after another: one with which it fails is no reason not to do it with the others. Answers whether it failed with one.
 * Throws where the database is away.
 */
export async function withEach<Each>(
  all: readonly Each[],
  work: (each: Each) => Promise<void>,
  failed: (error: unknown, each: Each) => void,
): Promise<boolean> {
  let hasFailed = false;
  for (const each of all) {
    try {
      await work(each);
    } catch (error) {
      if (isTransient(error)) throw error;
      hasFailed = true;
      failed(error, each);
    }
  }
  return hasFailed;
}
