import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** A certificate that signs itself, as every new Proxmox node has one. */
export interface Certificate {
  /** PEM; it is its own CA. */
  readonly cert: string;
  readonly key: string;
  /** SHA-256, as Proxmox shows it: `AA:BB:…` */
  readonly fingerprint: string;
}

export async function createCertificate(names: readonly string[]): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: names[0] ?? 'pve' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
          ...['localhost', ...names].map((value) => ({ type: 2, value }) as const),
        ],
      },
    ],
  });
  const { fingerprint256 } = new X509Certificate(made.cert);
  return { cert: made.cert, key: made.private, fingerprint: fingerprint256 };
}
