import { useSignal } from '@preact/signals';
import { common } from '../words/common.ts';
import { civil, moment } from '../words/time.ts';
import './chart.css';
import {
  type Frame,
  type Point,
  part,
  pathOf,
  plane,
  roundMax,
  rowsOf,
  thinned,
  ticksOf,
} from './chart-path.ts';
import { Table } from './table.tsx';
import type { Tone } from './tone.ts';

/** A part of the time that is marked, such as a power cut; ms since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly tone: Tone;
  readonly text: string;
}

interface Props {
  /** What is drawn, and of what: “Charge of UPS rack”. */
  readonly label: string;
  /** Oldest first. */
  readonly points: readonly Point[];
  readonly from: number;
  readonly to: number;
  readonly unit: string;
  /** The greatest value; left out: it follows from the points. */
  readonly max?: number;
  /** Values at which something happens, as dashed lines with what that is. */
  readonly limits?: readonly { readonly value: number; readonly text: string }[];
  readonly spans?: readonly Span[];
  /** Nothing is known between points that are so far apart, ms. */
  readonly gapMs?: number;
}

/** Wider than any chart is on the screen: a point a pixel. */
const columns = 720;
const size = { top: 8, plot: 128, height: 160 } as const;
const rows = 24;

/** A line of values over time, with the same as a table on demand. It is stretched by the browser: nothing of it is measured. */
export function Chart({ label, points, from, to, unit, max, limits = [], spans = [], gapMs }: Props) {
  const frame = { from, to, max: max ?? roundMax(points) };
  const last = points.findLast(({ value }) => value !== undefined)?.value;
  const lines = thinned(points, frame, columns, gapMs);
  return (
    <figure class="chart">
      <figcaption class="row">
        <span>{label}</span>
        <span class="number strong">{withUnit(last, unit)}</span>
      </figcaption>
      <svg class="chart-plot" width="100%" height={size.height} role="img" aria-label={label}>
        {spans.map((each) => (
          <SpanMark key={`${each.from} ${each.text}`} span={each} frame={frame} />
        ))}
        {[0, 0.5, 1].map((each) => (
          <line key={each} class="chart-grid" x1="0" x2="100%" y1={yOf(each)} y2={yOf(each)} />
        ))}
        <svg
          y={size.top}
          width="100%"
          height={size.plot}
          viewBox={`0 0 ${plane.width} ${plane.height}`}
          preserveAspectRatio="none"
          overflow="visible"
          aria-hidden="true"
        >
          <path class="chart-line" d={pathOf(lines, frame)} vector-effect="non-scaling-stroke" />
        </svg>
        {limits.map((each) => (
          <Limit key={each.text} limit={each} max={frame.max} unit={unit} />
        ))}
        {[0.5, 1].map((each) => (
          <text key={each} class="chart-text" x="2" y={yOf(each) + 13}>
            {withUnit(each * frame.max, unit)}
          </text>
        ))}
        <Times frame={frame} />
      </svg>
      <Legend spans={spans} />
      <AsTable label={label} points={points} frame={frame} unit={unit} />
    </figure>
  );
}

/** Where a height (0 to 1) is in the picture, in px from its top. */
function yOf(height: number): number {
  return size.top + (1 - height) * size.plot;
}

/** Where a moment is, 0 to 1. */
function xOf(at: number, { from, to }: Frame): number {
  return part(at - from, to - from);
}

function SpanMark({ span, frame }: { readonly span: Span; readonly frame: Frame }) {
  const start = xOf(span.from, frame) * 100;
  // A short one is still to be seen.
  const width = Math.max(0.4, xOf(span.to, frame) * 100 - start);
  return (
    <g class={`chart-span ${span.tone}`}>
      <title>{`${span.text}: ${moment(span.from, frame.to)} – ${moment(span.to, frame.to)}`}</title>
      <rect x={`${start}%`} width={`${width}%`} y={size.top} height={size.plot} class="chart-span-area" />
      <rect x={`${start}%`} width={`${width}%`} y={size.top + size.plot} height="4" />
    </g>
  );
}

function Limit({
  limit: { value, text },
  max,
  unit,
}: {
  readonly limit: { readonly value: number; readonly text: string };
  readonly max: number;
  readonly unit: string;
}) {
  const y = yOf(part(value, max));
  return (
    <g>
      <line class="chart-limit" x1="0" x2="100%" y1={y} y2={y} />
      <text class="chart-text" x="100%" dx="-2" y={y < 24 ? y + 13 : y - 4} text-anchor="end">
        {`${text} (${withUnit(value, unit)})`}
      </text>
    </g>
  );
}

function Times({ frame }: { readonly frame: Frame }) {
  const clock = (at: number): string => civil(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const minuteOf = (at: number): number => {
    const [hours, minutes] = clock(at).split(':').map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0);
  };
  // The label of one at the edge would be cut off.
  const inside = ticksOf(frame, minuteOf).filter((at) => Math.abs(xOf(at, frame) - 0.5) < 0.46);
  return (
    <>
      {inside.map((at) => (
        <text
          key={at}
          class="chart-text"
          x={`${(xOf(at, frame) * 100).toFixed(2)}%`}
          y={size.height - 6}
          text-anchor="middle"
        >
          {clock(at)}
        </text>
      ))}
    </>
  );
}

function Legend({ spans }: { readonly spans: readonly Span[] }) {
  const kinds = [...new Map(spans.map((each) => [each.text, each])).values()];
  if (kinds.length === 0) return null;
  return (
    <ul class="row chart-legend small">
      {kinds.map(({ text, tone }) => (
        <li key={text}>
          <svg class={`chart-span ${tone}`} width="14" height="14" aria-hidden="true">
            <rect width="14" height="14" class="chart-span-area" />
            <rect y="10" width="14" height="4" />
          </svg>{' '}
          {text}
        </li>
      ))}
    </ul>
  );
}

function AsTable({
  label,
  points,
  frame,
  unit,
}: {
  readonly label: string;
  readonly points: readonly Point[];
  readonly frame: Frame;
  readonly unit: string;
}) {
  const text = common.value;
  const isOpen = useSignal<boolean>(false);
  return (
    <details
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>{text.table(label)}</summary>
      {isOpen.value && (
        <Table
          caption={label}
          rows={rowsOf(points, frame, rows)}
          keyOf={(row) => String(row.from)}
          columns={[
            { head: text.chart.from, of: (row) => moment(row.from, frame.to) },
            { head: text.chart.least, of: ({ least }) => withUnit(least, unit), number: true },
            { head: text.chart.greatest, of: ({ greatest }) => withUnit(greatest, unit), number: true },
          ]}
        />
      )}
    </details>
  );
}

function withUnit(value: number | undefined, unit: string): string {
  if (value === undefined) return common.value.unknown;
  return `${Number.isInteger(value) ? value : Number(value.toPrecision(3))} ${unit}`;
}
