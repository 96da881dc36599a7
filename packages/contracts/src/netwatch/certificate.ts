import type { ExpiryStage } from './things.ts';

const dayMs = 86_400_000;

/** The sharpest first: how much of its lifetime is left, and how many days at most. */
const stages: readonly { readonly stage: ExpiryStage; readonly share: number; readonly days: number }[] = [
  { stage: 'urgent', share: 0.03, days: 3 },
  { stage: 'warning', share: 0.1, days: 14 },
  { stage: 'notice', share: 0.2, days: 30 },
];

/**
 * How near its end a certificate is, relative to its lifetime: one of 90 days is renewed with 30 left, and that is no warning. All in ms
 * since 1970.
 */
export function expiryStage(
  { notBefore, notAfter }: { readonly notBefore: number; readonly notAfter: number },
  time: number,
): ExpiryStage | undefined {
  const leftMs = notAfter - time;
  return stages.find(({ share, days }) => leftMs <= Math.min(share * (notAfter - notBefore), days * dayMs))
    ?.stage;
}

/** The sharper of two stages. */
export function sharperStage(
  one: ExpiryStage | undefined,
  other: ExpiryStage | undefined,
): ExpiryStage | undefined {
  return stages.find(({ stage }) => stage === one || stage === other)?.stage;
}
