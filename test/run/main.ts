import { fileURLToPath } from 'node:url';
import { type Outcome, type StepResult, summarize } from './report.ts';
import { debianStep, programStep, type Step, vitestStep } from './steps.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const bin = 'node_modules/.bin';
const debian = debianStep(root);
const steps: Step[] = [
  debian,
  programStep('types', root, `${bin}/tsc`, '--noEmit'),
  programStep('lint', root, `${bin}/biome`, 'check', '--error-on-warnings', '.'),
  programStep('dead code', root, `${bin}/knip`),
  vitestStep('unit', root),
  vitestStep('integration', root),
  vitestStep('spaces', root),
];

const results: StepResult[] = [];
for (const { name, run } of steps) {
  process.stdout.write(`\n== ${name}\n`);
  const begin = performance.now();
  const outcome = await run().catch(broken);
  results.push({ ...outcome, name, seconds: (performance.now() - begin) / 1000 });
}

const ci = Boolean(process.env.CI);
const missing = results.find(({ name }) => name === debian.name)?.why ?? '';
const { lines, failed } = summarize(results, { ci, missing });
process.stdout.write(`\n${lines.join('\n')}\n`);
process.exitCode = failed ? 1 : 0;

/** A step that cannot even be started fails; the others still run. */
function broken(error: unknown): Outcome {
  const why = error instanceof Error ? error.message : String(error);
  return { passed: 0, failed: 1, skipped: 0, leftOut: [], why };
}
