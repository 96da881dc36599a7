import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { LeftOut, Outcome } from './report.ts';

const Assertion = Type.Object({
  ancestorTitles: Type.Array(Type.String()),
  status: Type.String(),
});
const File = Type.Object({
  name: Type.String(),
  status: Type.String(),
  assertionResults: Type.Array(Assertion),
});
const Report = Type.Object({ success: Type.Boolean(), testResults: Type.Array(File) });

type Assertion = Type.Static<typeof Assertion>;
type File = Type.Static<typeof File>;

/** Counts what vitest's JSON reporter wrote. A file that could not even be loaded, and a run that fails without a
 * failing test (an unhandled rejection, say), count as one failure. */
export function readVitestReport(text: string, root: string): Outcome {
  const report = Value.Parse(Report, JSON.parse(text));
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (...statuses: string[]) => tests.filter(({ status }) => statuses.includes(status)).length;
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  const failed = count('failed') + broken.length;
  const unexplained = !report.success && failed === 0;
  const passed = count('passed');
  return {
    passed,
    failed: failed + Number(unexplained || tests.length === 0),
    skipped: tests.length - passed - count('failed'),
    leftOut: report.testResults.flatMap((file) => leftOutOf(file, root)),
    ...(unexplained ? { why: 'an error outside the tests, see above' } : {}),
    ...(tests.length === 0 ? { why: 'no test was found' } : {}),
  };
}

/** A file of which nothing ran, or else each outermost `describe` of which nothing ran. */
function leftOutOf({ name, assertionResults }: File, root: string): LeftOut[] {
  const file = name.startsWith(`${root}/`) ? name.slice(root.length + 1) : name;
  if (assertionResults.length > 0 && assertionResults.every(wasSkipped)) {
    return [{ what: file, tests: assertionResults.length }];
  }
  const suites = Map.groupBy(assertionResults, ({ ancestorTitles: [outermost] }) => outermost);
  return [...suites].flatMap(([suite, tests]) =>
    suite !== undefined && tests.every(wasSkipped)
      ? [{ what: `${file} > ${suite}`, tests: tests.length }]
      : [],
  );
}

function wasSkipped({ status }: Assertion): boolean {
  return status !== 'passed' && status !== 'failed';
}
