import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { type Nginx, skipWithout, startLink, startNginx } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bothLoopbacks, lookOnce, withoutIpv6 } from './look-once.ts';

const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;

type Page = 'plain' | 'both';

describe.skipIf(skipWithout('nginx'))('an HTTP probe', () => {
  let nginx: Nginx<Page>;
  let ssh: Server;
  let sshPort: number;

  beforeAll(async () => {
    nginx = await startNginx<Page>({
      plain: {
        directives: `
          location / { return 200 "hello, $http_user_agent on $http_host"; }
          location /moved { return 301 /; }
          location /broken { return 503 "$request_uri"; }
          location /login { return 200 "$http_authorization"; }`,
      },
      both: {},
    });
    ssh = createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.2\r\n'));
    ssh.listen(0, '127.0.0.1');
    await once(ssh, 'listening');
    sshPort = (ssh.address() as AddressInfo).port;
  });
  afterAll(async () => {
    ssh.close();
    await nginx.close();
  });

  const get = (path: string, rest: { contains?: string; status?: number[]; deadline?: string } = {}) =>
    lookOnce('http', {
      url: `http://127.0.0.1:${nginx.ports.plain}${path}`,
      status: [200],
      certificate: 'fail',
      ...rest,
    });

  it('is up with the right status and text', async () => {
    const contains = `huismeester-probe on 127.0.0.1:${nginx.ports.plain}`;
    expect(await get('/', { contains })).toEqual({
      outcome: 'up',
      detail: '200',
      latencyMs: expect.any(Number),
      answered: false,
    });
    expect(await get('/broken?a=1', { status: [200, 503], contains: '/broken?a=1' })).toMatchObject({
      outcome: 'up',
    });
  });

  it.each([
    ['not a URL', { url: 'https://' }],
    ['ca is not a certificate', { url: 'https://127.0.0.1/', ca: '-----BEGIN CERTIFICATE-----\nAAAA' }],
    ['ca is not a certificate', { url: 'https://127.0.0.1/', ca: pem('AAAA') }],
  ])('does not look with settings that cannot be used: %s', async (detail, rest) => {
    const look = await lookOnce('http', { status: [200], certificate: 'fail', ...rest });
    expect(look).toEqual({ outcome: 'unknown', reason: 'not-allowed-here', detail, answered: false });
  });

  it('logs in as the address says', async () => {
    const url = `http://user:pass@127.0.0.1:${nginx.ports.plain}/login`;
    const contains = `Basic ${Buffer.from('user:pass').toString('base64')}`;
    const look = await lookOnce('http', { url, status: [200], contains, certificate: 'fail' });
    expect(look).toMatchObject({ outcome: 'up' });
  });

  it.each([
    ['/broken', {}, '503'],
    ['/moved', {}, '301'],
    ['/', { contains: 'goodbye' }, 'text not found'],
  ])('is down with another status or text: %s', async (path, rest, detail) => {
    expect(await get(path, rest)).toEqual({
      outcome: 'down',
      reason: 'wrong-answer',
      detail,
      answered: false,
    });
  });

  it('is unknown where the login cannot be read', async () => {
    const url = `http://u:50%@127.0.0.1:${nginx.ports.plain}/`;
    const look = await lookOnce('http', { url, status: [200], certificate: 'fail' });
    expect(look).toMatchObject({ outcome: 'unknown', reason: 'not-allowed-here' });
    expect(look.detail).not.toContain('50');
  });

  it('is down with another protocol', async () => {
    const url = `http://127.0.0.1:${sshPort}/`;
    const look = await lookOnce('http', { url, status: [200], certificate: 'fail' });
    expect(look).toMatchObject({
      outcome: 'down',
      reason: 'wrong-answer',
      detail: expect.stringContaining('not HTTP'),
    });
    const secured = await lookOnce('http', {
      url: `https://127.0.0.1:${sshPort}/`,
      status: [200],
      certificate: 'fail',
    });
    expect(secured).toMatchObject({
      outcome: 'down',
      reason: 'wrong-answer',
      detail: 'ERR_SSL_WRONG_VERSION_NUMBER',
    });
  });

  it('is down in silence and when the connection is cut', async () => {
    const link = await startLink(nginx.ports.plain);
    const url = `http://127.0.0.1:${link.port}/`;
    const look = () => lookOnce('http', { url, status: [200], certificate: 'fail', deadline: '300ms' });
    link.weather({ kind: 'silent' });
    expect(await look()).toMatchObject({
      outcome: 'down',
      reason: 'no-answer',
      detail: 'no answer within 300ms',
    });
    link.weather({ kind: 'cut' });
    expect(await look()).toMatchObject({ outcome: 'down', reason: 'no-answer' });
    await link.close();
  });

  it.skipIf(withoutIpv6)('is degraded where one of two families fails', async () => {
    const url = `http://web.test:${nginx.ports.both}/`;
    const look = await lookOnce(
      'http',
      { url, status: [200], certificate: 'fail' },
      { resolveName: bothLoopbacks },
    );
    expect(look).toMatchObject({ outcome: 'degraded', defect: 'one-family', detail: 'IPv6: ECONNREFUSED' });
  });

  it('reads a page no further than its first MB, and finds a text across packets', async () => {
    const filler = 'x'.repeat(600_000);
    const page = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(`HTTP/1.1 200 OK\r\n\r\n${filler}need`);
      // The rest of the text comes in a packet of its own.
      setImmediate(() => socket.write(`le${filler}late`));
    });
    page.listen(0, '127.0.0.1');
    await once(page, 'listening');
    const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}/`;
    const look = (contains: string) =>
      lookOnce('http', { url, status: [200], contains, certificate: 'fail' });
    expect(await look('needle')).toMatchObject({ outcome: 'up' });
    expect(await look('late')).toMatchObject({ outcome: 'down', detail: 'text not found' });
    page.close();
  });
});
