import { writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@huismeester/clock';
import {
  freePort,
  type Signed,
  sign,
  skipWithout,
  startCaddy,
  type TempDir,
  tempDir,
} from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bareApp } from '../src/http/bare-app.ts';
import { createLogger, refusePlainPassword } from '../src/index.ts';
import { createListeners } from '../src/listeners/listeners.ts';
import { ask } from './sample/ask.ts';

const logger = createLogger({ level: 'silent' });
const opened: { close(): Promise<unknown> }[] = [];
/** An address of this machine that is not loopback: over it one comes as from another machine. */
const outside = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
const forged = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '127.0.0.1' };
let authority: Signed;
let certificate: Signed;
let dir: TempDir;

beforeAll(async () => {
  dir = await tempDir('plain');
  authority = await sign({ name: 'ca', authority: true });
  certificate = await sign({ name: 'h', by: authority, names: ['127.0.0.1', ...(outside ? [outside] : [])] });
});
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each.close();
});
afterAll(() => dir.remove());

/** A login behind our own listeners; the URL of it, and the local socket. */
async function serve(host: string, { tls = false } = {}) {
  const app = bareApp(logger);
  app.post('/login', async (asked) => {
    refusePlainPassword(asked, { http: { acceptPlainPasswords: false } });
    return {};
  });
  await app.ready();
  const socket = join(dir.path, 'h.sock');
  const listeners = createListeners(
    { host, port: 0, socket, setting: 'http', ...(tls && { tls: certificate }) },
    (asked, answer) => app.routing(asked, answer),
    { clock: systemClock, logger },
  );
  opened.push(app, listeners);
  return { url: `${await listeners.open()}/login`, socket };
}

const status = async (url: string, question: Parameters<typeof ask>[1] = {}) =>
  (await ask(url, { method: 'POST', ...question })).status;

function statusOverTls(url: string, headers = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', ca: authority.cert, headers, agent: false };
    request(url, options, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    })
      .on('error', reject)
      .end();
  });
}

test.each(['127.0.0.1', '::1'])('a password comes by %s, and by the local socket', async (host) => {
  const { url, socket } = await serve(host);
  expect(await status(url)).toBe(200);
  expect(await status('http://local/login', { socket })).toBe(200);
});

test.skipIf(outside === undefined)(
  'one of another machine is refused, whatever its headers say',
  async () => {
    const { url } = await serve('0.0.0.0');
    const there = url.replace('127.0.0.1', outside ?? '');
    expect(await status(there)).toBe(403);
    expect(await status(there, { headers: forged })).toBe(403);
  },
);

test.skipIf(outside === undefined)('our own TLS is safe from everywhere', async () => {
  const { url } = await serve('0.0.0.0', { tls: true });
  const there = url.replace('127.0.0.1', outside ?? '');
  expect(await statusOverTls(there)).toBe(200);
  // Who says that of oneself loses nothing by it.
  expect(await statusOverTls(there, { 'x-forwarded-proto': 'http' })).toBe(200);
});

test.skipIf(skipWithout('caddy'))('a real proxy says how one came, whatever one says oneself', async () => {
  const { url } = await serve('127.0.0.1');
  const [plain, secure] = [await freePort(), await freePort()];
  // All here are on this machine: who came to the proxy is made to look like somebody elsewhere. How, is Caddy's own word.
  const proxy = `reverse_proxy ${new URL(url).host} {\n header_up X-Forwarded-For 192.0.2.7\n }`;
  const files = { crt: join(dir.path, 'p.crt'), key: join(dir.path, 'p.key') };
  await Promise.all([writeFile(files.crt, certificate.cert), writeFile(files.key, certificate.key)]);
  const caddyfile = `{
 admin off
 auto_https disable_redirects
 default_sni 127.0.0.1
 skip_install_trust
}
http://127.0.0.1:${plain} {
 ${proxy}
}
https://127.0.0.1:${secure} {
 tls ${files.crt} ${files.key}
 ${proxy}
}
`;
  opened.push(await startCaddy({ caddyfile, port: secure }));
  expect(await statusOverTls(`https://127.0.0.1:${secure}/login`)).toBe(200);
  expect(await statusOverTls(`https://127.0.0.1:${secure}/login`, { 'x-forwarded-proto': 'http' })).toBe(200);
  expect(await status(`http://127.0.0.1:${plain}/login`)).toBe(403);
  expect(await status(`http://127.0.0.1:${plain}/login`, { headers: forged })).toBe(403);
});
