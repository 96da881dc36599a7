import type { Look } from '@huismeester/probes';
import type { Certificate } from '../core/certificate.ts';
import type { Now } from '../core/moment.ts';
import type { Seen } from '../core/probe-watch.ts';

/** Whether a look counts as up. */
export function isGood({ outcome }: Look): boolean {
  return outcome === 'up' || outcome === 'degraded';
}

/** A look as it is counted. */
export function seenOf({ outcome, reason, detail }: Look, began: Now): Seen {
  return {
    outcome: outcome === 'down' ? 'bad' : outcome === 'unknown' ? 'unknown' : 'good',
    began,
    ...(reason && { reason }),
    ...(detail !== undefined && { detail }),
  };
}

/** A certificate as it is judged. */
export function datesOf({
  fingerprint,
  notBefore,
  notAfter,
  fault,
}: NonNullable<Look['certificate']>): Certificate {
  return {
    fingerprint,
    notBefore: Date.parse(notBefore),
    notAfter: Date.parse(notAfter),
    ...(fault && { fault }),
  };
}
