/** How much memory a process had, and how long after the begin. */
export interface Sample {
  readonly process: string;
  readonly atMs: number;
  readonly rssMiB: number;
}

/** The most that each process ever had, MiB. */
export function peaks(samples: readonly Sample[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { process, rssMiB } of samples) {
    found.set(process, Math.max(found.get(process) ?? 0, Math.round(rssMiB)));
  }
  return found;
}

/** Which processes had more than they may. */
export function memoryFaults(samples: readonly Sample[], mostMiB: number): string[] {
  return [...peaks(samples)].flatMap(([process, peak]) =>
    peak > mostMiB ? [`${process} had ${peak} MiB of memory, more than ${mostMiB}`] : [],
  );
}
