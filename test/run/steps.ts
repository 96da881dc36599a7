import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, runProgram } from './process.ts';
import type { Outcome } from './report.ts';
import { readVitestReport } from './vitest-report.ts';

export interface Step {
  readonly name: string;
  readonly run: () => Promise<Outcome>;
}

/** Longer than any step takes on a slow machine: something hangs. */
const limitMs = 30 * 60_000;
const killed = `it was killed, at the latest after ${limitMs / 60_000} minutes`;
/** What install-debian-packages.sh answers where it can do nothing. */
const cannot = 77;

const one = { passed: 0, failed: 0, skipped: 0, leftOut: [] } as const;

/** A step that is one program: it passes when the program ends with 0. */
export function programStep(name: string, root: string, file: string, ...args: string[]): Step {
  return {
    name,
    run: async () => verdict(await runProgram(join(root, file), args, { cwd: root, limitMs })),
  };
}

/** Installs the daemons that the tests start; skipped where that cannot be done. */
export function debianStep(root: string): Step {
  return {
    name: 'Debian packages',
    async run() {
      const script = join(root, 'test/install-debian-packages.sh');
      const ended = await runProgram(script, [], { cwd: root, limitMs });
      return ended.code === cannot ? { ...one, skipped: 1, why: lastLine(ended.tail) } : verdict(ended);
    },
  };
}

/** One project of vitest.config.ts, or those of its files whose path has `filter` in it. */
export function vitestStep(
  name: string,
  root: string,
  { project = name, filter, env }: { project?: string; filter?: string; env?: Record<string, string> } = {},
): Step {
  return {
    name,
    async run() {
      const dir = await mkdtemp(join(tmpdir(), 'hm-test-'));
      try {
        const report = join(dir, 'report.json');
        const args = ['run', ...(filter === undefined ? [] : [filter]), '--project', project];
        const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
        const vitest = join(root, 'node_modules/.bin/vitest');
        const ended = await runProgram(vitest, [...args, ...reporters], { cwd: root, limitMs, env });
        const text = await readFile(report, 'utf8').catch(() => undefined);
        // Without a report it did not come to its end.
        if (text === undefined) return { ...one, failed: 1, why: whyEnded(ended) };
        const outcome = readVitestReport(text, root);
        const silent = ended.code !== 0 && outcome.failed === 0;
        return silent ? { ...outcome, failed: 1, why: `vitest ended with ${ended.code}` } : outcome;
      } finally {
        await rm(dir, { recursive: true });
      }
    },
  };
}

function verdict({ code }: Ended): Outcome {
  if (code === 0) return { ...one, passed: 1 };
  return { ...one, failed: 1, why: code === undefined ? killed : `exit code ${code}` };
}

/** Why there is no report of what ran. */
function whyEnded({ code, tail }: Ended): string {
  return code === undefined ? killed : lastLine(tail);
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
