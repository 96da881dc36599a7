import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Page, PagesQuery } from './answer.ts';
import { addPart, emptyAnswer, foldTitle, stateOf } from './fold.ts';

const text = 'Wij nemen een VLAN per groep van gebruikers.';
const page = (title: string, content = text): Page => ({
  pageid: 7,
  ns: 0,
  title,
  revisions: [{ revid: 70, timestamp: '2026-10-01T19:00:00Z', slots: { main: { content } } }],
});
const read = { page: 7, revision: 70, time: '2026-10-01T19:00:00Z' };
const found = (title: string) => ({ state: 'found', ...read, title });

function fold(sent: string, ...parts: PagesQuery[]) {
  const answer = emptyAnswer();
  for (const part of parts) addPart(answer, part, ['Category', 'Categorie']);
  return foldTitle(sent, answer);
}

const redirects = (...titles: string[]) =>
  titles.slice(1).map((to, index) => ({ from: titles[index] ?? '', to }));

describe('an answer is folded back to what was asked', () => {
  it.each<[string, PagesQuery, object]>([
    ['as it is', { pages: [page('A')] }, found('A')],
    ['normalized', { normalized: [{ from: 'A', to: 'B' }], pages: [page('B')] }, found('B')],
    [
      'normalized, of which the wiki had to escape what was sent',
      { normalized: [{ fromencoded: true, from: '%41', to: 'B' }], pages: [page('B')] },
      found('B'),
    ],
    ['a redirect', { redirects: redirects('A', 'B'), pages: [page('B')] }, found('B')],
    [
      'two redirects, in any order',
      { redirects: redirects('A', 'B', 'C').reverse(), pages: [page('C')] },
      found('C'),
    ],
    [
      'normalized, then redirects',
      { normalized: [{ from: 'A', to: 'B' }], redirects: redirects('B', 'C'), pages: [page('C')] },
      found('C'),
    ],
    ['blank', { pages: [page('A', '[[Categorie:X]]')] }, { state: 'blank', ...read, title: 'A' }],
    ['missing', { pages: [{ ns: 0, title: 'A', missing: true }] }, { state: 'missing' }],
    [
      'a redirect to nothing',
      { redirects: redirects('A', 'B'), pages: [{ ns: 0, title: 'B', missing: true }] },
      { state: 'redirect-to-nowhere', target: 'B' },
    ],
    ['a loop', { redirects: redirects('A', 'B', 'A') }, { state: 'redirect-to-nowhere', target: 'A' }],
    [
      'into a loop',
      { redirects: redirects('A', 'B', 'C', 'B') },
      { state: 'redirect-to-nowhere', target: 'B' },
    ],
    ['to itself', { redirects: redirects('A', 'A') }, { state: 'redirect-to-nowhere', target: 'A' }],
    [
      'to another wiki',
      { redirects: [{ from: 'A', to: 'w:B', tointerwiki: 'w' }], interwiki: [{ title: 'w:B' }] },
      { state: 'redirect-to-nowhere', target: 'w:B' },
    ],
    [
      'to a special page',
      { redirects: redirects('A', 'Speciaal:B'), pages: [{ ns: -1, title: 'Speciaal:B', special: true }] },
      { state: 'redirect-to-nowhere', target: 'Speciaal:B' },
    ],
    [
      'special, and none that there is',
      { pages: [{ ns: -1, title: 'A', special: true, missing: true }] },
      { state: 'not-a-page', why: 'special' },
    ],
    ['of another wiki', { interwiki: [{ title: 'A' }] }, { state: 'not-a-page', why: 'interwiki' }],
    [
      'of another wiki, normalized',
      { normalized: [{ from: 'A', to: 'w:a' }], interwiki: [{ title: 'w:a' }] },
      { state: 'not-a-page', why: 'interwiki' },
    ],
    ['invalid', { pages: [{ title: 'A', invalid: true }] }, { state: 'not-a-page', why: 'invalid' }],
    ['a file', { pages: [{ ...page('A'), ns: 6 }] }, { state: 'not-a-page', why: 'file' }],
    [
      'a file that is not there',
      { pages: [{ ns: 6, title: 'A', missing: true }] },
      { state: 'not-a-page', why: 'file' },
    ],
    [
      'a file by its other name',
      { pages: [{ ns: -2, title: 'A', missing: true, special: true }] },
      { state: 'not-a-page', why: 'file' },
    ],
  ])('%s', (_, answer, expected) => {
    expect(fold('A', answer)).toEqual(expected);
  });

  it.each<[string, PagesQuery]>([
    ['is in no part of the answer', {}],
    ['is not in it, and others are', { pages: [page('B')] }],
    ['leads to what is not in it', { redirects: redirects('A', 'B') }],
    ['is there without a revision', { pages: [{ pageid: 7, ns: 0, title: 'A' }] }],
    [
      'is there without a text',
      { pages: [{ pageid: 7, ns: 0, title: 'A', revisions: [{ revid: 70, timestamp: read.time }] }] },
    ],
  ])('what %s is unknown', (_, answer) => {
    expect(fold('A', answer)).toEqual({ state: 'unknown', of: 'page', why: expect.any(String) });
  });

  it('is put together from its parts, in any order', () => {
    const first: PagesQuery = { redirects: redirects('A', 'B'), pages: [{ pageid: 7, ns: 0, title: 'B' }] };
    const second: PagesQuery = { pages: [page('B')] };
    expect(fold('A', first, second)).toEqual(found('B'));
    expect(fold('A', second, first)).toEqual(found('B'));
  });

  it('ends, whatever redirects there are, and is missing only where the wiki says so', () => {
    const title = fc.constantFrom('A', 'B', 'C', 'D', 'E');
    const answers = fc.record({
      normalized: fc.array(fc.record({ from: title, to: title })),
      redirects: fc.array(fc.record({ from: title, to: title })),
      pages: fc.array(title.map((each) => page(each))),
    });
    fc.assert(
      fc.property(title, answers, (sent, answer) => {
        expect(['found', 'redirect-to-nowhere', 'unknown']).toContain(fold(sent, answer).state);
      }),
    );
  });
});

it('a page id that no page has is missing', () => {
  expect(stateOf({ pageid: 9, missing: true }, [])).toEqual({ state: 'missing' });
});
