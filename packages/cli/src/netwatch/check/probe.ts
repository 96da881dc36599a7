import { systemClock } from '@huismeester/clock';
import {
  type CertificateFault,
  expiryStage,
  type LookReason,
  type ProbeSettings,
} from '@huismeester/contracts';
import { createProbe, type Look, type SeenCertificate } from '@huismeester/probes';
import { type Finding, look } from '../../check/finding.ts';
import { listed } from '../status.ts';

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

export function probeFindings(probe: ProbeSettings, found: Look, now: Date): Finding[] {
  const { certificate } = found;
  return [
    outcomeOf(probe, found),
    ...(certificate && !certificate.fault ? [endOf(probe.id, certificate, now)] : []),
  ];
}

function outcomeOf(probe: ProbeSettings, found: Look): Finding {
  const what = whatOf(probe);
  const { outcome, reason, defect, detail, certificate } = found;
  const said = listed(reason ?? defect, detail);
  if (outcome === 'up') return { what };
  const remedy = certificate?.fault ? faults[certificate.fault] : remedyOf(reason, probe);
  const advice = remedy === undefined ? {} : { remedy: `probe ${probe.id}: ${remedy}` };
  if (outcome === 'degraded') return { what, warning: `with a defect: ${said}`, ...advice };
  return { what, problem: said || 'it says itself that it does not know', ...advice };
}

const remedies: Readonly<
  Record<Exclude<LookReason, 'not-allowed-here' | 'certificate' | 'wrong-answer'>, string>
> = {
  'no-answer': 'see that it runs, that settings have its address, and that no firewall stands between',
  refused: 'see that the service runs there, and that it serves this machine',
  'wrong-secret': 'correct its user, password or secret in settings',
};

function remedyOf(reason: LookReason | undefined, probe: ProbeSettings): string | undefined {
  if (reason === undefined || reason === 'certificate') return undefined;
  if (reason === 'wrong-answer') return wrongAnswer(probe);
  return reason === 'not-allowed-here' ? notAllowedHere(probe) : remedies[reason];
}

function wrongAnswer(probe: ProbeSettings): string {
  const allowed = allowedBy(probe);
  return allowed === undefined
    ? 'ask it by hand: what answers there is not what the kind of this probe speaks to, or says itself that it fails'
    : `correct what answers there, or in settings what is right; now: ${allowed}`;
}

/** The settings that say which answers are right, as they are now. */
function allowedBy(probe: ProbeSettings): string | undefined {
  switch (probe.kind) {
    case 'http':
      return listed(`status: [${probe.status.join(', ')}]`, setting('contains', probe.contains));
    case 'dns':
      return listed(`type: ${probe.type}`, setting('expect', probe.expect));
    case 'radius':
      return setting('expect', probe.expect);
    case 'ldap':
      return listed(setting('base', probe.base), setting('filter', probe.filter));
    case 'mqtt':
      return `${setting('topic', probe.topic)}, which the login must be allowed to read and to write`;
    default:
      return undefined;
  }
}

function setting(key: string, value: string | undefined): string {
  return value === undefined ? `no ${key}` : `${key}: ${JSON.stringify(value)}`;
}

function notAllowedHere(probe: ProbeSettings): string {
  switch (probe.kind) {
    case 'ping':
    case 'uplink':
      return 'install ping (Debian: iputils-ping), and give netwatch CAP_NET_RAW, as deploy/systemd and deploy/compose do';
    case 'ldap': {
      const filter = setting('filter', probe.filter);
      return `correct the settings, such as ${filter}, or bindDn, which needs a password; or what this process may do`;
    }
    default:
      return 'this machine cannot look so: correct the settings, or what this process may do';
  }
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
