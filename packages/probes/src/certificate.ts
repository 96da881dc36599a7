import { X509Certificate } from 'node:crypto';
import { getCACertificates, type TLSSocket } from 'node:tls';
import type { CertificateFault } from '@huismeester/contracts';
import { LookFailure } from './failure.ts';
import type { SeenCertificate } from './look.ts';

export interface Shown {
  readonly leaf: X509Certificate;
  /** What the server sent beside it, in any order. */
  readonly sent: readonly X509Certificate[];
  /** PEM; the only authorities to trust, where given. */
  readonly ca: string | undefined;
  readonly nameMatches: boolean;
  /** OpenSSL's error of the path; undefined where it verifies. */
  readonly verifyError: string | undefined;
  readonly now: Date;
}

/** The server's certificate first, then whatever else it sent. */
export function sentChain(tls: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = [];
  // Of a peer's certificate this is the next one that was sent, whether it is the issuer or not.
  for (let each = tls.getPeerX509Certificate(); each; each = each.issuerCertificate) chain.push(each);
  return chain;
}

/**
 * What is wrong with a certificate, and when it ends. OpenSSL has the say whether it verifies; which of several faults is named is
 * ours, the one first that is to be mended first: `wrong-name` (it is another service's certificate, and the rest is of that
 * one), `self-signed`, `expired`, `not-yet-valid`, `intermediate-missing`, `issuer-unknown`.
 */
export function judgeCertificate(shown: Shown): { seen: SeenCertificate; detail: string } {
  const { leaf } = shown;
  const authorities = shown.ca === undefined ? ofNode() : parseAuthorities(shown.ca);
  const path = pathOf(leaf, shown.sent, authorities);
  const first = path.reduce((one, other) => (other.validToDate < one.validToDate ? other : one));
  const fault = faultOf(shown, path);
  // OpenSSL refuses a trusted root that has expired, too, which the dates of the path do not show.
  const isRoots = fault === 'expired' && path.every((each) => each.validToDate >= shown.now);
  const code = isRoots ? 'its root' : shown.verifyError;
  return {
    seen: {
      fingerprint: leaf.fingerprint256,
      notBefore: first.validFromDate.toISOString(),
      notAfter: first.validToDate.toISOString(),
      ...(fault && { fault }),
    },
    detail: `${fault ?? 'valid'}${fault && fault !== 'wrong-name' && code !== undefined ? ` (${code})` : ''}`,
  };
}

function faultOf(shown: Shown, path: readonly X509Certificate[]): CertificateFault | undefined {
  const { leaf, verifyError, nameMatches, now } = shown;
  if (!nameMatches) return 'wrong-name';
  if (verifyError === undefined) return undefined;
  if (verifyError === 'DEPTH_ZERO_SELF_SIGNED_CERT' || isSelfSigned(leaf)) return 'self-signed';
  // OpenSSL reports the last error it met only, which may stand for the path while a date is wrong, too.
  if (verifyError === 'CERT_HAS_EXPIRED' || path.some((each) => each.validToDate < now)) return 'expired';
  if (verifyError === 'CERT_NOT_YET_VALID' || path.some((each) => each.validFromDate > now))
    return 'not-yet-valid';
  return lacksIntermediate(path.at(-1) ?? leaf, verifyError) ? 'intermediate-missing' : 'issuer-unknown';
}

/**
 * An authority of one's own without intermediates looks the same, a root that we do not trust: but public ones write where the
 * issuer's certificate can be had (RFC 5280, 4.2.2.1), and those of one's own hardly ever do.
 */
function lacksIntermediate(last: X509Certificate, verifyError: string): boolean {
  const codes = [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  ];
  return codes.includes(verifyError) && !isSelfSigned(last) && /CA Issuers/.test(last.infoAccess ?? '');
}

/**
 * The path from the server's certificate upwards, without its root: it ends where the issuer is trusted, even if the server sent
 * another certificate of that issuer, such as one signed by an older root that has expired; that is how OpenSSL goes (trusted first).
 */
function pathOf(
  leaf: X509Certificate,
  sent: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
): [X509Certificate, ...X509Certificate[]] {
  const path: [X509Certificate, ...X509Certificate[]] = [leaf];
  const roots = authorities.filter(isRoot);
  // Of an intermediate among the authorities OpenSSL makes use, too, and goes on from there to its root.
  const left = new Set([...sent, ...authorities.filter((each) => !isRoot(each))]);
  for (let last = leaf; ; ) {
    const child = last;
    if (isSelfSigned(child) || roots.some((root) => isIssuer(root, child))) return path;
    const next = [...left].find((each) => isIssuer(each, child));
    // A root that is sent, and not trusted, is no part of it.
    if (!next || isSelfSigned(next)) return path;
    left.delete(next);
    path.push(next);
    last = next;
  }
}

const isRoot = ({ subject, issuer }: X509Certificate) => subject === issuer;

/** Also where its key usage does not allow to sign certificates, as that of a server's own seldom does. */
function isSelfSigned(certificate: X509Certificate): boolean {
  return isRoot(certificate) && certificate.verify(certificate.publicKey);
}

function isIssuer(issuer: X509Certificate, child: X509Certificate): boolean {
  // Compared first, since the rest costs a verification each.
  return issuer.subject === child.issuer && child.checkIssued(issuer) && child.verify(issuer.publicKey);
}

let cached: readonly X509Certificate[] | undefined;

function ofNode(): readonly X509Certificate[] {
  cached ??= getCACertificates('default').map((pem) => new X509Certificate(pem));
  return cached;
}

/** The certificates of a PEM text, at least one. Throws a {@link LookFailure} where they cannot be read. */
export function parseAuthorities(ca: string): X509Certificate[] {
  const pems = ca.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    if (pems.length > 0) return pems.map((pem) => new X509Certificate(pem));
  } catch (cause) {
    throw new LookFailure('not-allowed-here', 'ca is not a certificate', { cause });
  }
  throw new LookFailure('not-allowed-here', 'ca is not a certificate');
}
