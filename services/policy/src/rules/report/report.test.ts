import { expect, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import { noFacts } from '../../facts/index.ts';
import type { ReportFact } from '../../facts/report.ts';
import { rule } from './index.ts';

const zone = 'Europe/Amsterdam';
const settings = { ...defaults, report: { at: { zone, minutes: 9 * 60 }, board: true } };
const made = { id: '2026-10', to: Date.parse('2026-10-31T23:00Z'), madeAt: Date.parse('2026-11-01T08:00Z') };

function look(fact: ReportFact | undefined, now: string): string[] {
  const facts = { ...noFacts, report: new Map(fact ? [['main', fact]] : []) };
  const context = {
    now: Date.parse(now),
    startedAt: 0,
    epoch: 'e',
    modes: new Map(),
    mine: new Map(),
    settings,
  };
  const { violations } = atOnce(rule.decide(facts, new Map(), context));
  return violations.found.map(({ subject, reasons }) => `${subject} ${reasons[0]?.code}`);
}

test.each<[string, ReportFact | undefined, string, readonly string[]]>([
  ['nothing is collected yet', undefined, '2030-01-01T00:00Z', []],
  ['it was delivered', { last: { ...made, delivered: true } }, '2026-11-20T00:00Z', []],
  ['it reached nobody for a week', { last: { ...made, delivered: false } }, '2026-11-08T07:59Z', []],
  [
    'it reached nobody for longer',
    { last: { ...made, delivered: false, because: 'refused (550)' } },
    '2026-11-08T08:00Z',
    ['report/2026-10 report-unsent'],
  ],
  ['the next is due for a week', { last: { ...made, delivered: true } }, '2026-12-08T07:59Z', []],
  [
    'the next is due for longer',
    { last: { ...made, delivered: true } },
    '2026-12-08T08:00Z',
    ['report/next report-unmade'],
  ],
  ['the first is not due', { began: Date.parse('2026-11-10T00:00Z') }, '2026-12-08T07:59Z', []],
  [
    'the first was never made',
    { began: Date.parse('2026-11-10T00:00Z') },
    '2026-12-08T08:00Z',
    ['report/next report-unmade'],
  ],
])('%s', (_, fact, now, found) => {
  expect(look(fact, now)).toEqual(found);
});

test('settings may leave it out', () => {
  expect(rule.notSetUp?.({ ...settings, mail: true, directory: false })).toBeUndefined();
  expect(rule.notSetUp?.({ ...settings, mail: false })).toContain('mail');
  const nobody = { ...settings, mail: true, directory: false, report: { ...settings.report, board: false } };
  expect(rule.notSetUp?.(nobody)).toContain('board.address');
});
