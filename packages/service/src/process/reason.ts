/** An error and what lies at the bottom of it, as one line without stacks. */
export function reasonOf(error: unknown): string {
  const first = textOf(error);
  let last = error;
  while (last instanceof Error && last.cause !== undefined) last = last.cause;
  const bottom = textOf(last);
  return first.includes(bottom) ? first : `${first} (${bottom})`;
}

/** Node's error of several failed connections has no message but a code. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
