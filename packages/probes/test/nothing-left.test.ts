import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { promisify } from 'node:util';
import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookOnce } from './look-once.ts';

const run = promisify(execFile);
const deadline = '100ms';
const forLdap = {
  startTls: false,
  certificate: 'fail',
  base: 'dc=space',
  filter: '(a=*)',
  deadline,
} as const;
const forHttp = { status: [200], certificate: 'fail' as const, contains: 'x', deadline };
const forMqtt = { topic: 'probe', certificate: 'fail', deadline } as const;

/** What a server that is out of order sends as soon as one connects, or once it was asked. */
const answers: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['garbage', 'ffffffffffffffffffffff'],
  ['a message of LDAP that is no answer', '300c02010165070a010004000400'],
  ['half a message of LDAP', '3084000000'],
  ['a bind response of another message', '300c02016361070a010004000400'],
  ['CONNACK and nothing else', '20020000'],
  ['CONNACK and a bad SUBACK', '200200009000'],
  ['half a head of HTTP', Buffer.from('HTTP/1.1 200 OK\r\n').toString('hex')],
  ['a page that does not end', Buffer.from('HTTP/1.1 200 OK\r\n\r\nabc').toString('hex')],
  ['a TLS alert', '15030300020228'],
  ['half a TLS record', '1603030031'],
];

/** Looks that nothing answers, each with a deadline far away, which are stopped. */
const stopped = `
  import { createSocket } from 'node:dgram';
  import { once } from 'node:events';
  import { createServer } from 'node:net';
  import { createProbe } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
  import { systemClock } from '@huismeester/clock';
  const host = '127.0.0.1';
  const server = createServer(() => undefined).unref().listen(0, host);
  const socket = createSocket('udp4').unref().bind(0, host);
  await Promise.all([once(server, 'listening'), once(socket, 'listening')]);
  const tcp = host + ':' + server.address().port;
  const udp = socket.address().port;
  const ldap = { kind: 'ldap', certificate: 'fail', base: 'dc=space', filter: '(a=*)' };
  const looks = [
    { kind: 'http', url: 'http://' + tcp, status: [200], certificate: 'fail' },
    { kind: 'http', url: 'https://' + tcp, status: [200], certificate: 'fail' },
    { ...ldap, url: 'ldap://' + tcp },
    { ...ldap, url: 'ldap://' + tcp, startTls: true },
    { kind: 'mqtt', url: 'mqtt://' + tcp, topic: 'a', certificate: 'fail' },
    { kind: 'dns', server: host, port: udp, name: 'space', type: 'A' },
    { kind: 'radius', host, port: udp, secret: 'a', user: 'b', password: 'c', expect: 'any' },
    { kind: 'ping', host: '192.0.2.234' },
    { kind: 'command', command: ['/bin/sleep', '600'] },
  ].map((each) => {
    const stop = new AbortController();
    systemClock.after(200, () => stop.abort());
    return createProbe({ ...each, deadline: '600s' }, { clock: systemClock })(stop.signal);
  });
  console.log(JSON.stringify(await Promise.all(looks)));`;

describe('a process that looks', () => {
  it('ends by itself after its looks were stopped', async () => {
    const args = ['--input-type=module', '-e', stopped];
    const { stdout } = await run(process.execPath, args, { cwd: import.meta.dirname, timeout: 20_000 });
    const looks = JSON.parse(stdout) as unknown[];
    expect(looks).toHaveLength(9);
    for (const look of looks)
      expect(look).toEqual({ outcome: 'unknown', detail: 'stopped', answered: false });
  });
});

describe('a server that is out of order', () => {
  let server: Server;
  let port: number;
  let answer = Buffer.alloc(0);
  let behaviour: 'waits' | 'ends' | 'resets';

  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (answer.length > 0) socket.write(answer);
      if (behaviour === 'ends') socket.end();
      if (behaviour === 'resets') socket.resetAndDestroy();
      socket.resume();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
  });

  const connections = () =>
    new Promise<number>((resolve, reject) => {
      server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;

  it.each(answers)('is down, and nothing of the look is left: %s', async (_, hex) => {
    answer = Buffer.from(hex, 'hex');
    const before = timers();
    for (behaviour of ['waits', 'ends', 'resets'] as const) {
      const at = `127.0.0.1:${port}`;
      const looks = await Promise.all([
        lookOnce('http', { url: `http://${at}/`, ...forHttp }),
        lookOnce('http', { url: `https://${at}/`, ...forHttp }),
        lookOnce('ldap', { url: `ldap://${at}`, ...forLdap }),
        lookOnce('ldap', { url: `ldap://${at}`, ...forLdap, startTls: true }),
        lookOnce('ldap', { url: `ldaps://${at}`, ...forLdap, bindDn: 'cn=a', password: 'b' }),
        lookOnce('mqtt', { url: `mqtt://${at}`, ...forMqtt }),
        lookOnce('mqtt', { url: `mqtts://${at}`, ...forMqtt }),
      ]);
      for (const look of looks) {
        expect(look).toMatchObject({ outcome: 'down', answered: false });
        expect(look.detail?.length).toBeLessThan(80);
      }
    }
    await waitFor('every connection is closed', async () => (await connections()) === 0);
    await waitFor('no timer is left', () => timers() <= before + 1);
  });
});
