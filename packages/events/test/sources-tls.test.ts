import { createServer as createPlain, type RequestListener, type Server } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Signed, type SignOptions, sign } from '@huismeester/testkit';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { httpSource } from '../src/index.ts';

const page = { epoch: '0193a5c2-7b1e-4c3a-9f00-5d1f6a2b3c4d', head: 7, events: [] };
const answer: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
};
let authority: Signed;
let server: Server | undefined;

beforeAll(async () => {
  authority = await sign({ name: 'ca', authority: true });
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const authorityOf = (name: string) => sign({ name, authority: true });

/** A source at a service with such a certificate; one without TLS if there is none. */
async function sourceAt(certificate: Partial<SignOptions> | undefined, ca: string | undefined) {
  const pair = certificate && (await sign({ name: 'service', by: authority, ...certificate }));
  const listening: Server = pair
    ? createServer({ cert: pair.cert, key: pair.key }, answer)
    : createPlain(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  const url = `https://127.0.0.1:${port}`;
  return httpSource({ service: 'policy', url, secret: 'hush', ca, onWake: () => () => undefined });
}

test('a service with a certificate of the authority in settings is read', async () => {
  const source = await sourceAt({}, authority.cert);
  expect(await source.read({ after: 0, limit: 1 })).toEqual(page);
  expect(await source.read({ after: 7, limit: 1 })).toEqual(page);
});

const give = 'of an authority that is not known here; give services.policy.ca that authority’s';
const renew = 'renew http.tls there, with the name that stands in services.policy.url';

test.each<[string, Partial<SignOptions> | undefined, (() => Promise<Signed>) | undefined, string]>([
  ['an authority that is not in settings', {}, undefined, give],
  ['another authority than in settings', {}, () => authorityOf('other'), give],
  ['another name', { names: ['elsewhere'] }, async () => authority, `for another name; ${renew}`],
  ['a certificate that has ended', { days: [-9, -1] }, async () => authority, `ended; ${renew}`],
  ['no TLS', undefined, async () => authority, 'no TLS there; start it, or correct services.policy.url'],
])('%s: it is not read, the secret not sent, and what to do is said', async (_, certificate, ca, said) => {
  const source = await sourceAt(certificate, (await ca?.())?.cert);
  let asked = 0;
  server?.on('request', () => {
    asked += 1;
  });
  await expect(source.read({ after: 0, limit: 1 })).rejects.toMatchObject({
    code: 'source-failed',
    message: expect.stringContaining(said),
  });
  expect(asked).toBe(0);
});
