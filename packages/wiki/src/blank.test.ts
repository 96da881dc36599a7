import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlank, textLeft } from './blank.ts';

const categories = ['Category', 'Categorie', 'Space cat'];

describe('what is left of a page', () => {
  it.each([
    ['', ''],
    [' \n ', ''],
    ['<!-- een opmerking -->', ''],
    ['a<!-- 1 -->b<!-- 2', 'ab'],
    ['a<!--> b -->c', 'ac'],
    ['[[Categorie:Ontwerp]] [[category:x|sleutel]] [[ Space_cat : y ]]', ''],
    ['[[:Categorie:Ontwerp]]', '[[:Categorie:Ontwerp]]'],
    ['[[Netwerk]]', '[[Netwerk]]'],
    ['{{Leeg}}', ''],
    ['{{Sjabloon:Leeg|}}', ''],
    ['{{Ontwerp|status=|door=}}', ''],
    ['{{Ontwerp|status=concept|Ann}}', 'concept Ann'],
    ['{{Link|naar=https://x.example/?a=b}}', 'https://x.example/?a=b'],
    ['{{Kader|{{Leeg}}|tekst={{Vet|woord}}}}', 'woord'],
    ['{{Kader|[[Categorie:Ontwerp]]}}', ''],
    ['{{DISPLAYTITLE:Een titel}}', ''],
    ['{{niet gesloten', '{{niet gesloten'],
    ['a}} b', 'a}} b'],
    ['<br/> <references /> __NOTOC__ <div class="x">tekst</div>', 'tekst'],
    ['a = b | c', 'a = b | c'],
  ])('%j: %j', (wikitext, left) => {
    expect(textLeft(wikitext, categories)).toBe(left);
  });

  it.each([
    ['Twintig tekens is te', true],
    ['Eenentwintig tekens !', false],
    ['😀'.repeat(20), true],
    ['{{Ontwerp}} [[Categorie:Ontwerp]] <!-- hier komt nog een heel verhaal --> Volgt nog.', true],
    ['Wij nemen een VLAN per groep van gebruikers.', false],
  ])('%j is blank: %s', (wikitext, expected) => {
    expect(isBlank(wikitext, categories)).toBe(expected);
  });

  it('does not depend on comments, categories and templates without text', () => {
    const nothing = fc.constantFrom(
      '<!-- een opmerking -->',
      '[[Categorie:Ontwerp]]',
      '{{Leeg}}',
      '{{A|{{B|x=}}}}',
    );
    const words = fc.stringMatching(/^[a-z ]{0,30}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(words, nothing)), (parts) => {
        const all = parts.map(([text, added]) => ` ${text} ${added}`).join('');
        expect(textLeft(all, categories)).toBe(
          parts
            .map(([text]) => text)
            .join(' ')
            .replaceAll(/\s+/g, ' ')
            .trim(),
        );
      }),
    );
  });

  it('is found in time for whatever anybody wrote', () => {
    const pieces = ['{{', '{{a|', '<!--', '[[Categorie:', '<a', '}}', '{{a|b=}}', '__'];
    const nested = `${'{{a|xxxxxxxxxx'.repeat(6_000)}${'}}'.repeat(6_000)}`;
    for (const text of [...pieces.map((piece) => piece.repeat(2_000_000 / piece.length)), nested]) {
      const began = performance.now();
      isBlank(text, categories);
      expect(performance.now() - began, text.slice(0, 10)).toBeLessThan(500);
    }
  });
});
