import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityInfoAccessExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate with its key, which may be shared with another one: that is what cross-signing is. */
export interface Signed {
  readonly name: string;
  readonly cert: string;
  /** PEM (PKCS #8), as a server's configuration wants it. */
  readonly key: string;
  readonly keys: webcrypto.CryptoKeyPair;
}

export interface SignOptions {
  readonly name: string;
  /** Itself if left out. */
  readonly by?: Signed;
  /** An authority, or else a server's certificate for `names`. */
  readonly authority?: boolean;
  /** Host names and IP addresses; localhost, 127.0.0.1 and ::1 if left out. */
  readonly names?: readonly string[];
  /** Days from now; from -1 to 90 if left out. */
  readonly days?: readonly [from: number, to: number];
  /** That of another certificate, to have the same subject signed twice. */
  readonly keys?: webcrypto.CryptoKeyPair;
  /** Writes where the issuer's certificate is to be had, as public authorities do (RFC 5280, 4.2.2.1). */
  readonly caIssuers?: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;

/** Signs a certificate of any kind of chain, also one that no authority would: expired, or not valid yet. */
export async function sign(options: SignOptions): Promise<Signed> {
  cryptoProvider.set(webcrypto);
  const { name, by, days = [-1, 90] } = options;
  const keys = options.keys ?? (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']));
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  const certificate = await X509CertificateGenerator.create({
    serialNumber: `01${randomBytes(8).toString('hex')}`,
    subject: `CN=${name}`,
    issuer: `CN=${by?.name ?? name}`,
    notBefore: new Date(now + days[0] * dayMs),
    notAfter: new Date(now + days[1] * dayMs),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: (by?.keys ?? keys).privateKey,
    extensions: extensionsOf(options),
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  const exported = createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' });
  return {
    name,
    cert: `${certificate.toString('pem')}\n`,
    key: exported.export({ type: 'pkcs8', format: 'pem' }).toString(),
    keys,
  };
}

function extensionsOf({
  authority = false,
  caIssuers,
  names = ['localhost', '127.0.0.1', '::1'],
}: SignOptions) {
  const usage = authority ? KeyUsageFlags.keyCertSign : KeyUsageFlags.digitalSignature;
  const alternative = names.map((value) => ({
    type: /^[\d.]+$|:/.test(value) ? ('ip' as const) : ('dns' as const),
    value,
  }));
  return [
    new BasicConstraintsExtension(authority, undefined, true),
    new KeyUsagesExtension(usage, true),
    ...(authority ? [] : [new SubjectAlternativeNameExtension(alternative)]),
    ...(caIssuers === undefined ? [] : [new AuthorityInfoAccessExtension({ caIssuers })]),
  ];
}
