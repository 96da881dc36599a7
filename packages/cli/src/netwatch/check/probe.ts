import { systemClock } from '@huismeester/clock';
import {
  type CertificateFault,
  expiryStage,
  type LookReason,
  type ProbeSettings,
} from '@huismeester/contracts';
import { createProbe, type Look, type SeenCertificate } from '@huismeester/probes';
import { type Finding, look } from '../../check/finding.ts';

/** One look at a service, and whether its certificate ends soon. A look that throws is its own finding: the others are still made. */
export async function checkProbe(
  settings: ProbeSettings,
  now: Date,
  create: typeof createProbe = createProbe,
): Promise<Finding[]> {
  const { finding, value } = await look(whatOf(settings), () =>
    create(settings, { clock: systemClock })(new AbortController().signal),
  );
  return value ? probeFindings(settings, value, now) : [finding];
}

function whatOf({ id, kind }: Pick<ProbeSettings, 'id' | 'kind'>): string {
  return `probe ${id}: it answers (${kind})`;
}

export function probeFindings(probe: Pick<ProbeSettings, 'id' | 'kind'>, found: Look, now: Date): Finding[] {
  const { certificate } = found;
  return [
    outcomeOf(whatOf(probe), probe.kind, found),
    ...(certificate && !certificate.fault ? [endOf(probe.id, certificate, now)] : []),
  ];
}

function outcomeOf(what: string, kind: ProbeSettings['kind'], found: Look): Finding {
  const { outcome, reason, defect, detail, certificate } = found;
  const said = [reason ?? defect, detail].filter((each) => each !== undefined).join(', ');
  if (outcome === 'up') return { what };
  const remedy = certificate?.fault ? faults[certificate.fault] : remedyOf(reason, kind);
  const advice = remedy === undefined ? {} : { remedy: `${what.slice(0, what.indexOf(':'))}: ${remedy}` };
  if (outcome === 'degraded') return { what, warning: `with a defect: ${said}`, ...advice };
  return { what, problem: said || 'it says itself that it does not know', ...advice };
}

const remedies: Readonly<Record<Exclude<LookReason, 'not-allowed-here' | 'certificate'>, string>> = {
  'no-answer': 'see that it runs, that settings have its address, and that no firewall stands between',
  refused: 'see that the service runs there, and that it serves this machine',
  'wrong-answer': 'ask it by hand: it answers, but not what settings expect',
  'wrong-secret': 'correct its user, password or secret in settings',
};

function remedyOf(reason: LookReason | undefined, kind: ProbeSettings['kind']): string | undefined {
  if (reason === undefined || reason === 'certificate') return undefined;
  if (reason !== 'not-allowed-here') return remedies[reason];
  return kind === 'ping' || kind === 'uplink'
    ? 'install ping (Debian: iputils-ping), and give netwatch CAP_NET_RAW, as deploy/systemd and deploy/compose do'
    : 'this machine cannot look so: correct the settings, or what this process may do';
}

const faults: Readonly<Record<CertificateFault, string>> = {
  expired: 'renew its certificate',
  'not-yet-valid': 'look at the clocks of both machines, then at its certificate',
  'wrong-name': 'use a name in its url that the certificate has',
  'self-signed': 'if that is meant so, name the certificate: ca: { file: … }',
  'issuer-unknown': 'if that is meant so, name its authority: ca: { file: … }',
  'intermediate-missing': 'have the server send its whole chain: fullchain.pem, not cert.pem',
};

const dayMs = 86_400_000;

/** A warning from netwatch's first stage on. */
function endOf(id: string, { notBefore, notAfter }: SeenCertificate, now: Date): Finding {
  const what = `probe ${id}: its certificate is good for a while`;
  const [from, until] = [Date.parse(notBefore), Date.parse(notAfter)];
  if (!expiryStage({ notBefore: from, notAfter: until }, now.getTime())) return { what };
  const leftMs = until - now.getTime();
  return {
    what,
    warning: `it ends in ${Math.max(0, Math.floor(leftMs / dayMs))} days, at ${notAfter.slice(0, 16)}Z`,
    remedy: `probe ${id}: renew its certificate, and see why that did not happen by itself`,
  };
}
