import { once } from 'node:events';
import { rename, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { type Clock, systemClock } from '@huismeester/clock';
import { collectLines, type Signed, sign, type TempDir, tempDir, waitFor } from '@huismeester/testkit';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLogger, loadSettings } from '../src/index.ts';
import { createListeners, type Listeners } from '../src/listeners/listeners.ts';
import { ask } from './sample/ask.ts';

let authority: Signed;
let other: Signed;
let dir: TempDir;
let listeners: Listeners | undefined;
let log: ReturnType<typeof collectLines>;

beforeAll(async () => {
  authority = await sign({ name: 'ca', authority: true });
  other = await sign({ name: 'other', by: authority });
});
beforeEach(async () => {
  dir = await tempDir('tls');
  log = collectLines();
});
afterEach(async () => {
  await listeners?.close();
  listeners = undefined;
  await dir.remove();
});

const at = (name: string) => join(dir.path, name);
const certificate = (name: string, days?: [number, number]) =>
  sign({ name, by: authority, ...(days && { days }) });

let looks = 0;
/** Files are looked at every 10 ms, be the pause a minute or, after what is not right, five seconds. */
const quick: Clock = {
  ...systemClock,
  after: (ms, run, options) => {
    looks += 1;
    return systemClock.after(Math.min(10, ms), run, options);
  },
};

/** As programs that renew do: nobody sees half of a file. */
async function replace(name: string, text: string) {
  await writeFile(at(`new-${name}`), text);
  await rename(at(`new-${name}`), at(name));
}

async function writePair({ cert, key }: Pick<Signed, 'cert' | 'key'>) {
  await replace('h.crt', `${cert}${authority.cert}`);
  await replace('h.key', key);
}

/** Listens with what is in the files, as settings name them; answers the URL. */
async function serve(): Promise<string> {
  const text = `site: { id: a, name: A }
http: { port: 0, socket: ${at('h.sock')}, tls: { cert: { file: h.crt }, key: { file: h.key } } }
broker: { embedded: {} }
database: { url: postgres://h/h }
`;
  await writeFile(at('space.yaml'), text);
  const settings = await loadSettings(at('space.yaml'));
  const logger = createLogger({ level: 'info', destination: log.stream });
  listeners = createListeners({ ...settings.http, setting: 'http' }, (_, response) => response.end('hello'), {
    clock: quick,
    logger,
  });
  return await listeners.open();
}

/** Who answers there, by the certificate that it shows. */
async function shownBy(url: string, options: ConnectionOptions = {}): Promise<string> {
  const socket = await connected(url, options);
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return String(subject.CN);
}

async function connected(url: string, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({
    host: '127.0.0.1',
    port: Number(new URL(url).port),
    ca: authority.cert,
    ...options,
  });
  await once(socket, 'secureConnect');
  return socket;
}

function askOver(socket: TLSSocket): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { connection: 'keep-alive' };
    request('https://127.0.0.1/', { createConnection: () => socket, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    })
      .on('error', reject)
      .end();
  });
}

const warnings = () => log.lines().filter(({ level }) => level === 40 || level === 'warn');

test('answers HTTPS of TLS 1.2 and newer, and the local socket as ever', async () => {
  await writePair(await certificate('one'));
  const url = await serve();
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    expect(await shownBy(url, { minVersion: version, maxVersion: version })).toBe('one');
  }
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
  await expect(shownBy(url, old)).rejects.toThrow(/protocol version|ALERT/i);
  const socket = await connected(url);
  expect(await askOver(socket)).toBe(200);
  socket.destroy();
  expect((await ask('http://local/', { socket: at('h.sock') })).body).toBe('hello');
  expect(listeners?.parts()).toEqual([{ name: 'certificate', essential: false, ready: true }]);
});

test('who speaks plain HTTP gets no answer, and nobody else is disturbed', async () => {
  await writePair(await certificate('one'));
  const url = await serve();
  await expect(ask(url.replace('https', 'http'))).rejects.toThrow();
  expect(await shownBy(url)).toBe('one');
});

test('who connects and says nothing does not hold up the end for long', async () => {
  await writePair(await certificate('one'));
  const silent = connectPlain(Number(new URL(await serve()).port), '127.0.0.1');
  const closed = once(silent, 'close');
  silent.on('error', () => {});
  await once(silent, 'connect');
  const began = performance.now();
  await listeners?.close();
  await closed;
  // What is open longest, an answer that nobody reads, is given 5 s.
  expect(performance.now() - began).toBeLessThan(4_000);
});

test('a renewed certificate is shown without a restart; connections stay', async () => {
  await writePair(await certificate('one'));
  const url = await serve();
  const before = await connected(url);
  await writePair(await certificate('two'));
  await waitFor('the new one is shown', async () => (await shownBy(url)) === 'two');
  expect(await askOver(before)).toBe(200);
  before.destroy();
  expect(log.text()).toContain('renewed certificate is taken');
});

test.each<[string, (next: Signed) => Promise<unknown>, string]>([
  ['half a file', ({ cert }) => replace('h.crt', cert.slice(0, 200)), 'cert is no certificate in PEM'],
  ['an empty file', () => replace('h.key', ''), 'key is no private key in PEM'],
  ['a new certificate without its key', ({ cert }) => replace('h.crt', cert), 'key is not that of cert'],
  ['another’s key', () => replace('h.key', other.key), 'key is not that of cert'],
  ['a file that is gone', () => rm(at('h.key')), 'h.key cannot be read (ENOENT)'],
])('%s keeps the certificate, is said once, and is mended by the whole', async (_, spoil, said) => {
  await writePair(await certificate('one'));
  const url = await serve();
  const next = await certificate('two');
  await spoil(next);
  const part = () => listeners?.parts()[0];
  await waitFor('it is noticed', () => part()?.ready === false);
  expect(part()).toMatchObject({ essential: false, detail: expect.stringContaining(said) });
  expect(await shownBy(url)).toBe('one');
  const seen = looks;
  await waitFor('it is looked at again', () => looks > seen + 3);
  expect(warnings()).toMatchObject([{ setting: 'http.tls', reason: expect.stringContaining(said) }]);
  await writePair(next);
  await waitFor('the whole is taken', async () => (await shownBy(url)) === 'two');
  expect(part()).toEqual({ name: 'certificate', essential: false, ready: true });
  expect(log.text()).not.toMatch(/PRIVATE KEY|BEGIN/);
});

test.each([
  [10, true, /^http\.tls: the certificate ends in (9|10) days, on \d{4}-\d\d-\d\d; renew it/],
  [-0.5, false, /^http\.tls: the certificate ended on \d{4}-\d\d-\d\d: clients refuse it; renew it/],
])('a certificate with %d days left is said in time', async (days, ready, said) => {
  await writePair(await certificate('one', [-80, days]));
  const url = await serve();
  expect(listeners?.parts()).toMatchObject([
    { essential: false, ready, detail: expect.stringMatching(said) },
  ]);
  await writePair(await certificate('two'));
  await waitFor('it was renewed', async () => (await shownBy(url)) === 'two');
  expect(listeners?.parts()).toEqual([{ name: 'certificate', essential: false, ready: true }]);
});

test('it does not start with a pair that does not fit, and says what to do', async () => {
  await writePair({ cert: (await certificate('one')).cert, key: other.key });
  await expect(serve()).rejects.toMatchObject({
    code: 'cannot-listen',
    message: expect.stringMatching(/^http\.tls: key is not that of cert; give the key with which/),
  });
});
