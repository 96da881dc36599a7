/** A value at a moment (ms since 1970); undefined: it is not known, and the line has a gap there. */
export interface Point {
  readonly at: number;
  readonly value: number | undefined;
}

/** What of the plane is drawn: times in ms since 1970, values from 0 to `max`. */
export interface Frame {
  readonly from: number;
  readonly to: number;
  readonly max: number;
}

/** The sides of the plane in which the path is drawn; it is stretched to the chart's size. */
export const plane = { width: 1000, height: 100 } as const;

const known = (point: Point): point is Known => point.value !== undefined;
type Known = Point & { readonly value: number };

/**
 * The lines that are to be drawn, at most one point a column: of those in a column the one that is farthest from the point before it, so that no short
 * dip is lost. A line ends where a value is not known, and where nothing was measured for `gapMs`.
 */
export function thinned(
  points: readonly Point[],
  { from, to }: Frame,
  columns: number,
  gapMs = Number.POSITIVE_INFINITY,
): readonly (readonly Known[])[] {
  const lines: Known[][] = [];
  let line: Known[] = [];
  let before: Point | undefined;
  let column = -1;
  for (const point of points) {
    const { at } = point;
    const isGap = before !== undefined && (!known(before) || at - before.at >= gapMs);
    before = point;
    if (at < from || at > to || !known(point)) continue;
    if (isGap || line.length === 0) {
      line = [];
      lines.push(line);
      column = -1;
    }
    const own = Math.min(columns - 1, Math.floor(((at - from) / (to - from)) * columns));
    if (own !== column) line.push(point);
    else if (isFarther(point, line)) line[line.length - 1] = point;
    column = own;
  }
  return lines;
}

function isFarther({ value }: Known, line: readonly Known[]): boolean {
  const [previous, last] = line.slice(-2);
  if (previous === undefined || last === undefined) return false;
  return Math.abs(value - previous.value) > Math.abs(last.value - previous.value);
}

/** The lines as `d` of a path in the {@link plane}; a value outside of the frame is drawn at its edge. */
export function pathOf(lines: readonly (readonly Known[])[], { from, to, max }: Frame): string {
  const x = (at: number): string => (((at - from) / (to - from)) * plane.width).toFixed(1);
  const y = (value: number): string => ((1 - part(value, max)) * plane.height).toFixed(1);
  const lineOf = (line: readonly Known[]): string => {
    const [first, ...rest] = line.map(({ at, value }) => `${x(at)} ${y(value)}`);
    // A point alone has no length: a line to itself is shown by its round ends.
    return `M${first}${rest.length === 0 ? `L${first}` : rest.map((each) => `L${each}`).join('')}`;
  };
  return lines.map(lineOf).join('');
}

/** How far up a value is, 0 to 1. */
export function part(value: number, max: number): number {
  return max <= 0 ? 0 : Math.min(1, Math.max(0, value / max));
}

const minuteMs = 60_000;
const steps = [5, 15, 60, 180, 360, 720, 1440] as const;
const mostTicks = 6;

/** The moments at which the axis of times is marked: whole hours of the space's clocks. `minuteOf` gives the minute of the day by these. */
export function ticksOf({ from, to }: Frame, minuteOf: (at: number) => number): readonly number[] {
  const step = steps.find((each) => (to - from) / (each * minuteMs) <= mostTicks) ?? 1440;
  // Zones differ from UTC by quarters of an hour, and a day may have 23 hours: so each quarter is asked.
  const looked = Math.min(step, 15) * minuteMs;
  const found: number[] = [];
  for (let at = Math.ceil(from / looked) * looked; at <= to; at += looked) {
    if (minuteOf(at) % step === 0) found.push(at);
  }
  return found;
}

/** The least and the greatest of the values in a part of the time; undefined where none is known. */
export interface Extent {
  readonly from: number;
  readonly least: number | undefined;
  readonly greatest: number | undefined;
}

/** The points as rows of a table: so many parts of the same length, newest first. */
export function rowsOf(points: readonly Point[], { from, to }: Frame, count: number): readonly Extent[] {
  const length = (to - from) / count;
  const rows = Array.from({ length: count }, (_, index): Extent => {
    const start = from + index * length;
    const own = points.filter(({ at }) => at >= start && at < start + length).filter(known);
    const values = own.map(({ value }) => value);
    return {
      from: start,
      least: values.length === 0 ? undefined : Math.min(...values),
      greatest: values.length === 0 ? undefined : Math.max(...values),
    };
  });
  return rows.reverse();
}

/** The greatest value to draw where none was given: the least of 1, 2, 5, 10, 20, 50… that is not below the values. */
export function roundMax(points: readonly Point[]): number {
  const greatest = Math.max(1, ...points.map(({ value }) => value ?? 0));
  const power = 10 ** Math.floor(Math.log10(greatest));
  return ([1, 2, 5, 10].find((each) => each * power >= greatest) ?? 10) * power;
}
