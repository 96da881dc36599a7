import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTitle, pageTitleOf } from './title.ts';

const root = {
  base: 'https://hackalot.nl',
  apiBase: 'https://hackalot.nl',
  articlePath: '/$1',
  scriptPath: '',
};
const below = {
  base: 'https://wiki.space:8443',
  apiBase: 'https://wiki.space:8443',
  articlePath: '/wiki/$1',
  scriptPath: '/w',
};
/** Settings name another of its hosts than the wiki itself does. */
const other = { ...root, apiBase: 'https://www.hackalot.nl' };
const byName = {
  base: 'http://wiki.space',
  apiBase: 'http://wiki.space',
  articlePath: '/index.php?title=$1',
  scriptPath: '',
};

describe('the title of a page', () => {
  it.each([
    ['VLANs', root],
    ['  VLANs  ', root],
    ['VLANs#Waarom', root],
    [':VLANs', root],
    ['https://hackalot.nl/VLANs', root],
    ['http://hackalot.nl/VLANs', root],
    ['HTTPS://HACKALOT.NL/VLANs', root],
    ['hackalot.nl/VLANs', root],
    ['/VLANs', root],
    ['https://hackalot.nl/VLANs?action=history', root],
    ['https://hackalot.nl/VLANs#Waarom', root],
    ['https://hackalot.nl/index.php?title=VLANs', root],
    ['https://hackalot.nl/index.php?action=edit&title=VLANs&section=2#x', root],
    ['/index.php?title=VLANs', root],
    ['https://hackalot.nl/index.php/VLANs', root],
    ['https://hackalot.nl/index.php/Other?title=VLANs', root],
    ['https://wiki.space:8443/wiki/VLANs', below],
    ['https://wiki.space:8443/w/index.php?title=VLANs', below],
    ['https://wiki.space:8443/w/?title=VLANs', below],
    ['http://wiki.space/index.php?title=VLANs', byName],
    ['https://hackalot.nl/VLANs', other],
    ['https://www.hackalot.nl/VLANs', other],
    ['www.hackalot.nl/VLANs', other],
  ])('can be given as %j', (input, wiki) => {
    expect(pageTitleOf(input, wiki)).toEqual({ title: 'VLANs' });
  });

  it.each([
    ['Een_titel', 'Een titel'],
    ['Een%20titel', 'Een titel'],
    ['Een  _titel ', 'Een titel'],
    ['https://hackalot.nl/Een_titel', 'Een titel'],
    ['https://hackalot.nl/Een%20titel#deel', 'Een titel'],
    ['https://hackalot.nl/index.php?title=Een+titel', 'Een titel'],
    ['https://hackalot.nl/C%2B%2B', 'C++'],
    ['C++', 'C++'],
    ['https://hackalot.nl/Caf%C3%A9', 'Café'],
    ['Cafe\u0301', 'Café'],
    ['https://hackalot.nl/Ontwerp/VLANs', 'Ontwerp/VLANs'],
    ['https://hackalot.nl/Project:Netwerk', 'Project:Netwerk'],
    ['100% zeker', '100% zeker'],
    ['Wat is dit?', 'Wat is dit?'],
    ['https://hackalot.nl/Wat_is_dit%3F', 'Wat is dit?'],
  ])('%j is %j', (input, title) => {
    expect(pageTitleOf(input, root)).toEqual({ title });
  });

  it.each([
    ['https://evil.example/VLANs', root],
    ['https://hackalot.nl.evil.example/VLANs', root],
    ['https://hackalot.nl@evil.example/VLANs', root],
    ['https://hackalot.nl:8443/VLANs', root],
    ['//evil.example/VLANs', root],
    ['ftp://hackalot.nl/VLANs', root],
    ['javascript://hackalot.nl/VLANs', root],
    ['https://hackalot.nl/', root],
    ['https://hackalot.nl', root],
    ['https://hackalot.nl/index.php', root],
    ['https://hackalot.nl/index.php?curid=3', root],
    ['https://hackalot.nl/api.php?action=query', root],
    ['https://wiki.space:8443/VLANs', below],
    ['https://wiki.space:8443/w/load.php', below],
    ['http://wiki.space/VLANs', byName],
    ['https://[', root],
    ['', root],
    ['   ', root],
    ['#deel', root],
    ['a|b', root],
    ['a[b]', root],
    ['<b>', root],
    ['{{x}}', root],
    ['a\u0000b', root],
    ['%00', root],
    ['%FF', root],
    ['../etc', root],
    ['a/./b', root],
    ['~~~', root],
    ['\ud800', root],
    ['x'.repeat(256), root],
    ['é'.repeat(128), root],
  ])('is not %j', (input, wiki) => {
    expect(pageTitleOf(input, wiki)).toEqual({
      found: input.slice(0, 200),
      allowed: expect.stringContaining(wiki.base),
    });
  });

  it('is read the same from its own address, whatever it is', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(
        fc.oneof(text, fc.webUrl(), fc.string()),
        fc.constantFrom(root, below, byName),
        (input, wiki) => {
          const read = pageTitleOf(input, wiki);
          if (!('title' in read)) return;
          const { title } = read;
          expect(isTitle(title)).toBe(true);
          const address = wiki.base + wiki.articlePath.replace('$1', () => encodeURIComponent(title));
          const script = /^(api|load|rest|thumb|img_auth|opensearch_desc|index)\.php/.test(title);
          if (!script) expect(pageTitleOf(address, wiki)).toEqual(read);
        },
      ),
    );
  });
});
