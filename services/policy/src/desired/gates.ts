import type { ServiceName } from '@huismeester/contracts';
import type { FactName } from '../facts/index.ts';
import type { AnyRule } from '../rules/define.ts';
import type { Silence } from './pass.ts';

/** The name of the reader of leases and ownerships. */
export const fromLeases = 'vm-lifecycle/lease';

/** The name of the reader of projects. */
export const fromProjects = 'vm-lifecycle/project';

/** The names of the readers of applications to the team, and of who has access. */
export const fromAdmission = 'membership/admission';
export const fromAccess = 'membership/access';

/** The name of the reader of the register of things, and of what the wiki says. */
export const fromInventory = 'inventory';

/** Which log each fact is folded from; holds, deliveries, reports and the clock are policy's own. */
export const sourceOf = {
  ups: 'ups-monitor',
  vm: 'vm-lifecycle',
  node: 'vm-lifecycle',
  hypervisor: 'vm-lifecycle',
  incident: 'netwatch',
  person: 'membership',
  member: 'membership',
  directory: 'membership',
  application: 'membership',
  grant: 'membership',
  account: 'membership',
  accessSource: 'membership',
  knownAccount: 'membership',
  accessList: 'membership',
  ownership: 'vm-lifecycle',
  lease: 'vm-lifecycle',
  project: 'vm-lifecycle',
  projectVm: 'vm-lifecycle',
  item: 'inventory',
  steward: 'inventory',
  designDecision: 'inventory',
  wiki: 'inventory',
  policyText: 'inventory',
  delivery: undefined,
  report: undefined,
  clock: undefined,
  hold: undefined,
} as const satisfies { readonly [fact in FactName]: ServiceName | undefined };

/** The reader that folds each fact (`ConsumerOptions.reader`): people's leases have one of their own, for which no power cut waits. */
export const readerOf = {
  ...sourceOf,
  application: fromAdmission,
  grant: fromAccess,
  account: fromAccess,
  accessSource: fromAccess,
  knownAccount: fromAccess,
  accessList: fromAccess,
  ownership: fromLeases,
  lease: fromLeases,
  project: fromProjects,
  projectVm: fromProjects,
} as const satisfies { readonly [fact in FactName]: string | undefined };

/** Whether a rule reads facts about people, which only such rules are given: a power cut does not wait for thousands of them. */
export function readsPeople({ reads }: Pick<AnyRule, 'reads'>): boolean {
  return reads.some((fact) => readerOf[fact] === 'membership');
}

/** Whether a rule reads applications to the team, or who has access. */
export function readsTeam({ reads }: Pick<AnyRule, 'reads'>): boolean {
  return reads.some((fact) => readerOf[fact] === fromAdmission || readerOf[fact] === fromAccess);
}

/** Whether a rule reads leases or whose VMs are, of which there may be thousands too. */
export function readsLeases({ reads }: Pick<AnyRule, 'reads'>): boolean {
  return reads.some((fact) => readerOf[fact] === fromLeases);
}

/** Whether a rule reads the register of projects. */
export function readsProjects({ reads }: Pick<AnyRule, 'reads'>): boolean {
  return reads.some((fact) => readerOf[fact] === fromProjects);
}

/** Whether a rule reads the register of things, of which there may be thousands. */
export function readsItems({ reads }: Pick<AnyRule, 'reads'>): boolean {
  return reads.some((fact) => fact === 'item' || fact === 'steward');
}

/** Whether a rule reads what inventory says of pages: of design decisions, and of the infra policy. */
export function readsPages({ reads }: Pick<AnyRule, 'reads'>): boolean {
  return reads.some((fact) => readerOf[fact] === fromInventory && fact !== 'item' && fact !== 'steward');
}

/** How the reading of a source goes. */
export interface Reading {
  readonly source: ServiceName;
  /** Where it is not the only reader of its source; otherwise it is named as the source is. */
  readonly reader?: string;
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
 * was read closes no gate; its facts count as unseen. `confirmedAt` (ms since 1970): until then at the latest a UPS on which
 * a power cut hangs is waited for, of which nothing was heard since the start, or since the clock was set; that keeps back
 * the rules that read UPSes.
 */
export function closedGates(
  rules: readonly Pick<AnyRule, 'name' | 'reads'>[],
  readings: readonly Reading[],
  { confirmedAt, now, startedAt }: { confirmedAt: number | undefined; now: number; startedAt: number },
  before: ReadonlyMap<string, Silence>,
): ReadonlyMap<string, Silence> {
  const closed = new Map<string, Silence>();
  for (const { name, reads } of rules) {
    const found = whyClosed(reads, readings, { confirmedAt, now });
    if (found) closed.set(name, { ...found, since: before.get(name)?.since ?? Math.max(startedAt, now) });
  }
  return closed;
}

function whyClosed(
  reads: readonly FactName[],
  readings: readonly Reading[],
  { confirmedAt, now }: { confirmedAt: number | undefined; now: number },
): Pick<Silence, 'why' | 'until'> | undefined {
  const needed = new Set<string | undefined>(reads.map((fact) => readerOf[fact]));
  for (const { source, reader = source, caughtUp, lag, awaySince } of readings) {
    if (!needed.has(reader)) continue;
    const until = awaySince === undefined ? undefined : awaySince + longAwayMs;
    if (!caughtUp && !(until !== undefined && now >= until)) {
      return {
        why: `the log of ${source} was not read to its head yet`,
        ...(until !== undefined && { until }),
      };
    }
    if (until === undefined && lag > 0) return { why: `${lag} event(s) of ${source} are not read yet` };
  }
  if (confirmedAt === undefined || !reads.includes('ups')) return undefined;
  return {
    why: 'a UPS in a power cut was not heard of since the start, or since the clock was set',
    until: confirmedAt,
  };
}
