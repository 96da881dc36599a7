import { describe, expect, it } from 'vitest';
import { atOnce } from '../../test/at-once.ts';
import { months, names, people, zone } from '../../test/report-year.ts';
import type { Entry } from './core/entry.ts';
import { makeReport } from './core/make.ts';
import { midnightOf, monthOf } from './core/range.ts';
import { asMarkdown } from './render/as-markdown.ts';
import { documentOf } from './render/report.ts';

/* What a report may say of days of which not everything is known, and of people who are not there any more. */

const entries = months
  .flatMap(([, said]) => said)
  .map((each, index) => ({ ...each, seq: index + 1 }) as Entry);
const rangeOf = (month: string) => monthOf(midnightOf(`${month}-15`, zone), zone);
const shown = { site: 'Hackalot', zone, person: (id: string) => names[id] ?? '', wikiPage: () => undefined };

it('says of days before anything was collected that nothing is known of them', () => {
  const day = { from: Date.parse('2026-01-02T00:00+01:00'), to: Date.parse('2026-01-03T00:00+01:00') };
  const { title, sections } = documentOf(atOnce(makeReport(entries, day, { zone })), shown);
  expect(title).toBe('Infraverslag 2 januari 2026 – Hackalot');
  expect(sections).toHaveLength(10);
  for (const { blocks } of sections)
    expect(blocks).toEqual([{ kind: 'text', line: ['Over deze dagen is niets bekend.'] }]);
});

describe('who can still run core (TEAM-2)', () => {
  const [full, learner] = [people.anna, people.guus];
  const since = Date.parse('2026-06-01T00:00Z');
  const of = <T extends Entry['type']>(seq: number, type: T, subject: string, data: object) =>
    ({
      seq,
      source: 'membership',
      time: since + seq,
      isState: false,
      type,
      subject,
      data,
    }) as unknown as Entry;
  const core = { name: 'NAS', layer: '1', life: 'in-use', core: 'availability', space_wide: false };
  const known = [
    of(1, 'member.imported', `member/${full}`, { state: 'full' }),
    { ...of(2, 'item.registered', 'item/nas', core), source: 'inventory' } as Entry,
    {
      ...of(3, 'steward.added', 'steward/1', { item: 'nas', person: full, role: 'steward' }),
      source: 'inventory',
    } as Entry,
    {
      ...of(4, 'steward.added', 'steward/2', { item: 'nas', person: learner, role: 'learner' }),
      source: 'inventory',
    } as Entry,
  ];
  const busFactor = (...more: Entry[]) =>
    atOnce(makeReport([...known, ...more], rangeOf('2026-06'), { zone })).state.busFactor;

  it.each<[string, Entry[], object]>([
    ['a full member and a learner', [], { stewards: [full], learners: [learner] }],
    [
      'a full member whose account is disabled',
      [of(5, 'person.changed', `person/${full}`, { board: false, enabled: false })],
      { stewards: [], learners: [learner] },
    ],
    [
      'nobody who left the directory',
      [of(5, 'person.gone', `person/${learner}`, {})],
      { stewards: [full], learners: [] },
    ],
  ])('%s', (_, more, who) => {
    expect(busFactor(...more)).toEqual([{ item: 'nas', ...who }]);
  });

  it('who is imported did not come: the register begins then', () => {
    expect(atOnce(makeReport(known, rangeOf('2026-06'), { zone })).happened.came).toEqual([]);
  });
});

describe('a log that was not read without a break', () => {
  const again = (at: string) =>
    ({
      seq: 10_000,
      source: 'netwatch',
      time: Date.parse(at),
      isState: true,
      type: 'source.read',
      subject: 'source/netwatch',
      data: {},
    }) as Entry;
  const madeOf = (month: string, at: string) =>
    atOnce(makeReport([...entries, again(at)], rangeOf(month), { zone }));

  it('is said, since what happened then may be missing', () => {
    const data = madeOf('2026-11', '2026-11-20T12:00+01:00');
    expect(data.gaps).toEqual([
      { source: 'netwatch', from: expect.any(String), to: '2026-11-20T11:00:00.000Z' },
    ]);
    const intro = asMarkdown({ ...documentOf(data, shown), sections: [] });
    expect(intro).toMatch(/tot 20 november is niet alles gelezen over storingen\. Wat er toen gebeurde, kan/);
  });

  it('is not said of a range that began afterwards', () => {
    expect(madeOf('2026-12', '2026-11-20T12:00+01:00').gaps).toBeUndefined();
  });
});
