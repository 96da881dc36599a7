import { createLoop } from '@huismeester/clock';

const everyMs = 1_000;
const never = 2 ** 31 - 1;

/** Tries something each second until it succeeds: after the start neither people nor VMs are known at once, and what is not known yet is refused. */
export function untilDone(act: () => Promise<void>): { close(): Promise<void> } {
  let isDone = false;
  const loop = createLoop({
    pass: async () => {
      if (!isDone) await act();
      isDone = true;
      return never;
    },
    everyMs: never,
    onError: () => undefined,
    backoff: { firstMs: everyMs, longestMs: everyMs },
  });
  loop.start();
  return loop;
}
