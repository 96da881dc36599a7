import { readFile, writeFile } from 'node:fs/promises';
import type { BrokerKind } from './broker.ts';
import type { ChaosResult } from './run.ts';

const file = new URL('../../docs/reliability.md', import.meta.url);

/** What was asked for. */
export interface Asked {
  readonly seed: number;
  readonly broker: BrokerKind;
  readonly minutes: number;
}

type Told = Omit<ChaosResult, 'story' | 'output'>;

/** The outcome in a few lines. */
export function summary(result: Told, asked: Asked): string {
  const cells = cellsOf(result, asked, new Date());
  return heads.map((head, index) => `${head}: ${cells[index]}`).join('\n');
}

const heads = [
  'broker',
  'result',
  'when',
  'seed',
  'took',
  'facts',
  'decisions',
  'requests at Proxmox',
  'faults',
  'most memory',
];

function cellsOf(
  { faults, facts, decisions, requests, done, peaks, tookMs }: Told,
  { seed, broker }: Asked,
  now: Date,
) {
  const count = [...done.values()].reduce((sum, times) => sum + times, 0);
  const each = [...done].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, times]) => `${times} ${kind}`);
  return [
    broker,
    faults.length === 0 ? 'all as it must be' : `**${faults.length} wrong**`,
    now.toISOString().slice(0, 10),
    String(seed),
    `${Math.round(tookMs / 1000)} s`,
    ...[facts, decisions, requests].map((number) => number.toLocaleString('en')),
    `${count}: ${each.join(', ')}`,
    [...peaks].map(([name, mib]) => `${name} ${mib} MiB`).join(', '),
  ];
}

/** The table with the broker's row replaced, or added. */
export function withRow(text: string, result: Told, asked: Asked, now: Date): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [, table = ''] = /<!-- chaos -->\n([\s\S]*?)<!-- end -->/.exec(text) ?? [];
  const others = table
    .split('\n')
    .slice(2)
    .filter((row) => row !== '' && !row.startsWith(`| ${asked.broker} |`));
  const rows = [...others, line(cellsOf(result, asked, now))].sort((a, b) => (a < b ? -1 : 1));
  const whole = [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows];
  return text.replace(
    /<!-- chaos -->[\s\S]*<!-- end -->/,
    `<!-- chaos -->\n${whole.join('\n')}\n<!-- end -->`,
  );
}

/** Writes the row of this broker in docs/reliability.md; what people wrote around the table stays. */
export async function keep(result: Told, asked: Asked): Promise<void> {
  await writeFile(file, withRow(await readFile(file, 'utf8'), result, asked, new Date()));
}
