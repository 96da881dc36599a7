import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { median } from './row.ts';

/**
 * `node test/bench/compare.ts CHECKOUT [row…] [--times 5]`: runs rows of the bench here and in another checkout of this project in turns,
 * since machines are noisy, and prints the median of each figure in both, and their ratio.
 */
const { values, positionals } = parseArgs({
  options: { times: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const [other, ...names] = positionals;
if (other === undefined || names.length === 0)
  throw new Error('name another checkout, and the rows to compare');
const here = new URL('../..', import.meta.url).pathname;
const run = promisify(execFile);

/** The figures of one run, by what they are: the row's cell with its numbers left out, and which of its numbers. */
async function figures(checkout: string, name: string): Promise<Map<string, number>> {
  const { scripts } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8'));
  const [, ...args] = String(scripts.bench).split(' ');
  const node = join(checkout, 'node_modules/.bin/node');
  const options = { cwd: checkout, maxBuffer: 1e7 };
  // It ends with 1 when a target is not met.
  const { stdout } = await run(node, [...args, name], options).catch((error: { stdout: string }) => error);
  const found = new Map<string, number>();
  for (const line of stdout.split('\n').filter((each) => /^\| (?!what )/.test(each))) {
    const [, measured = '', , , reference = ''] = line.split(' | ');
    for (const cell of [measured, reference]) {
      const pattern = /\d[\d,]*(\.\d+)?/g;
      const about = `${name}: ${cell.replace(pattern, '…')}`;
      let index = 0;
      for (const [text] of cell.matchAll(pattern))
        found.set(`${about} [${++index}]`, Number(text.replaceAll(',', '')));
    }
  }
  return found;
}

for (const name of names) {
  const samples = new Map<string, { here: number[]; there: number[] }>();
  for (let time = 0; time < Number(values.times); time += 1) {
    for (const [side, checkout] of [
      ['there', other],
      ['here', here],
    ] as const) {
      for (const [figure, value] of await figures(checkout, name)) {
        const of = samples.get(figure) ?? { here: [], there: [] };
        samples.set(figure, of);
        of[side].push(value);
      }
      process.stderr.write(`${name}: ${side} ${time + 1} of ${values.times}\n`);
    }
  }
  for (const [figure, { here: ours, there }] of samples) {
    const [now, before] = [median(ours), median(there)];
    process.stdout.write(`${before}\t${now}\t${(now / before).toFixed(2)}\t${figure}\n`);
  }
}
