import type { Output, Style } from './output.ts';
import { printable } from './printable.ts';

export interface Column<Row> {
  readonly head: string;
  readonly of: (row: Row) => string | number | undefined;
  readonly style?: (row: Row) => Style | undefined;
}

const gap = 2;

/**
 * An aligned table with a line of heads. What does not fit the terminal is cut at its right end, so the column of free
 * text comes last. No rows give `nothing` alone.
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, paint }: Pick<Output, 'width' | 'paint'>,
  nothing: string,
): string[] {
  if (rows.length === 0) return [nothing];
  const texts = rows.map((row) => columns.map(({ of }) => printable(String(of(row) ?? ''))));
  const heads = columns.map(({ head }) => head);
  const widths = columns.map((_, at) =>
    Math.max(...[heads, ...texts].map((cells) => cells[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[], styles: readonly (Style | undefined)[]) => {
    let left = width ?? Number.POSITIVE_INFINITY;
    const shown = cells.map((cell, at) => {
      const last = at === cells.length - 1;
      const room = Math.max(0, left);
      left -= (widths[at] ?? 0) + gap;
      const text = cut(last ? cell : cell.padEnd((widths[at] ?? 0) + gap), room);
      return paint(styles[at], text);
    });
    return shown.join('').trimEnd();
  };
  return [
    line(
      heads,
      heads.map(() => 'bold'),
    ),
    ...rows.map((row, at) =>
      line(
        texts[at] ?? [],
        columns.map(({ style }) => style?.(row)),
      ),
    ),
  ];
}

function cut(text: string, room: number): string {
  if (text.trimEnd().length <= room) return text.slice(0, room);
  return room === 0 ? '' : `${text.slice(0, room - 1)}…`;
}
