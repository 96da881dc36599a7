/** One thing that was looked at outside; `problem` says what is wrong with it, and never holds a secret. */
export interface Finding {
  readonly what: string;
  readonly problem?: string;
  /** What needs looking after, though it works: the check is passed. */
  readonly warning?: string;
  /** What to do about the problem or the warning: a command, or a line for a file. */
  readonly remedy?: string;
}

/** What a look brought, and the one finding of it: fine if it returned, else what it threw. */
export interface Look<T> {
  readonly finding: Finding;
  readonly value?: T;
}

export async function look<T>(what: string, ask: () => Promise<T>): Promise<Look<T>> {
  try {
    return { finding: { what }, value: await ask() };
  } catch (error) {
    return { finding: { what, problem: error instanceof Error ? error.message : String(error) } };
  }
}
