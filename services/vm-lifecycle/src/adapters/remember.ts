/** Answers a key's question from memory for a while; a question that failed is asked again. */
export function rememberFor<T>(forMs: number, ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, { readonly answer: T; readonly until: number }>();
  return async (key) => {
    const found = known.get(key);
    if (found && performance.now() < found.until) return found.answer;
    const answer = await ask(key);
    known.set(key, { answer, until: performance.now() + forMs });
    return answer;
  };
}
