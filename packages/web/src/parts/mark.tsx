import type { ComponentChildren } from 'preact';
import type { Tone } from './tone.ts';

/** Shapes, so that nobody has to tell colours apart: a disc, a triangle, a square, a ring with a gap, a dash. */
const shapes: Readonly<Record<Tone, string>> = {
  good: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z',
  warn: 'M8 1.6 15 14H1Z',
  bad: 'M2.5 2.5h11v11h-11Z',
  unknown: 'M8 1.8a6.2 6.2 0 0 1 6.2 6.2h-2.4A3.8 3.8 0 1 0 8 11.8v2.4A6.2 6.2 0 0 1 8 1.8Z',
  calm: 'M2.5 6.6h11v2.8h-11Z',
};

/** How something is, as a shape alone: for where a word stands beside it. */
export function Shape({ tone, size = 12 }: { readonly tone: Tone; readonly size?: number }) {
  return (
    <svg class={`shape ${tone}`} viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path d={shapes[tone]} />
    </svg>
  );
}

/** How something is, as a shape and a word. */
export function Mark({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return (
    <span class={`mark ${tone}`}>
      <Shape tone={tone} />
      <span>{children}</span>
    </span>
  );
}
