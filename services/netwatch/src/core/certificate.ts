import { type CertificateFault, type ExpiryStage, expiryStage, sharperStage } from '@huismeester/contracts';
import type { Said } from './world.ts';

const dayMs = 86_400_000;

/** A certificate as a look found it; times in ms since 1970. */
export interface Certificate {
  readonly fingerprint: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly fault?: CertificateFault;
}

/** What was said of the certificate of a probe. Stored. */
export interface CertificateSaid {
  readonly fingerprint: string;
  readonly notAfter: number;
  readonly stage?: ExpiryStage;
  readonly fault?: CertificateFault;
}

/** What is to be said of a certificate: each stage and each fault once, of several stages that are due the sharpest only. */
export function sayCertificate(
  probe: string,
  before: CertificateSaid | undefined,
  seen: Certificate,
  time: number,
): { readonly said: CertificateSaid; readonly events: readonly Said[] } {
  const subject = `certificate/${probe}`;
  const { fingerprint, notAfter, fault } = seen;
  const isSame = before?.fingerprint === fingerprint;
  const announced = isSame ? before.stage : undefined;
  // While it does not verify anyway, its end is no news; once it does, it is. A stage that was said stays, though a clock that was set
  // back would make it milder.
  const stage = fault ? announced : sharperStage(announced, expiryStage(seen, time));
  const said = { fingerprint, notAfter, ...(stage && { stage }), ...(fault && { fault }) };
  const until = new Date(notAfter).toISOString();
  const events: Said[] = [];
  if (fault && before?.fault !== fault) {
    events.push({ type: 'certificate.invalid', subject, data: { probe, fault } });
  }
  if (stage && stage !== announced) {
    const left_d = (notAfter - time) / dayMs;
    events.push({ type: 'certificate.expiring', subject, data: { probe, stage, until, left_d } });
  }
  const wasBad = before !== undefined && (before.stage !== undefined || before.fault !== undefined);
  if (wasBad && !stage && !fault) {
    events.push({ type: 'certificate.renewed', subject, data: { probe, until } });
  }
  return { said, events };
}
