import { expect, test } from 'vitest';
import { type Certificate, type CertificateSaid, sayCertificate } from './certificate.ts';

const day = 86_400_000;
/** Of 90 days, from day 0. */
const ninety: Certificate = { fingerprint: 'AA', notBefore: 0, notAfter: 90 * day };

/** What is said at these days, each after what was said before. */
function said(...seen: readonly (readonly [day: number, certificate: Certificate])[]): string[] {
  let before: CertificateSaid | undefined;
  return seen.map(([at, certificate]) => {
    const step = sayCertificate('web', before, certificate, at * day);
    before = step.said;
    return step.events
      .map(({ type, data }) => {
        const word = 'stage' in data ? data.stage : 'fault' in data ? data.fault : '';
        return `${type.slice('certificate.'.length)} ${word}`.trim();
      })
      .join(', ');
  });
}

test('each stage is said once', () => {
  const looks = [60, 73, 74, 82, 83, 88, 89].map((at) => [at, ninety] as const);
  expect(said(...looks)).toEqual(['', 'expiring notice', '', 'expiring warning', '', 'expiring urgent', '']);
});

test('of several that are due only the sharpest is said, and a clock that is set back says none again', () => {
  expect(said([88, ninety], [75, ninety], [88, ninety])).toEqual(['expiring urgent', '', '']);
});

test('a renewal ends it', () => {
  const next = { fingerprint: 'BB', notBefore: 80 * day, notAfter: 170 * day };
  expect(said([75, ninety], [80, next], [155, next])).toEqual([
    'expiring notice',
    'renewed',
    'expiring notice',
  ]);
  const short = { ...next, notAfter: 90 * day };
  expect(said([75, ninety], [89, short])).toEqual(['expiring notice', 'expiring warning']);
});

test('a fault is said once, and ended by a good certificate', () => {
  const expired = { ...ninety, fault: 'expired' } as const;
  const next = { fingerprint: 'BB', notBefore: 90 * day, notAfter: 180 * day };
  expect(said([91, expired], [92, expired], [93, next])).toEqual(['invalid expired', '', 'renewed']);
  expect(said([1, { ...ninety, fault: 'self-signed' }], [2, { ...ninety, fault: 'wrong-name' }])).toEqual([
    'invalid self-signed',
    'invalid wrong-name',
  ]);
});

test('while it has a fault its end is no news; once it has none, it is', () => {
  const wrong = { ...ninety, fault: 'intermediate-missing' } as const;
  expect(said([75, wrong], [76, wrong], [77, ninety])).toEqual([
    'invalid intermediate-missing',
    '',
    'expiring notice',
  ]);
});
