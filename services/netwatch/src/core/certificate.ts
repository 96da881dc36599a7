import { type CertificateFault, type ExpiryStage, expiryStage, sharperStage } from '@huismeester/contracts';
import type { Counting } from './probe-watch.ts';
import type { Said } from './world.ts';

const dayMs = 86_400_000;
/** A certificate is renewed, or mended, when so many looks in a row showed a good one: of several servers another may have the old one. */
const goodLooks = 5;
/** So many certificates are remembered of which a stage was said: a name may have several servers. */
const mostKnown = 8;

/** A certificate as a look found it; times in ms since 1970. */
export interface Certificate {
  readonly fingerprint: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly fault?: CertificateFault;
}

/** What was said of the certificates of a probe. Stored. */
export interface CertificatesSaid {
  /** The sharpest stage that was said of each certificate, oldest first. */
  readonly stages: readonly { readonly fingerprint: string; readonly stage: ExpiryStage }[];
  /** The faults that were said since all was well. */
  readonly faults: readonly CertificateFault[];
  /** Something was said, and no renewal since. */
  readonly open: boolean;
}

/** What one process has seen of the certificates of a probe. */
export interface CertificateWatch {
  readonly said: CertificatesSaid;
  /** What the last looks showed that showed a certificate, oldest first. */
  readonly recent: readonly ShownCertificate[];
}

/** A certificate as people see it. */
export interface ShownCertificate {
  readonly notAfter: number;
  readonly stage?: ExpiryStage;
  readonly fault?: CertificateFault;
}

export function newCertificateWatch(said?: CertificatesSaid): CertificateWatch {
  return { said: said ?? { stages: [], faults: [], open: false }, recent: [] };
}

interface CertificateStep {
  readonly watch: CertificateWatch;
  readonly events: readonly Said[];
}

/**
 * What one more look at a certificate means: each stage is said once of each certificate, of several that are due the sharpest only; a
 * fault after as many looks as make a service down.
 */
export function lookAtCertificate(
  probe: string,
  before: CertificateWatch,
  seen: Certificate,
  { failed, of }: Counting,
  time: number,
): CertificateStep {
  const subject = `certificate/${probe}`;
  const { fingerprint, notAfter, fault } = seen;
  const saidStage = before.said.stages.find((each) => each.fingerprint === fingerprint)?.stage;
  // The end of a certificate that does not verify is no news before it does.
  const stage = fault ? saidStage : sharperStage(saidStage, expiryStage(seen, time));
  const shown = { notAfter, ...(stage && { stage }), ...(fault && { fault }) };
  const recent = [...before.recent, shown].slice(-Math.max(of, goodLooks));
  const until = new Date(notAfter).toISOString();
  const events: Said[] = [];
  let { said } = before;
  const sameFault = recent.slice(-of).filter((each) => each.fault === fault);
  if (fault && sameFault.length >= failed && !said.faults.includes(fault)) {
    said = { ...said, faults: [...said.faults, fault], open: true };
    events.push({ type: 'certificate.invalid', subject, data: { probe, fault } });
  }
  if (stage && stage !== saidStage) {
    const others = said.stages.filter((each) => each.fingerprint !== fingerprint);
    said = { ...said, stages: [...others, { fingerprint, stage }].slice(-mostKnown), open: true };
    const left_d = (notAfter - time) / dayMs;
    events.push({ type: 'certificate.expiring', subject, data: { probe, stage, until, left_d } });
  }
  const last = recent.slice(-goodLooks);
  if (said.open && last.length === goodLooks && !last.some(isBad)) {
    said = { ...said, faults: [], open: false };
    events.push({ type: 'certificate.renewed', subject, data: { probe, until } });
  }
  return { watch: { said, recent }, events };
}

/** What to show of the certificates that the last looks found: one with a fault, else the one that ends first. */
export function worstOf({ recent }: CertificateWatch): ShownCertificate | undefined {
  const last = recent.slice(-goodLooks);
  const [first] = last.toSorted((one, other) => one.notAfter - other.notAfter);
  return last.findLast(({ fault }) => fault !== undefined) ?? first;
}

function isBad({ stage, fault }: ShownCertificate): boolean {
  return stage !== undefined || fault !== undefined;
}
