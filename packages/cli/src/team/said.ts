import { printable } from '../printable.ts';

/** What was done, with the clauses of the infra policy by which it was done; safe to print. */
export function said(text: string, ...clauses: readonly string[]): string {
  return printable(`${text} (${clauses.join(', ')}).`);
}

/** Rows with their labels in a column; a row without a text is left out, and one without a label goes on with the row before it. */
export function rowLines(rows: readonly (readonly [label: string, text: string | undefined])[]): string[] {
  const there = rows.filter(([, text]) => text !== undefined);
  const width = Math.max(...there.map(([label]) => label.length)) + 2;
  return there.map(([label, text]) => printable(`  ${label.padEnd(width)}${text}`));
}
