import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { skipWithout, startUpsd, type Upsd } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from './servers.ts';

describe.skipIf(skipWithout('upsd', 'dummy-ups', 'certutil'))('STARTTLS with the real upsd', () => {
  let upsd: Upsd;
  let ca: string;
  beforeAll(async () => {
    upsd = await startUpsd({ ups: [{ name: 'rack', vars: { 'ups.status': 'OL' } }], tls: true });
    ca = await readFile(upsd.caFile ?? '', 'utf8');
  });
  afterAll(() => upsd.close());

  const options = (host = upsd.host) => ({
    host,
    port: upsd.port,
    username: upsd.user,
    password: upsd.password,
    tls: 'required' as const,
  });

  it.each(['127.0.0.1', 'localhost'])('secures the connection to %s before it logs in', async (host) => {
    await withClient({ ...options(host), ca }, async (client) => {
      expect(await Promise.all([client.getVar('rack', 'ups.status'), client.ver()])).toEqual([
        'OL',
        expect.stringContaining('upsd'),
      ]);
      await client.login('rack');
      expect(await client.listClients('rack')).toHaveLength(1);
    });
  });

  it('connects anew, secured again, when upsd came back', async () => {
    await withClient({ ...options(), ca }, async (client) => {
      await client.login('rack');
      await upsd.stop();
      await upsd.start();
      expect(await client.getVar('rack', 'ups.status')).toBe('OL');
      expect(await client.listClients('rack')).toEqual([]);
    });
  });

  it.each([
    ['another authority', () => rootCertificates[0]],
    ['the authorities of the system', () => undefined],
  ])('refuses a certificate that is not from %s', async (_whose, other) => {
    const wrong = other();
    await withClient({ ...options(), ...(wrong === undefined ? {} : { ca: wrong }) }, (client) =>
      expect(client.ver()).rejects.toMatchObject({
        name: 'NutTlsError',
        code: 'tls-failed',
        cause: { code: expect.stringMatching(/UNABLE_TO_VERIFY|SELF_SIGNED|UNABLE_TO_GET_ISSUER/) },
      }),
    );
  });

  it('refuses a certificate for another host', async () => {
    // The same loopback, by an address that the certificate does not have.
    await withClient({ ...options('::ffff:127.0.0.1'), ca }, (client) =>
      expect(client.ver()).rejects.toMatchObject({
        name: 'NutTlsError',
        cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      }),
    );
  });
});
