/** Works on all items, at most so many at a time, in their order; the first that fails ends it, and so does the signal. */
export async function inTurns<T, R>(
  items: readonly T[],
  atATime: number,
  signal: AbortSignal,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, item] of queue) {
      signal.throwIfAborted();
      if (failed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}
