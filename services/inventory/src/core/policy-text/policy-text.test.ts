import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideReading, readingOf } from './reading.ts';
import { changedLines, changedSections, sectionsOf } from './sections.ts';

const wikitext =
  'Intro\n\n== Core-infra ==\n# een\n# twee\n=== Spacenet ===\nradius\n==  Core-infra==\nnog eens';
const markdown = '# Beleid\nIntro\n\n## Core-infra ##\n- een\n';

test('a page of the wiki has headings between equals signs; a # begins a list there', () => {
  expect(sectionsOf(wikitext, 'wiki')).toEqual([
    { heading: '', text: 'Intro' },
    { heading: 'Core-infra', text: '# een\n# twee' },
    { heading: 'Spacenet', text: 'radius' },
    { heading: 'Core-infra', text: 'nog eens' },
  ]);
  expect(sectionsOf(wikitext, 'file')).toEqual(sectionsOf(wikitext, 'wiki'));
  expect(sectionsOf(markdown, 'wiki')).toHaveLength(1);
  expect(sectionsOf('', 'wiki')).toEqual([]);
});

test('a file without these has the headings of Markdown', () => {
  expect(sectionsOf(markdown, 'file')).toEqual([
    { heading: 'Beleid', text: 'Intro' },
    { heading: 'Core-infra', text: '- een' },
  ]);
});

test('what has changed is said by section: the lines, a new section, and one that is gone', () => {
  const after = wikitext.replace('# twee', '# drie\n# vier').replace('=== Spacenet ===', '=== Wifi ===');
  const found = changedSections(sectionsOf(wikitext, 'wiki'), sectionsOf(after, 'wiki'));
  expect(found.filter(({ changed }) => changed)).toEqual([
    {
      heading: 'Core-infra',
      text: '# een\n# drie\n# vier',
      changed: { removed: ['# twee'], added: ['# drie', '# vier'] },
    },
    { heading: 'Wifi', text: 'radius', changed: { removed: [], added: ['radius'] } },
    { heading: 'Spacenet', text: '', changed: { removed: ['radius'], added: [] } },
  ]);
});

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

/** How many lines two texts have in common, in their order, the slow way. */
function common([one, ...ones]: readonly string[], others: readonly string[]): number {
  if (one === undefined || others.length === 0) return 0;
  const at = others.indexOf(one);
  const without = common(ones, others);
  return at < 0 ? without : Math.max(without, 1 + common(ones, others.slice(at + 1)));
}

test('as many lines as possible stay, and what was removed and added makes the one of the other', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const { removed, added } = changedLines(before, after);
      const stays = common(before, after);
      expect([removed.length, added.length]).toEqual([before.length - stays, after.length - stays]);
      const rest = (all: readonly string[], taken: readonly string[]) =>
        taken.reduce((left, line) => left.toSpliced(left.indexOf(line), 1), [...all]).toSorted();
      expect(rest(before, removed)).toEqual(rest(after, added));
    }),
  );
});

test('a text of thousands of other lines has changed as a whole, soon', () => {
  const [before, after] = ['x', 'y'].map((each) =>
    Array.from({ length: 5_000 }, (_, n) => `${each}${n}`),
  ) as [string[], string[]];
  expect(changedLines(['same', ...before], ['same', ...after])).toEqual({ removed: before, added: after });
});

const revision = {
  revision: '4711',
  text: wikitext.replace('radius', 'geen'),
  revisedAt: '2026-10-01T19:00:00.000Z',
};
const expected = { source: 'wiki', revision: '4680', text: wikitext } as const;

test.each([
  ['settings name none', { ...expected, revision: undefined }, false, []],
  ['it is the one of the settings', { ...expected, revision: '4711' }, false, []],
  ['it is newer', expected, true, ['Spacenet']],
  ['it is newer, and what the old one said is not known', { ...expected, text: undefined }, true, []],
  ['settings name a later one', { ...expected, revision: '12000' }, false, []],
  ['a file is another', { ...expected, source: 'file', revision: 'abc' } as const, true, ['Spacenet']],
])('a revision that was read: %s', (_, given, newer, sections) => {
  expect(readingOf(revision, given)).toEqual({
    revision: '4711',
    ...(given.revision !== undefined && { expected: given.revision }),
    revised_at: revision.revisedAt,
    newer,
    sections,
  });
});

test('it is said once, and again when settings name another revision', () => {
  const read = readingOf(revision, expected);
  expect(decideReading(undefined, read)).toHaveLength(1);
  expect(decideReading(read, readingOf(revision, expected))).toEqual([]);
  expect(decideReading(read, readingOf(revision, { ...expected, revision: '4711' }))).toHaveLength(1);
});
