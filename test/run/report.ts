/** Tests that did not run as a group: a file, or a `describe`. */
export interface LeftOut {
  readonly what: string;
  readonly tests: number;
}

/** What one step came to, in tests; a step without tests counts as one. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly leftOut: readonly LeftOut[];
  /** Why it failed or was skipped, where the counts do not say it. */
  readonly why?: string;
}

export interface StepResult extends Outcome {
  readonly name: string;
  readonly seconds: number;
}

export interface Summary {
  readonly lines: readonly string[];
  readonly failed: boolean;
}

export interface SummaryOptions {
  readonly ci: boolean;
  /** Which Debian packages could not be installed; empty when all are there. */
  readonly missing: string;
  /** Test files that need something from outside of the repository that is not there, each with what it is. */
  readonly outside?: ReadonlyMap<string, string>;
  /** What `test:long` runs, and this run did not; a line each. */
  readonly long?: readonly string[];
}

/**
 * The table of all steps, what was left out, what is in `test:long`, and, last and alone on its line, the counts. In CI a
 * suite that did not run is a failure, since it would pass in silence for ever; but a clone alone is whole, so what lies
 * outside of it may be missing.
 */
export function summarize(steps: readonly StepResult[], options: SummaryOptions): Summary {
  const { ci, missing, outside = new Map(), long = [] } = options;
  const leftOut = steps.flatMap((step) => step.leftOut);
  const needOf = ({ what }: LeftOut) => outside.get(what.split(' > ')[0] ?? '');
  const forbidden = ci ? leftOut.filter((each) => needOf(each) === undefined) : [];
  const passed = sum(steps, 'passed');
  const failed = sum(steps, 'failed') + forbidden.length;
  const skipped = sum(steps, 'skipped');
  const seconds = steps.reduce((total, step) => total + step.seconds, 0);
  return {
    lines: [
      ...steps.map(row),
      `${'all'.padEnd(16)}${seconds.toFixed(1).padStart(6)} s`,
      ...leftOut.map((each) => {
        const need = needOf(each);
        const why = need === undefined ? missing || 'it says so itself' : `${need} is not beside this clone`;
        return `left out: ${each.what} (${each.tests} tests): ${why}`;
      }),
      ...(forbidden.length > 0 ? ['in CI nothing may be left out'] : []),
      ...long.map((each) => `in test:long: ${each}`),
      `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    ],
    failed: failed > 0,
  };
}

function sum(steps: readonly StepResult[], what: 'passed' | 'failed' | 'skipped'): number {
  return steps.reduce((total, step) => total + step[what], 0);
}

function row({ name, seconds, passed, failed, skipped, why }: StepResult): string {
  const verdict = failed > 0 ? 'FAILED' : passed > 0 ? 'ok' : 'skipped';
  const counts = [
    ...(passed + failed + skipped > 1 ? [`${passed} passed`] : []),
    ...(failed > 1 || (failed > 0 && passed > 0) ? [`${failed} failed`] : []),
    ...(skipped > 0 && passed > 0 ? [`${skipped} skipped`] : []),
    ...(why === undefined ? [] : [why]),
  ];
  return `${name.padEnd(16)}${seconds.toFixed(1).padStart(6)} s  ${verdict.padEnd(8)}${counts.join(', ')}`.trimEnd();
}
