import { CommandError, NotFine } from '../errors.ts';

/** What all of these bring. Throws {@link NotFine} with everything that went wrong, once all have ended. */
export async function allOf<T extends readonly unknown[]>(
  looks: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  const outcomes = await Promise.allSettled(looks);
  const failures = outcomes.flatMap((each) => (each.status === 'rejected' ? [failureOf(each)] : []));
  if (failures.length > 0) throw new NotFine(failures.map(({ message }) => message).join('\n'));
  return (await Promise.all(looks)) as unknown as T;
}

/** What a person can do something about; anything else is a fault of ours and is thrown. */
function failureOf({ reason }: PromiseRejectedResult): CommandError {
  if (reason instanceof CommandError) return reason;
  throw reason;
}
