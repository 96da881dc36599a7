import type { WikiPage } from '@huismeester/contracts';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type DesignDecision, type DesignEvent, evolveDesign } from './decision.ts';
import { confirmAfterMs, decideLook, lookDueAt, type PageAnswer, unknownAgainMs } from './look.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const hourMs = 3_600_000;
const at = (hours: number) => new Date(noon + hours * hourMs);
const iso = (hours: number) => at(hours).toISOString();

const decision = (read: WikiPage | null = null): DesignDecision => ({
  since: at(-24),
  fields: { title: 'One VLAN for guests', status: 'accepted', page: 'vLANs_(guests)' },
  read,
  unknown: null,
});
const unknown: PageAnswer = { state: 'unknown', of: 'page', why: 'left out' };
const page = { page: 118, revision: 4711, revised_at: iso(-100), title: 'VLANs (guests)' };
const found: PageAnswer = { state: 'found', ...page };
const missing: PageAnswer = { state: 'missing' };

/** A row: what the wiki answered, hours after noon. */
type Look = [number, PageAnswer];

/** What came of looks, one after the other. */
function play(looks: readonly Look[]): { said: string[]; known: DesignDecision } {
  let known = decision();
  const said: string[] = [];
  for (const [hours, answer] of looks) {
    const now = at(hours);
    for (const event of decideLook('vlans', known, answer, now)) {
      known = evolveDesign(known, { ...event, time: now } as DesignEvent) ?? known;
      const { state, confirmed, since, title } = known.read ?? decision().read ?? ({} as WikiPage);
      const hoursOf = (Date.parse(since) - noon) / hourMs;
      said.push(
        [hours, state, confirmed ? 'yes' : 'no', hoursOf, title]
          .filter((each) => each !== undefined)
          .join(' '),
      );
    }
  }
  return { said, known };
}

const moved: PageAnswer = { ...found, title: 'Networks/VLANs' };

/** Said: the hour, the state, whether it is confirmed, since which hour, and the title where it is another. */
const table: [string, Look[], string[]][] = [
  ['found is so at once', [[0, found]], ['0 found yes 0']],
  [
    'found again is no news',
    [
      [0, found],
      [24, found],
    ],
    ['0 found yes 0'],
  ],
  [
    'a new revision is no news',
    [
      [0, found],
      [24, { ...found, revision: 4712 }],
    ],
    ['0 found yes 0'],
  ],
  ['missing is not confirmed by the first look', [[0, missing]], ['0 missing no 0']],
  [
    'nor by a second within 6 h',
    [
      [0, missing],
      [5.9, missing],
    ],
    ['0 missing no 0'],
  ],
  [
    'but by one after 6 h',
    [
      [0, missing],
      [3, missing],
      [6, missing],
    ],
    ['0 missing no 0', '6 missing yes 0'],
  ],
  [
    'and not again',
    [
      [0, missing],
      [6, missing],
      [30, missing],
    ],
    ['0 missing no 0', '6 missing yes 0'],
  ],
  [
    'found in between begins anew',
    [
      [0, missing],
      [3, found],
      [6, missing],
      [9, missing],
      [12, missing],
    ],
    ['0 missing no 0', '3 found yes 3', '6 missing no 6', '12 missing yes 6'],
  ],
  [
    'unknown in between does not',
    [
      [0, missing],
      [3, { state: 'unknown' }],
      [6, missing],
    ],
    ['0 missing no 0', '6 missing yes 0'],
  ],
  [
    'blank',
    [
      [0, { ...found, state: 'blank' }],
      [7, { ...found, state: 'blank' }],
    ],
    ['0 blank no 0', '7 blank yes 0'],
  ],
  [
    'from one bad state to another is not confirmed',
    [
      [0, missing],
      [6, { state: 'redirect-to-nowhere' }],
    ],
    ['0 missing no 0', '6 redirect-to-nowhere no 6'],
  ],
  ['not a page', [[0, { state: 'not-a-page' }]], ['0 not-a-page no 0']],
  [
    'moved',
    [
      [0, found],
      [24, moved],
      [48, moved],
    ],
    ['0 found yes 0', '24 found yes 0 Networks/VLANs'],
  ],
  [
    'another page of that title',
    [
      [0, found],
      [24, { ...found, page: 200 }],
    ],
    ['0 found yes 0', '24 found yes 0'],
  ],
  [
    'a clock that is set back confirms nothing',
    [
      [0, missing],
      [-12, missing],
      [5, missing],
    ],
    ['0 missing no 0'],
  ],
];

test('that nothing can be read of a page is said once, until it is read again; that the wiki is silent is not of the page', () => {
  const said = (looks: readonly Look[]) => {
    let known = decision();
    return looks.flatMap(([hours, answer]) => {
      const events = decideLook('vlans', known, answer, at(hours));
      for (const event of events)
        known = evolveDesign(known, { ...event, time: at(hours) } as DesignEvent) ?? known;
      return events.map(({ type, data }) => [hours, type.split('.')[1], 'since' in data && data.since]);
    });
  };
  const looks: Look[] = [
    [0, found],
    [1, { ...unknown, of: 'wiki' }],
    [2, unknown],
    [3, unknown],
    [4, { ...unknown, of: 'wiki' }],
    [5, found],
    [6, found],
    [7, unknown],
  ];
  expect(said(looks)).toEqual([
    [0, 'page-read', iso(0)],
    [2, 'page-unknown', iso(2)],
    [5, 'page-read', iso(0)],
    [7, 'page-unknown', iso(7)],
  ]);
});

test.each(table)('%s', (_, looks, said) => {
  expect(play(looks).said).toEqual(said);
});

test('the id of a page that is gone stays, so that it is found where it was moved', () => {
  expect(
    play([
      [0, found],
      [24, missing],
    ]).known.read,
  ).toMatchObject({ state: 'missing', page: 118 });
});

test('one without a page is never looked at', () => {
  const { page: _, ...fields } = decision().fields;
  expect(decideLook('vlans', { fields, read: null, unknown: null }, found, at(0))).toEqual([]);
});

const answers: fc.Arbitrary<PageAnswer> = fc.oneof(
  fc
    .constantFrom<PageAnswer['state']>('missing', 'redirect-to-nowhere', 'not-a-page', 'unknown')
    .map((state) => ({ state })),
  fc.record({
    state: fc.constantFrom('found' as const, 'blank' as const),
    page: fc.integer({ min: 1, max: 3 }),
    revision: fc.integer({ min: 1, max: 99 }),
    title: fc.constantFrom('VLANs (guests)', 'Elsewhere'),
  }),
);
const looks = fc.array(fc.tuple(fc.integer({ min: 0, max: 10 }), answers), { maxLength: 25 }).map((gaps) => {
  let hours = 0;
  return gaps.map(([gap, answer]): Look => {
    hours += gap;
    return [hours, answer];
  });
});

describe('whatever the wiki answers', () => {
  it('nothing follows from what is unknown', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const known = all.filter(([, { state }]) => state !== 'unknown');
        expect(play(all)).toEqual(play(known));
      }),
    );
  });

  it('a look that is repeated at once says nothing twice', () => {
    fc.assert(
      fc.property(looks, (all) => {
        expect(play(all.flatMap((look) => [look, look]))).toEqual(play(all));
      }),
    );
  });

  it('is confirmed only by two looks that said the same, 6 h apart, and none other in between', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const { known } = play(all);
        const said = all.filter(([, { state }]) => state !== 'unknown');
        const last = said.at(-1)?.[1].state;
        const run = said.slice(said.findLastIndex(([, { state }]) => state !== last) + 1);
        const [first = 0, end = 0] = [run[0]?.[0], run.at(-1)?.[0]];
        const isConfirmed = last === 'found' || end - first >= 6;
        expect(known.read === null ? undefined : known.read.confirmed).toBe(last && isConfirmed);
      }),
    );
  });
});

const everyMs = 24 * hourMs;
const read = (state: WikiPage['state'], confirmed: boolean): WikiPage => ({
  state,
  since: iso(0),
  confirmed,
});
const looked = (hours: number, unknownSince: Date | null = null) => ({ lookedAt: at(hours), unknownSince });

test.each([
  ['never looked at', null, undefined, 0],
  ['found', read('found', true), looked(1), at(25).getTime()],
  ['missing once', read('missing', false), looked(0), noon + confirmAfterMs],
  ['missing twice', read('missing', true), looked(6), at(30).getTime()],
  ['unknown', read('found', true), looked(1, at(1)), at(1).getTime() + unknownAgainMs],
  ['unknown after missing once', read('missing', false), looked(7, at(6)), at(7).getTime() + unknownAgainMs],
  ['a clock that was set back', read('found', true), looked(50), 0],
])('is looked at next: %s', (_, known, last, due) => {
  expect(lookDueAt(known, last, { everyMs, now: at(10) })).toBe(due);
});
