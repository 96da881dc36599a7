import type { Now } from '@huismeester/contracts';
import { type Reading, readerOf } from '../desired/gates.ts';

/** A log that policy reads, and whether it can. */
export type Source = Now['sources'][number];

const readersOfFacts = new Set<string | undefined>(Object.values(readerOf));

/** Each log of which facts are made once, by its worst reader. What the report reads once a minute says nothing of now. */
export function sourcesOf(readings: readonly Reading[]): Source[] {
  const found = new Map<string, Source>();
  for (const { source, reader = source, lag, caughtUp, awaySince } of readings) {
    if (!readersOfFacts.has(reader)) continue;
    const before = found.get(source)?.state;
    if (awaySince !== undefined) {
      if (before === 'away') continue;
      found.set(source, { service: source, state: 'away', since: new Date(awaySince).toISOString() });
    } else if (before !== 'away') {
      const isBehind = before === 'behind' || !caughtUp || lag > 0;
      found.set(source, { service: source, state: isBehind ? 'behind' : 'fresh' });
    }
  }
  return [...found.values()];
}
