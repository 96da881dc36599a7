import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { longParts, longSteps } from './long.ts';
import { type Outcome, type StepResult, summarize } from './report.ts';
import { scratchDir } from './scratch.ts';
import { debianStep, programStep, type Step, vitestStep } from './steps.ts';

const { values } = parseArgs({ options: { long: { type: 'boolean', default: false } } });
const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const bin = 'node_modules/.bin';
const debian = debianStep(root);

/** Test files that read something that is no part of the repository. */
const outside = new Map(
  (
    [
      ['packages/simulators/test/proxmox/schema.test.ts', '../shared/pve/api-schema.json'],
      ['services/netwatch/test/samples.test.ts', '../shared/samples/switch'],
    ] as const
  ).filter(([, path]) => !existsSync(join(root, path))),
);

const results: StepResult[] = [];
for (const { name, run } of [debian, ...(values.long ? longSteps(root) : await quickSteps())]) {
  process.stdout.write(`\n== ${name}\n`);
  const begin = performance.now();
  const outcome = await run().catch(broken);
  results.push({ ...outcome, name, seconds: (performance.now() - begin) / 1000 });
}

const { lines, failed } = summarize(results, {
  ci: Boolean(process.env.CI),
  missing: results.find(({ name }) => name === debian.name)?.why ?? '',
  outside,
  long: values.long ? [] : longParts(root),
});
process.stdout.write(`\n${lines.join('\n')}\n`);
process.exitCode = failed ? 1 : 0;

async function quickSteps(): Promise<Step[]> {
  const env = { TMPDIR: await scratchDir() };
  return [
    programStep('types', root, `${bin}/tsc`, '--noEmit'),
    programStep('types of the page', root, `${bin}/tsc`, '--noEmit', '-p', 'packages/web'),
    programStep('lint', root, `${bin}/biome`, 'check', '--error-on-warnings', '.'),
    programStep('dead code', root, `${bin}/knip`),
    vitestStep('unit', root, { env }),
    vitestStep('integration', root, { env }),
    vitestStep('spaces', root, { env }),
    vitestStep('web', root, { env }),
  ];
}

/** A step that cannot even be started fails; the others still run. */
function broken(error: unknown): Outcome {
  const why = error instanceof Error ? error.message : String(error);
  return { passed: 0, failed: 1, skipped: 0, leftOut: [], why };
}
