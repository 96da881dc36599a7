import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideReading, evolveReading, type KnownText, type PolicyAnswer, readingOf } from './reading.ts';
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

const noon = Date.UTC(2026, 10, 22, 12);
const at = (hours: number) => new Date(noon + hours * 3_600_000);
const text = readingOf(revision, expected);
const read: PolicyAnswer = { state: 'read', read: text };
const named: PolicyAnswer = {
  state: 'read',
  read: readingOf(revision, { ...expected, revision: '4711' }),
};
const missing: PolicyAnswer = { state: 'missing' };
const unknown: PolicyAnswer = { state: 'unknown', of: 'page', why: 'left out' };
const silent: PolicyAnswer = { ...unknown, of: 'wiki' };

/** Looks, hours after noon, and what is said of them: the hour, what, and whether it is confirmed. */
test.each<[string, [number, PolicyAnswer][], string[]]>([
  [
    'read once',
    [
      [0, read],
      [24, read],
    ],
    ['0 read'],
  ],
  [
    'another revision in settings',
    [
      [0, read],
      [24, named],
      [48, named],
    ],
    ['0 read', '24 read'],
  ],
  [
    'gone once',
    [
      [0, read],
      [1, missing],
      [6, missing],
    ],
    ['0 read', '1 gone no'],
  ],
  [
    'gone twice',
    [
      [0, missing],
      [6, missing],
      [7, missing],
    ],
    ['0 gone no', '6 gone yes'],
  ],
  [
    'gone otherwise',
    [
      [0, missing],
      [6, { state: 'blank' }],
    ],
    ['0 gone no', '6 gone no'],
  ],
  [
    'back',
    [
      [0, missing],
      [6, missing],
      [7, read],
    ],
    ['0 gone no', '6 gone yes', '7 read'],
  ],
  [
    'nothing can be read of it',
    [
      [0, read],
      [1, unknown],
      [2, unknown],
      [3, read],
    ],
    ['0 read', '1 unknown', '3 read'],
  ],
  [
    'the wiki is silent',
    [
      [0, read],
      [1, silent],
      [2, read],
    ],
    ['0 read'],
  ],
  [
    'unknown in between does not count',
    [
      [0, missing],
      [1, unknown],
      [6, missing],
    ],
    ['0 gone no', '1 unknown', '6 gone yes'],
  ],
])('what is said of its page: %s', (_, looks, said) => {
  let known: KnownText | undefined;
  const found: string[] = [];
  for (const [hours, answer] of looks) {
    for (const event of decideReading(known, answer, at(hours))) {
      known = evolveReading(known, { ...event, time: at(hours) });
      const confirmed = event.type === 'policy-text.gone' ? ` ${event.data.confirmed ? 'yes' : 'no'}` : '';
      found.push(`${hours} ${event.type.split('.')[1]}${confirmed}`);
    }
  }
  expect(found).toEqual(said);
});

test('what was read stays known while it is gone', () => {
  const before: KnownText = { read: { ...text, since: at(0).toISOString() }, gone: null, unknown: null };
  const [event] = decideReading(before, missing, at(1));
  if (event === undefined) throw new Error('it was not said');
  expect(evolveReading(before, { ...event, time: at(1) }).read).toEqual(before.read);
});

test('a heading is found in time in whatever a file has', () => {
  const began = performance.now();
  sectionsOf(`# ${' '.repeat(200_000)}x${' '.repeat(200_000)}#y`, 'file');
  expect(performance.now() - began).toBeLessThan(500);
  expect(sectionsOf('##  Kop #1  ##  \nTekst', 'file')).toEqual([{ heading: 'Kop #1', text: 'Tekst' }]);
});
