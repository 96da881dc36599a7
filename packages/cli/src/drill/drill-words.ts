import type { Drill, DrillGuest, DrillProblem } from '@huismeester/contracts';

type Node = Drill['nodes'][number];

/** What stands around the data of a drill, in one language. Times come as on a stopwatch. */
export interface DrillWords {
  readonly title: (ups: string) => string;
  readonly reading: (ups: string, charge_pct: number | undefined, runtime_s: number | undefined) => string;
  readonly heads: {
    readonly after: string;
    readonly what: string;
    readonly who: string;
    readonly node: string;
    readonly off: string;
    readonly why: string;
    readonly back: string;
    readonly how: string;
    readonly severity: string;
  };
  readonly stage: (stage: Drill['stages'][number]['stage']) => string;
  readonly fates: { readonly [fate in DrillGuest['fate']]: string };
  readonly dryRun: string;
  readonly nodeGoes: { readonly [by in Node['by']]: string };
  readonly empty: string;
  readonly returns: string;
  readonly starts: string;
  readonly staysOff: string;
  readonly wakes: { readonly [back in NonNullable<Node['back']>]: string };
  readonly nothingReturns: string;
  readonly apart: string;
  readonly nothingHappens: string;
  readonly problems: string;
  readonly severities: { readonly [severity in DrillProblem['severity']]: string };
  readonly noProblem: string;
  readonly fits: string;
  readonly fitsNot: (errors: number) => string;
}
