import type { CertificatesSaid } from './core/certificate.ts';
import type { Flaps } from './core/flaps.ts';
import type { Slowness } from './core/slowness.ts';

/** What must outlast a restart besides the verdict on a thing. */
export interface Memory {
  readonly flaps?: Flaps;
  /** Of a probe: what was said of its certificates. */
  readonly certificates?: CertificatesSaid;
  /** Of a probe: that it was said to be degraded, and why. */
  readonly degraded?: Slowness['degraded'];
  /** Of a port: the speed with which the next one is compared. */
  readonly speed_bps?: number;
  /** Of a port: the name by which settings meant it when it was listed last. */
  readonly setting?: string;
  /** Of availability as a whole: the month that was said last. */
  readonly month?: string;
  /** Of a port: when its errors were last said to be rising, ms since 1970. */
  readonly errorsSaidAt?: number;
}
