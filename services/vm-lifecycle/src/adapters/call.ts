import type { CallFailure, FailureOf } from '../ports.ts';

/** The answer of a hypervisor, or how the call failed; errors of another kind are thrown on. */
export async function answerOf<T extends object | string>(
  failureOf: FailureOf,
  call: () => Promise<T>,
): Promise<T | CallFailure> {
  try {
    return await call();
  } catch (error) {
    const failure = failureOf(error);
    if (failure) return failure;
    throw error;
  }
}
