/** One line of the table: what was measured, what was asked of it, and a reference measured in the same run. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  readonly met: boolean;
  readonly reference: string;
}

/** The value below which `share` (0 to 1) of the samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** Runs one after the other `times` times and gives the median of the results. */
export async function medianOf(times: number, run: () => Promise<number>): Promise<number> {
  const results: number[] = [];
  for (let index = 0; index < times; index += 1) results.push(await run());
  return median(results);
}

/** The rows as a Markdown table. */
export function markdown(rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const body = rows.map((row) =>
    line([row.what, row.measured, row.target, row.met ? 'yes' : '**no**', row.reference]),
  );
  return [
    line(['what', 'measured', 'target', 'met', 'reference, same run']),
    '|---|---|---|---|---|',
    ...body,
  ].join('\n');
}

export const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
export const inMs = (ms: number): string => `${ms.toFixed(1)} ms`;
export const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en')}/s`;
