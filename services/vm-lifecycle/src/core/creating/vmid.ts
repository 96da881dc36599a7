/** Our range of numbers, both ends included. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The first number of the range that is free, looked for from `after` on and then from the start; undefined when none is. From `after` on, since a
 * number that was just found to be another guest's need not be known as taken after a crash.
 */
export function freeVmid(
  { from, to }: Range,
  taken: ReadonlySet<number>,
  after: number = from - 1,
): number | undefined {
  const size = to - from + 1;
  const start = after >= from && after < to ? after + 1 : from;
  for (let step = 0; step < size; step += 1) {
    const vmid = from + ((start - from + step) % size);
    if (!taken.has(vmid)) return vmid;
  }
  return undefined;
}
