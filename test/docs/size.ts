import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stepsOf } from './walk.ts';

/**
 * How big the program is: `node test/docs/size.ts [commit]` counts the lines of its TypeScript, without tests, testkit and
 * simulators, in each part, and the files that each step of docs/walk.md leads through.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const [commit = 'HEAD'] = positionals;
const root = fileURLToPath(new URL('../..', import.meta.url));
const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

const isSource = (path: string): boolean =>
  path.endsWith('.ts') && !/(^|\/)test\/|\.(test|long)\.ts$|^packages\/(testkit|simulators)\//.test(path);

// An empty pattern is in every line.
const counts = git('grep', '--count', '', commit, '--', '*.ts')
  .trimEnd()
  .split('\n')
  .map((line) => line.slice(line.indexOf(':') + 1).split(':'))
  .map(([file = '', count]) => ({ file, lines: Number(count) }))
  .filter(({ file }) => isSource(file));
const parts = Map.groupBy(counts, ({ file }) => file.split('/').slice(0, 2).join('/'));
let lines = 0;
for (const [part, of] of parts) {
  const count = of.reduce((sum, each) => sum + each.lines, 0);
  lines += count;
  process.stdout.write(
    `${part.padEnd(24)}${String(of.length).padStart(5)} files${String(count).padStart(8)} lines\n`,
  );
}
process.stdout.write(
  `${'all'.padEnd(24)}${String(counts.length).padStart(5)} files${String(lines).padStart(8)} lines\n`,
);

for (const { title, stops } of stepsOf(walkAt())) {
  const through = new Set(stops.map(({ file }) => file));
  process.stdout.write(`${title.padEnd(44)}${String(through.size).padStart(5)} files\n`);
}

/** Commits of before the walk was written have none. */
function walkAt(): string {
  const there = git('ls-tree', '--name-only', commit, 'docs/walk.md') !== '';
  return there ? git('show', `${commit}:docs/walk.md`) : '';
}
