import { expect, test } from 'vitest';
import { countsOf } from './counts.ts';

const row = (kind: string, severity: 'warning' | 'serious', isAccepted = false) => ({
  kind,
  found: { clause: 'TEAM-1', severity, subject: 'person/somebody' },
  accepted: isAccepted ? { by: 'jan', because: 'on leave', since: 0, until: 1 } : null,
});

test('violations are counted by kind, clause and severity, and nothing else is said of them', () => {
  const counts = countsOf([
    row('team-differs', 'warning'),
    row('team-differs', 'serious'),
    row('team-differs', 'warning', true),
    row('uid-reused', 'warning'),
  ]);
  const clause = 'TEAM-1';
  expect(counts).toEqual([
    { kind: 'team-differs', clause, severity: 'warning', open: 2, accepted: 1 },
    { kind: 'team-differs', clause, severity: 'serious', open: 1, accepted: 0 },
    { kind: 'uid-reused', clause, severity: 'warning', open: 1, accepted: 0 },
  ]);
});

test('nothing is open: there is nothing to count', () => {
  expect(countsOf([])).toEqual([]);
});
