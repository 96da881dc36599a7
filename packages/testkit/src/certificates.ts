import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** Where the certificates of one test's servers are: PEM files in a folder. */
export interface Certificates {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** An authority of a test's own. */
export interface Authority {
  /** Its certificate, PEM: what a client is to trust. */
  readonly ca: string;
  /**
   * Writes ca.crt, and server.crt and server.key for 127.0.0.1, ::1 and localhost, into a new folder. A server may show
   * the certificate to another server too, as those of NATS do.
   */
  issue(dir: string): Promise<Certificates>;
}

const common = { keyType: 'ec', algorithm: 'sha256' } as const;

export async function createAuthority(): Promise<Authority> {
  const { cert: ca, private: key } = await generate([{ name: 'commonName', value: 'Testkit' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true },
    ],
  });
  return {
    ca,
    async issue(dir) {
      const server = await certify({ key, cert: ca });
      await mkdir(dir);
      const write = async (name: string, pem: string) => {
        const file = join(dir, name);
        await writeFile(file, pem, { mode: 0o600 });
        return file;
      };
      return {
        caFile: await write('ca.crt', ca),
        certFile: await write('server.crt', server.cert),
        keyFile: await write('server.key', server.private),
      };
    },
  };
}

function certify(authority: { key: string; cert: string }) {
  return generate([{ name: 'commonName', value: 'localhost' }], {
    ...common,
    ca: authority,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
}
