import { expect, test } from 'vitest';
import { expiryStage } from './certificate.ts';

const day = 86_400_000;

test.each([
  // 20 %, 10 % and 3 % of 90 days: renewed with 30 days left it is never near its end.
  [90, 30, undefined],
  [90, 18.1, undefined],
  [90, 18, 'notice'],
  [90, 9, 'warning'],
  [90, 2.7, 'urgent'],
  // Of 10 years: 30, 14 and 3 days.
  [3_650, 31, undefined],
  [3_650, 30, 'notice'],
  [3_650, 14, 'warning'],
  [3_650, 3, 'urgent'],
  // Of 6 days.
  [6, 1.3, undefined],
  [6, 1.2, 'notice'],
])('of %d days with %d left: %s', (lifetime, left, stage) => {
  const certificate = { notBefore: 0, notAfter: lifetime * day };
  expect(expiryStage(certificate, (lifetime - left) * day)).toBe(stage);
});
