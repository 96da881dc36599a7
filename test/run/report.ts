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

/**
 * The table of all steps, what was left out, and, last and alone on its line, the counts. In CI a suite that did not
 * run is a failure: it would pass in silence for ever.
 */
export function summarize(steps: readonly StepResult[], options: { ci: boolean; missing: string }): Summary {
  const leftOut = steps.flatMap((step) => step.leftOut);
  const passed = sum(steps, 'passed');
  const failed = sum(steps, 'failed') + (options.ci ? leftOut.length : 0);
  const skipped = sum(steps, 'skipped');
  return {
    lines: [
      ...steps.map(row),
      ...leftOut.map(
        ({ what, tests }) => `left out: ${what} (${tests} tests): ${options.missing || 'it says so itself'}`,
      ),
      ...(options.ci && leftOut.length > 0 ? ['in CI nothing may be left out'] : []),
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
