import type { ServiceName } from '@huismeester/contracts';
import type { FactName } from '../facts/index.ts';
import type { AnyRule } from '../rules/define.ts';
import type { Silence } from './pass.ts';

/** Which log each fact is folded from; holds are policy's own. */
export const sourceOf = {
  ups: 'ups-monitor',
  vm: 'vm-lifecycle',
  node: 'vm-lifecycle',
  hypervisor: 'vm-lifecycle',
  hold: undefined,
} as const satisfies { readonly [fact in FactName]: ServiceName | undefined };

/** How the reading of a source goes. */
export interface Reading {
  readonly source: ServiceName;
  /** It was read to its head once since the process began. */
  readonly caughtUp: boolean;
  /** Events behind the head that is known. */
  readonly lag: number;
  /** Since when it cannot be read, ms since 1970. */
  readonly awaySince?: number;
}

/** A source that is away for so long since the start is not waited for any more, ms. */
const longAwayMs = 10 * 60_000;

/**
 * The rules that may not be asked now, and why: from half of a story nothing may follow. A source that is away once it
 * was read closes no gate; its facts count as unseen. `awaitsConfirmation`: a UPS on which a power cut hangs was not heard
 * of since the start; that keeps back the rules that read UPSes.
 */
export function closedGates(
  rules: readonly AnyRule[],
  readings: readonly Reading[],
  { awaitsConfirmation, now, startedAt }: { awaitsConfirmation: boolean; now: number; startedAt: number },
  before: ReadonlyMap<string, Silence>,
): ReadonlyMap<string, Silence> {
  const closed = new Map<string, Silence>();
  for (const { name, reads } of rules) {
    const why = whyClosed(reads, readings, { awaitsConfirmation, now });
    if (why === undefined) continue;
    closed.set(name, { why, since: before.get(name)?.since ?? Math.max(startedAt, now) });
  }
  return closed;
}

function whyClosed(
  reads: readonly FactName[],
  readings: readonly Reading[],
  { awaitsConfirmation, now }: { awaitsConfirmation: boolean; now: number },
): string | undefined {
  const needed = new Set<ServiceName | undefined>(reads.map((fact) => sourceOf[fact]));
  for (const { source, caughtUp, lag, awaySince } of readings) {
    if (!needed.has(source)) continue;
    const isAway = awaySince !== undefined;
    if (!caughtUp && !(isAway && now >= awaySince + longAwayMs))
      return `the log of ${source} was not read to its head yet`;
    if (!isAway && lag > 0) return `${lag} event(s) of ${source} are not read yet`;
  }
  if (awaitsConfirmation && reads.includes('ups')) {
    return 'a UPS in a power cut was not heard of since the start';
  }
  return undefined;
}
