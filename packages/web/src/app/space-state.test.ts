import type { Now } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { toneOf } from './space-state.ts';

const counts = { violations: 0, serious: 0, holds: 0, hindered: 0, nodesOff: 0 };

/** How the space is in a power cut, as far as its tone goes. */
function cut(stages: readonly Now['stage'][], serious = 0): Now {
  const outages = stages.map((stage) => ({ stage }));
  return { state: 'cut', outages, counts: { ...counts, serious } } as Now;
}

describe('the tone of the space', () => {
  it.each([
    ['what is not known', undefined, 'unknown'],
    ['a cut', cut(['participant']), 'bad'],
    ['a cut of which no feed is told, as to anybody', cut([]), 'bad'],
    ['a cut whose mains is back at one feed of two', cut(['recovering', 'participant']), 'bad'],
    ['a cut whose mains is back', cut(['recovering']), 'warn'],
    ['a cut whose mains is back, beside something serious', cut(['recovering'], 1), 'bad'],
  ])('of %s', (_, now, tone) => {
    expect(toneOf(now)).toBe(tone);
  });
});
