import type { Clause } from '@huismeester/contracts';
import type { Tone } from '../../parts/tone.ts';

/** Clauses that stand below one heading, by how they begin: `SPACE` of `SPACE-3`. */
export interface PolicyPart {
  readonly name: string;
  readonly clauses: readonly Clause[];
  /** How many of them somebody is to look at. */
  readonly notKept: number;
}

/** The parts of the policy in its order. */
export function partsOf(clauses: readonly Clause[]): readonly PolicyPart[] {
  const inOrder = clauses.toSorted((a, b) => a.position - b.position);
  const byName = Map.groupBy(inOrder, ({ clause }) => clause.split('-')[0] ?? '');
  return [...byName].map(([name, all]) => ({
    name,
    clauses: all,
    notKept: all.filter(({ status }) => status === 'violated' || status === 'unknown').length,
  }));
}

/** How a clause stands. What is accepted, or is not armed, is no fault; what is not known is never good. */
export const tones: Readonly<Record<Clause['status'], Tone>> = {
  kept: 'good',
  violated: 'bad',
  accepted: 'calm',
  'dry-run': 'warn',
  unknown: 'unknown',
  'not-set-up': 'calm',
};

export type Status = Clause['status'];
/** The worst first. */
export const statuses: readonly Status[] = [
  'violated',
  'unknown',
  'dry-run',
  'not-set-up',
  'accepted',
  'kept',
];

/** A text in pieces, of which each second one is the name of a clause that there is. */
export function withClauses(text: string, known: ReadonlySet<string>): readonly string[] {
  const pieces: string[] = [''];
  for (const piece of text.split(/\b([A-Z]+-\d+)\b/)) {
    if (known.has(piece)) pieces.push(piece, '');
    else pieces[pieces.length - 1] += piece;
  }
  return pieces;
}
