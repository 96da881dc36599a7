import type { Violation } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { grouped, hiddenOf } from './groups.ts';

const violation = (id: string, kind: string, minute: number, more: Partial<Violation> = {}): Violation => ({
  violation: id,
  kind,
  severity: 'warning',
  clause: 'CORE-5',
  about: `item/${id}`,
  reason: 'x',
  reasons: [],
  evidence: [],
  since: `2026-12-02T18:${String(minute).padStart(2, '0')}:00.000Z`,
  ...more,
});
const accepted = {
  by: 'x',
  because: 'ordered',
  since: '2026-12-02T18:00:00.000Z',
  until: '2027-01-01T00:00:00.000Z',
};

test('violations stand by severity and kind, the newest first, and accepted ones apart', () => {
  const groups = grouped([
    violation('a', 'bus-factor', 1),
    violation('b', 'no-design-decision', 2),
    violation('c', 'bus-factor', 3),
    violation('d', 'core-down', 4, { severity: 'serious' }),
    violation('e', 'core-down', 5, { severity: 'serious', accepted }),
  ]);
  const ids = (part: keyof typeof groups) =>
    groups[part].map(({ kind, all }) => [kind, ...all.map((each) => each.violation)]);
  expect(ids('serious')).toEqual([['core-down', 'd']]);
  expect(ids('warning')).toEqual([
    ['bus-factor', 'c', 'a'],
    ['no-design-decision', 'b'],
  ]);
  expect(ids('accepted')).toEqual([['core-down', 'e']]);
});

test('what is about people is counted for whoever may not see it, and never less than nothing', () => {
  const count = { kind: 'x', clause: 'TEAM-1', severity: 'warning', open: 3, accepted: 1 } as const;
  expect(hiddenOf([count], [violation('a', 'x', 1)])).toBe(2);
  expect(hiddenOf([], [violation('a', 'x', 1)])).toBe(0);
});
