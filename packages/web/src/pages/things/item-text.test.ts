import { describe, expect, it } from 'vitest';
import { hasAll, tenureText } from './item-text.ts';
import words from './words-nl.ts';

const who = () => 'Mira';

describe('whose an item is', () => {
  it.each([
    [undefined, 'dat heeft niemand gezegd'],
    [{ kind: 'owned' }, 'van de stichting'],
    [{ kind: 'rented', name: 'Hetzner' }, 'gehuurd van Hetzner, zonder einde'],
    [{ kind: 'loaned', person: 'p1', until: '2027-03-31' }, 'in bruikleen van Mira, tot en met 2027-03-31'],
    [{ kind: 'private' }, 'van iemand zelf'],
  ] as const)('%o', (tenure, text) => {
    expect(tenureText(tenure, words, who)).toBe(text);
  });
});

describe('what was typed', () => {
  it.each([
    ['rack', true],
    ['RACK ups', true],
    ['ups rack', true],
    ['ups bar', false],
    ['', true],
  ])('%s', (typed, is) => {
    expect(hasAll('ups in het rack', typed)).toBe(is);
  });
});
