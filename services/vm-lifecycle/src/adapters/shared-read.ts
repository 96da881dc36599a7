/**
 * Lets all who ask at the same time share one read, which begins after each of them asked: what was committed before somebody asked is in
 * their answer. One read is under way at a time; who asks meanwhile shares the next.
 */
export function sharedRead<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  const begin = (): Promise<T> => {
    next = undefined;
    const reading = read();
    underWay = reading;
    return reading;
  };
  return () => {
    // Whether the one before failed is for those who shared it.
    next ??= underWay.then(begin, begin);
    return next;
  };
}
