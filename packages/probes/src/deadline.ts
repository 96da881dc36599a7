import type { Clock } from '@huismeester/clock';
import { LookFailure, LookStopped } from './failure.ts';
import type { Look } from './look.ts';

/** Looks with a signal that aborts at the deadline, or when the given one does. */
export async function withDeadline(
  { clock, signal, deadline, deadlineMs }: LookLimits,
  look: (signal: AbortSignal) => Promise<Look>,
): Promise<Look> {
  const controller = new AbortController();
  const stop = () => controller.abort(new LookStopped('the look was stopped'));
  const cancel = clock.after(deadlineMs, () =>
    controller.abort(new LookFailure('no-answer', `no answer within ${deadline}`)),
  );
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await look(controller.signal);
  } finally {
    cancel();
    signal.removeEventListener('abort', stop);
    // What a look that rejects leaves behind, such as the attempt in the other address family, must not live on.
    controller.abort(new LookStopped('the look is over'));
  }
}

interface LookLimits {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** As people write it. */
  readonly deadline: string;
  readonly deadlineMs: number;
}

/** What the work resolves to, or the signal's reason as soon as it aborts. */
export async function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work(), promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
