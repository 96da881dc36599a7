import type { Clock } from '@huismeester/clock';
import type { CertificateFault, LookReason, ProbeSettings } from '@huismeester/contracts';
import type { ResolveName } from './names.ts';

/** What one look at a service found. */
export interface Look {
  /** `degraded` is up with a defect; `unknown` says nothing of the service, since the look itself was not possible. */
  readonly outcome: 'up' | 'degraded' | 'down' | 'unknown';
  /** Why it is down or unknown; left out where the signal aborted, and where a command itself says that it is unknown. */
  readonly reason?: LookReason;
  /**
   * Why it is degraded: one of two address families fails, a command says so, an invalid certificate is allowed, or fewer than
   * half of an uplink's targets answer.
   */
  readonly defect?: 'one-family' | 'command' | 'certificate' | 'few-targets';
  /** In a few words for people, such as `503`, `NXDOMAIN` or `ECONNREFUSED`; never a secret, never what others wrote at length. */
  readonly detail?: string;
  /**
   * From the first packet to the answer, ms, without the time that resolving the name took; left out where there was none. Of two
   * address families the faster: a client that tries both at once (RFC 8305) waits no longer.
   */
  readonly latencyMs?: number;
  /**
   * Whether another host than our own answered at all, be it with a refusal. What only this machine says (no route, a name
   * that does not resolve, a program that cannot be run) is no answer.
   */
  readonly answered: boolean;
  /**
   * It is unknown, and nobody answered all the same: for want of a cable or a route, or since the other targets of an uplink were
   * silent. A look that is unknown for any other reason says nothing of the network either.
   */
  readonly inVain?: true;
  /** The server's certificate, where it showed one. */
  readonly certificate?: SeenCertificate;
}

export interface SeenCertificate {
  /** SHA-256 of the server's own certificate, upper-case hex with colons. */
  readonly fingerprint: string;
  /**
   * ISO 8601 in UTC; those of the server's own certificate, or of an intermediate of its path to the root that ends earlier:
   * clients refuse the server from then on.
   */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Absent: it verifies. */
  readonly fault?: CertificateFault;
}

/** Looks once, with a fresh connection; resolves at its deadline at the latest, and soon after the signal aborts. Never rejects. */
export type Probe = (signal: AbortSignal) => Promise<Look>;

/** What a probe gets from outside. */
export interface ProbeAround {
  readonly clock: Clock;
  /** How host names become addresses; left out: by /etc/hosts, then by the DNS servers of /etc/resolv.conf. */
  readonly resolveName?: ResolveName;
  /** Which addresses are this machine's, whose answers show nothing of the network; left out: those that it has. */
  readonly isOwnAddress?: (address: string) => boolean;
}

/** Makes the looks of one kind of probe. */
export type ProbeMaker<Settings extends ProbeSettings = ProbeSettings> = (
  settings: Settings,
  around: ProbeAround,
) => Probe;
