import type { Reason } from '@huismeester/contracts';
import type { PowerTarget } from '../../desired/target.ts';
import type { Evidence } from '../../facts/ups.ts';
import type { Guest, VmClass } from '../../facts/vm.ts';
import type { Act, Bar, Ending, Mine, Mode, Opinion } from '../define.ts';
import type { EffectiveOutage } from './effective-outage.ts';
import type { ShedGuest } from './state.ts';

/**
 * The clause that stands behind what a power cut does to a class (docs/adr/0004-clauses-of-a-power-cut.md). Arming it
 * arms the shutting down and the starting again.
 */
export const clauseOf: { readonly [K in VmClass]: string } = {
  participant: 'SPACE-3',
  'space-wide': 'SPACE-3',
  core: 'CORE-1',
};

/** A node belongs to the hypervisor, which is core infra (CORE-3): what one must be able to count on. */
export const nodeClause = 'CORE-1';

/** Everything that an opinion about one guest depends on. */
export interface GuestHere {
  readonly guest: Guest;
  readonly target: PowerTarget;
  /** What is remembered of it; none unless a power cut reached it while it ran. */
  readonly row: ShedGuest | undefined;
  readonly mine: Mine | undefined;
  readonly outage: EffectiveOutage;
  readonly isHeld: boolean;
  /** Whether Huismeester itself needs it: it is then never asked to shut down, and goes with its node. */
  readonly isSelf: boolean;
  readonly mode: Mode;
  /** From when on the restore may start this guest; undefined: only once something else happened. */
  readonly startableAt: number | undefined;
  readonly epoch: string;
  /** ms since 1970. */
  readonly now: number;
}

/** What the rule says of one target, and remembers of it. */
export interface Verdict<Row> {
  readonly opinion?: Opinion;
  readonly ending?: Ending;
  /** Undefined: nothing is to be remembered of it. */
  readonly row: Row | undefined;
  readonly lookAgainAt?: number;
}

/** Ids of the events behind an opinion, and the newest of them in the chain of the power cut. */
export function evidenceOf(
  { feed }: EffectiveOutage,
  correlationid: string | undefined,
): { readonly evidence: readonly string[]; readonly cause?: Evidence } {
  const newest = feed.evidence.at(-1);
  const chain = correlationid || feed.evidence[0]?.correlationid;
  const evidence = feed.evidence.map(({ id }) => id);
  return {
    evidence,
    ...(newest && chain !== undefined && { cause: { id: newest.id, correlationid: chain } }),
  };
}

type About = Pick<GuestHere, 'target' | 'outage'> & { readonly clause: string };

/** An act about a target of this power cut. */
export function act(
  { target, outage, clause }: About,
  row: { readonly correlationid: string },
  wanted: Pick<Act, 'state' | 'attempt' | 'reasons' | 'limitedTo'> & { readonly attempt: number },
): Act {
  return {
    kind: 'act',
    target,
    tier: wanted.state === 'running' ? 'restore' : 'power',
    clause,
    stage: outage.verdict.stage,
    ...evidenceOf(outage, row.correlationid),
    ...wanted,
  };
}

/** A bar about a target of this power cut; of tier `power` while it lasts, of tier `restore` after it. */
export function bar(
  { target, outage, clause }: About,
  row: { readonly correlationid: string } | undefined,
  reasons: readonly Reason[],
  recorded = false,
): Bar {
  const { stage } = outage.verdict;
  return {
    kind: 'bar',
    target,
    tier: stage === 'mains' ? 'restore' : 'power',
    clause,
    stage,
    reasons,
    ...evidenceOf(outage, row?.correlationid),
    ...(recorded && { recorded: true as const }),
  };
}

/** Nothing more is wanted of a target. */
export function ending(
  { outage }: Pick<GuestHere, 'outage'>,
  row: { readonly correlationid: string },
  ...reasons: Reason[]
): Ending {
  return { reasons, ...evidenceOf(outage, row.correlationid) };
}
