import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookOnce } from './look-once.ts';

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
