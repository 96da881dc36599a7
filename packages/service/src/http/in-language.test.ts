import { describe, expect, it } from 'vitest';
import { inLanguage } from './in-language.ts';
import { Problem } from './problem.ts';

const taken = new Problem(409, 'name-taken', 'There is a VM web-1 already', {
  detail: 'It is yours',
}).toBody();

describe('a problem in a language', () => {
  it.each(['nl', 'nl-NL,nl;q=0.9,en;q=0.8', ' NL'])(
    'is in Dutch for «%s», and nothing of it is lost',
    (wanted) => {
      expect(inLanguage(wanted, taken)).toEqual({
        ...taken,
        title: 'Er is al een VM met deze naam',
        detail: 'There is a VM web-1 already. It is yours',
      });
    },
  );

  it.each(['', 'en', 'en-GB,nl;q=0.8', 'nlx'])('is as it was for «%s»', (wanted) => {
    expect(inLanguage(wanted, taken)).toEqual(taken);
  });

  it('stays English where there is no title in Dutch', () => {
    const other = new Problem(418, 'unheard-of', 'Unheard of').toBody();
    expect(inLanguage('nl', other)).toEqual(other);
  });
});
