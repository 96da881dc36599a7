import type { Violation, ViolationCount } from '@huismeester/contracts';

/** Violations of one kind that stand below one heading. */
export interface Group {
  readonly kind: string;
  readonly all: readonly Violation[];
}

export type Part = 'serious' | 'warning' | 'accepted';
export const parts: readonly Part[] = ['serious', 'warning', 'accepted'];

/** By severity, accepted ones apart; in each by kind, the kind with the newest first, and in a kind the newest first. */
export function grouped(violations: readonly Violation[]): Readonly<Record<Part, readonly Group[]>> {
  const newestFirst = violations.toSorted((a, b) => Date.parse(b.since) - Date.parse(a.since));
  const groupsOf = (part: Part): Group[] => {
    const own = newestFirst.filter((each) => partOf(each) === part);
    return [...Map.groupBy(own, ({ kind }) => kind)].map(([kind, all]) => ({ kind, all }));
  };
  return { serious: groupsOf('serious'), warning: groupsOf('warning'), accepted: groupsOf('accepted') };
}

function partOf({ severity, accepted }: Violation): Part {
  return accepted === undefined ? severity : 'accepted';
}

/** How many more there are than those that who asks may see. */
export function hiddenOf(counts: readonly ViolationCount[], shown: readonly Violation[]): number {
  return Math.max(0, counts.reduce((sum, { open }) => sum + open, 0) - shown.length);
}
