import { describe, expect, it, test } from 'vitest';
import { atOnce } from '../../test/at-once.ts';
import { months, names, people, zone } from '../../test/report-year.ts';
import { canonical, canonicalPieces } from './core/canonical.ts';
import type { Entry } from './core/entry.ts';
import { makeReport } from './core/make.ts';
import type { Before } from './core/placing.ts';
import { midnightOf, monthOf } from './core/range.ts';
import { asHtml } from './render/as-html.ts';
import { asMarkdown } from './render/as-markdown.ts';
import { asText } from './render/as-text.ts';
import { documentOf } from './render/report.ts';

/** All of the year, numbered as they were collected; and how many were there when the report of each month was made. */
const entries: Entry[] = [];
const counts = new Map<string, number>();
for (const [month, said] of months) {
  for (const each of said) entries.push({ ...each, seq: entries.length + 1 } as Entry);
  counts.set(month, entries.length);
}
const rangeOf = (month: string) => monthOf(midnightOf(`${month}-15`, zone), zone);
const upTo = (month: string) => entries.slice(0, counts.get(month));

/** What the report of the month before was made of. */
function beforeOf(month: string, collected: readonly Entry[] = entries): Before | undefined {
  const last = months.findLast(([each]) => each < month)?.[0];
  if (last === undefined) return undefined;
  const made = new Set(upTo(last).map(textOf));
  const seqs: Record<string, number> = {};
  for (const each of collected) {
    if (made.has(textOf(each))) seqs[each.source] = Math.max(seqs[each.source] ?? 0, each.seq);
  }
  return { to: rangeOf(last).to, seqs };
}
const textOf = ({ seq: _, ...said }: Entry) => canonical(said);

const reportOf = (month: string, collected = upTo(month)) =>
  atOnce(makeReport(collected, rangeOf(month), { zone, before: beforeOf(month, collected) }));
const shown = {
  site: 'Hackalot',
  zone,
  person: (id: string) => names[id] ?? 'iemand die geen deelnemer meer is',
  wikiPage: (title: string) => `https://wiki.space.example/index.php?title=${encodeURIComponent(title)}`,
};
const made = (month: string) => new Date(rangeOf(month).to + 9 * 60 * 60_000).toISOString();
const documentOfMonth = (month: string) => documentOf(reportOf(month), { ...shown, made: made(month) });

test.each(months)('the report of %s reads as it did', async (month) => {
  await expect(asMarkdown(documentOfMonth(month))).toMatchFileSnapshot(`golden/${month}.md`);
});

test.each(months)('the report of %s has every section, in each form', (month) => {
  const { sections } = documentOfMonth(month);
  expect(sections.map(({ title }) => title).slice(0, 10)).toEqual([
    'In het kort',
    'Team',
    'Storingen en stroom',
    'Ontwerpbesluiten',
    'Afwijkingen van het beleid',
    'Projecten',
    'Aflopende huur en bruikleen',
    'Busfactor onder de 2',
    'Toegang tot core-infra',
    'Advies van het infrateam',
  ]);
  expect(sections.every(({ blocks }) => blocks.length > 0)).toBe(true);
  expect(sections[0]?.blocks).toMatchObject([{ lines: { length: 5 } }]);
});

/** The same logs, read in another order among each other; within each the order stays. */
function shuffled(all: readonly Entry[], seed: number): Entry[] {
  let state = seed;
  const chance = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const logs = Map.groupBy(all, ({ source }) => source);
  const left = [...logs.values()].map((log) => [...log]);
  const found: Entry[] = [];
  while (found.length < all.length) {
    const waiting = left.filter((log) => log.length > 0);
    const next = waiting[Math.floor(chance() * waiting.length)]?.shift();
    if (next) found.push({ ...next, seq: found.length + 1 });
  }
  // Nor does it matter in which order a database gives them.
  return found.sort(() => chance() - 0.5);
}

describe('the same events', () => {
  it.each(months)('give the same bytes in %s, in whichever order the logs were read', (month) => {
    const bytes = canonical(reportOf(month));
    expect(canonical(reportOf(month))).toBe(bytes);
    for (let seed = 1; seed <= 10; seed += 1) {
      expect(canonical(reportOf(month, shuffled(upTo(month), seed)))).toBe(bytes);
    }
    expect([...canonicalPieces(reportOf(month))].join('')).toBe(bytes);
  });

  it('give the same of a month that is over, whatever happened since', () => {
    const { late: _, ...june } = reportOf('2026-06');
    const since = { zone, before: beforeOf('2026-06') };
    const known = upTo('2026-06').map(textOf);
    const later = entries.filter(
      (each) => each.time >= rangeOf('2026-06').to || known.includes(textOf(each)),
    );
    const { late: __, ...again } = atOnce(makeReport(later, rangeOf('2026-06'), since));
    expect(canonical(again)).toBe(canonical(june));
  });
});

it('is made in steps of at most 500 entries each, as is its digest', () => {
  const since = rangeOf('2026-06').from;
  const many = Array.from({ length: 20_000 }, (_, index) => {
    const data = { kind: 'bus-factor', clause: 'TEAM-2', severity: 'warning', about: 'item/sw1' } as const;
    const of = { seq: index + 1, source: 'policy', time: since + index, isState: false } as const;
    return { ...of, type: 'violation.opened', subject: `violation/${index}`, data } as const;
  });
  let longest = 0;
  let read = 0;
  const counted = new Proxy(many, {
    get: (all, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) read += 1;
      return Reflect.get(all, key);
    },
  });
  let steps = 0;
  const making = makeReport(counted, rangeOf('2026-06'), { zone });
  let made = making.next();
  for (; !made.done; made = making.next()) {
    steps += 1;
    [longest, read] = [Math.max(longest, read), 0];
  }
  expect(longest).toBeLessThanOrEqual(500);
  expect(steps).toBeGreaterThan((3 * many.length) / 500);
  const pieces = [...canonicalPieces(made.value)];
  expect(pieces.length).toBeGreaterThan(2 * many.length);
  expect(pieces.join('') === canonical(made.value)).toBe(true);
});

describe('what came late', () => {
  it('stands in the next report, once', () => {
    expect(reportOf('2026-06').happened.incidents).toEqual([]);
    expect(reportOf('2026-07').late.incidents).toMatchObject([{ incident: '4' }]);
    expect(reportOf('2026-07').happened.incidents).toEqual([]);
    expect(reportOf('2026-08').late.incidents).toEqual([]);
  });

  it('stands in its own month where that is made anew', () => {
    expect(reportOf('2026-06', entries).happened.incidents).toMatchObject([{ incident: '4' }]);
  });
});

it('has nothing of who may not be named: no participant, and no name at all in its data', () => {
  const data = months.map(([month]) => canonical(reportOf(month))).join('\n');
  for (const name of Object.values(names)) expect(data).not.toContain(name);
  // Guus is no member: that mail does not reach him is said of «a participant».
  const { violations } = reportOf('2026-10').state;
  expect(violations.map(({ about }) => about)).toContain('person');
  expect(canonical(violations)).not.toContain(people.guus);
});

describe('what people wrote', () => {
  const written = '<img src=x onerror=alert(1)> & "*vet*"\n# kop\n- punt';
  const advice = reportOf('2026-06');
  const spoiled = {
    ...advice,
    state: {
      ...advice.state,
      advice: advice.state.advice.map((each) => ({ ...each, title: written, text: written })),
    },
  };
  const document = documentOf(spoiled, { ...shown, person: () => '<b>Bob</b>' });

  it('is text in HTML, and loads nothing', () => {
    const html = asHtml(document);
    expect(html).not.toMatch(/<img|<b>|<script|<link|<[^>]*src=|@import|url\(/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;*vet*&quot;');
    expect(html).toContain('&lt;b&gt;Bob&lt;/b&gt;');
  });

  it('is text in Markdown', () => {
    const markdown = asMarkdown(document);
    expect(markdown).toContain('\\<img src=x onerror=alert(1)\\> \\& "\\*vet\\*"');
    expect(markdown).toContain('\\# kop');
    expect(markdown.match(/^# /gm)).toHaveLength(1);
  });

  it('stays as it is in plain text', () => {
    expect(asText(document)).toContain(written);
  });
});
