import { expect, test } from 'vitest';
import { type Certificate, lookAtCertificate, newCertificateWatch, worstOf } from './certificate.ts';
import type { Counting } from './probe-watch.ts';

const day = 86_400_000;
/** Of 90 days, from day 0. */
const ninety: Certificate = { fingerprint: 'AA', notBefore: 0, notAfter: 90 * day };

const three = { failed: 3, of: 3, good: 2 };
const once = { failed: 1, of: 1, good: 1 };

/** What is said at these days, each after what was said before. */
function saidBy(counting: Counting, ...seen: readonly (readonly [day: number, certificate: Certificate])[]) {
  let watch = newCertificateWatch();
  return seen.map(([at, certificate]) => {
    const step = lookAtCertificate('web', watch, certificate, counting, at * day);
    watch = step.watch;
    return step.events
      .map(({ type, data }) => {
        const word = 'stage' in data ? data.stage : 'fault' in data ? data.fault : '';
        return `${type.slice('certificate.'.length)} ${word}`.trim();
      })
      .join(', ');
  });
}
const said = (...seen: Parameters<typeof saidBy> extends [unknown, ...infer Rest] ? Rest : never) =>
  saidBy(once, ...seen);

test('each stage is said once', () => {
  const looks = [60, 73, 74, 82, 83, 88, 89].map((at) => [at, ninety] as const);
  expect(said(...looks)).toEqual(['', 'expiring notice', '', 'expiring warning', '', 'expiring urgent', '']);
});

test('of several that are due only the sharpest is said, and a clock that is set back says none again', () => {
  expect(said([88, ninety], [75, ninety], [88, ninety])).toEqual(['expiring urgent', '', '']);
});

const next = { fingerprint: 'BB', notBefore: 70 * day, notAfter: 160 * day };
const times = (count: number, at: number, certificate: Certificate) =>
  Array.from({ length: count }, () => [at, certificate] as const);
const silence = (count: number) => Array(count).fill('');

test('a renewal ends it, once five looks have shown nothing else', () => {
  expect(said([75, ninety], ...times(5, 76, next), [145, next])).toEqual([
    'expiring notice',
    ...silence(4),
    'renewed',
    'expiring notice',
  ]);
  const short = { ...next, notAfter: 90 * day };
  expect(said([75, ninety], [89, short])).toEqual(['expiring notice', 'expiring warning']);
});

test('of two servers with a certificate each it is said once that one of them ends', () => {
  const both = Array.from({ length: 10 }, () => [[75, ninety] as const, [75, next] as const]).flat();
  expect(said(...both)).toEqual(['expiring notice', ...silence(19)]);
  // One that is asked seldom was taken for renewed once, and never again.
  const seldom = Array.from({ length: 4 }, () => [[75, ninety] as const, ...times(6, 75, next)]).flat();
  expect(said(...seldom).filter((each) => each !== '')).toEqual(['expiring notice', 'renewed']);
});

test('of several the worst is shown, and after a renewal soon the new one', () => {
  let watch = newCertificateWatch();
  const shown = [ninety, next, next, next, next, next].map((certificate) => {
    watch = lookAtCertificate('web', watch, certificate, once, 75 * day).watch;
    return worstOf(watch)?.notAfter;
  });
  expect(shown).toEqual([...Array(5).fill(90 * day), 160 * day]);
});

test('a fault is said once, and ended by good certificates', () => {
  const expired = { ...ninety, fault: 'expired' } as const;
  expect(said([91, expired], [92, expired], ...times(5, 93, next))).toEqual([
    'invalid expired',
    ...silence(5),
    'renewed',
  ]);
  expect(said([1, { ...ninety, fault: 'self-signed' }], [2, { ...ninety, fault: 'wrong-name' }])).toEqual([
    'invalid self-signed',
    'invalid wrong-name',
  ]);
});

test('a fault is said after as many looks as make a service down', () => {
  const expired = { ...ninety, fault: 'expired' } as const;
  expect(saidBy(three, ...times(2, 91, expired), [91, next], ...times(3, 91, expired))).toEqual([
    ...silence(5),
    'invalid expired',
  ]);
  const both = Array.from({ length: 5 }, () => [[91, expired] as const, [91, next] as const]).flat();
  expect(saidBy(three, ...both)).toEqual(silence(10));
  expect(saidBy({ ...three, of: 5 }, ...both).filter((each) => each !== '')).toEqual(['invalid expired']);
});

test('the end of a certificate with a fault is said when the fault is gone', () => {
  const wrong = { ...ninety, fault: 'intermediate-missing' } as const;
  expect(said([75, wrong], [76, wrong], [77, ninety])).toEqual([
    'invalid intermediate-missing',
    '',
    'expiring notice',
  ]);
});
