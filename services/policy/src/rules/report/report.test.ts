import { expect, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import { type Facts, noFacts } from '../../facts/index.ts';
import type { ReportFact } from '../../facts/report.ts';
import { rule } from './index.ts';

const zone = 'Europe/Amsterdam';
const settings = { ...defaults, report: { at: { zone, minutes: 9 * 60 }, board: true } };
const madeTo = Date.parse('2026-10-31T23:00Z');
const unsent = { id: '2026-10', madeAt: Date.parse('2026-11-01T08:00Z') };
const began = Date.parse('2026-11-10T00:00Z');
type Known = Pick<Facts, 'report' | 'clock'>;
type Context = Parameters<typeof rule.decide>[2];

/** What is found, or undecided with a `?`. */
function look(
  fact: ReportFact | undefined,
  now: string,
  { started = '2026-01-01T00:00Z', clock = noFacts.clock }: { started?: string; clock?: Known['clock'] } = {},
): string[] {
  const facts = { ...noFacts, clock, report: new Map(fact ? [['main', fact]] : []) };
  const context: Context = {
    now: Date.parse(now),
    startedAt: Date.parse(started),
    epoch: 'e',
    modes: new Map(),
    mine: new Map(),
    settings,
  };
  const { found, undecided } = atOnce(rule.decide(facts, new Map(), context)).violations;
  return [
    ...found.map(({ subject, reasons }) => `${subject} ${reasons.map(({ code, text = '' }) => code + text)}`),
    ...undecided.map(({ subject }) => `${subject} ?`),
  ];
}

test.each<[string, ReportFact | undefined, string, readonly string[]]>([
  ['nothing is collected yet', undefined, '2030-01-01T00:00Z', []],
  ['it was delivered', { madeTo }, '2026-11-20T00:00Z', []],
  ['it reached nobody for a week', { madeTo, unsent }, '2026-11-08T07:59Z', []],
  ['it had nobody to go to', { madeTo, unsent }, '2026-11-08T08:00Z', ['report/2026-10 report-to-nobody']],
  [
    'it is still tried',
    { madeTo, unsent: { ...unsent, delivery: { state: 'queued' } } },
    '2026-11-08T08:00Z',
    ['report/2026-10 report-queued'],
  ],
  [
    'it is refused',
    { madeTo, unsent: { ...unsent, delivery: { state: 'failed', because: 'refused', code: 550 } } },
    '2026-11-08T08:00Z',
    ['report/2026-10 report-refused550'],
  ],
  [
    'it still reached nobody when the next was made',
    { madeTo: Date.parse('2026-11-30T23:00Z'), unsent },
    '2026-12-02T08:00Z',
    ['report/2026-10 report-to-nobody'],
  ],
  ['the next is due for a week', { madeTo }, '2026-12-08T07:59Z', []],
  ['the next is due for longer', { madeTo }, '2026-12-08T08:00Z', ['report/next report-unmade']],
  ['the first is not due', { began }, '2026-12-08T07:59Z', []],
  ['the first was never made', { began }, '2026-12-08T08:00Z', ['report/next report-unmade']],
])('%s', (_, fact, now, found) => {
  expect(look(fact, now)).toEqual(found);
});

test.each([['2020-01-01T00:00Z'], ['2036-01-01T00:00Z']])(
  'by a clock that is not believed nothing opens, and nothing closes for its time: %s',
  (now) => {
    const clock = new Map([['main', { insane: { since: 0, why: 'jumped' } as const }]]);
    expect(look({ madeTo, unsent }, now, { clock })).toEqual(['report/2026-10 ?', 'report/next ?']);
    expect(look({ madeTo }, now, { clock })).toEqual(['report/next ?']);
  },
);

test('what was due while the program was off is made and sent first', () => {
  const late = { madeTo, unsent };
  const started = '2026-12-20T12:00Z';
  expect(look(late, '2026-12-20T12:59Z', { started })).toEqual(['report/2026-10 ?', 'report/next ?']);
  expect(look(late, '2026-12-20T13:00Z', { started })).toHaveLength(2);
});

test('settings may leave it out', () => {
  expect(rule.notSetUp?.({ ...settings, mail: true, directory: false })).toBeUndefined();
  expect(rule.notSetUp?.({ ...settings, mail: false })).toContain('mail');
  const nobody = { ...settings, mail: true, directory: false, report: { ...settings.report, board: false } };
  expect(rule.notSetUp?.(nobody)).toContain('board.address');
});
