import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { freePort, type Mosquitto, sign, skipWithout, startLink, startMosquitto } from '@huismeester/testkit';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookOnce } from './look-once.ts';

describe.skipIf(skipWithout('mosquitto'))('an MQTT probe', () => {
  let broker: Mosquitto;
  let secured: Mosquitto;

  beforeAll(async () => {
    [broker, secured] = await Promise.all([
      startMosquitto({
        configure: ({ host, port, dir }) => ({
          conf: `listener ${port} ${host}\npassword_file ${dir}/passwords\nacl_file ${dir}/acl\nset_tcp_nodelay true\n`,
          acl: 'user good\ntopic readwrite probe/#\nuser silent\ntopic read probe/#\n',
        }),
        passwords: { good: 'right', silent: 'right' },
      }),
      startMosquitto({ open: true, tls: true }),
    ]);
  });
  afterAll(() => Promise.all([broker.close(), secured.close()]));

  const look = (rest: {
    url?: string;
    username?: string;
    password?: string;
    deadline?: string;
    ca?: string;
  }) => lookOnce('mqtt', { url: broker.url, topic: 'probe/huismeester', certificate: 'fail', ...rest });
  const good = { username: 'good', password: 'right' };

  it('is up when a message comes back', async () => {
    const up = { outcome: 'up', latencyMs: expect.any(Number), answered: false };
    expect(await Promise.all([look(good), look(good)])).toEqual([up, up]);
  });

  it.each([
    ['a wrong password', { ...good, password: 'wrong' }],
    ['no login', {}],
  ])('is down with %s', async (_, rest) => {
    expect(await look(rest)).toEqual({
      outcome: 'down',
      reason: 'wrong-secret',
      detail: 'CONNACK 5',
      answered: false,
    });
  });

  it('does not take the message of another for its own', async () => {
    const { username, password } = good;
    const other = await connectAsync(broker.url, { username, password });
    // Kept by the broker, so that it comes with the subscription.
    await other.publishAsync('probe/huismeester', 'of another', { qos: 1, retain: true });
    await other.endAsync();
    expect(await look({ username: 'silent', password, deadline: '1s' })).toMatchObject({
      outcome: 'down',
    });
    expect(await look(good)).toMatchObject({ outcome: 'up' });
  });

  it('is down without the right to send', async () => {
    expect(await look({ username: 'silent', password: 'right', deadline: '1s' })).toMatchObject({
      outcome: 'down',
      reason: 'wrong-answer',
      detail: 'message not returned',
    });
  });

  it.each([
    // CONNACK, then a SUBACK that has the identifier of the SUBSCRIBE in the place of the zeros.
    ['may not subscribe', 'wrong-secret', '9003000080'],
    ['not MQTT', 'wrong-answer', '900400000101'],
    ['closed after SUBSCRIBE', 'no-answer', ''],
  ])('is down when a subscription is not granted: %s', async (detail, reason, suback) => {
    const refusing = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write(Buffer.from('20020000', 'hex')));
      socket.on('data', (packet) => {
        if (packet[0] !== 0x82) return;
        if (suback === '') socket.end();
        const answer = Buffer.from(suback, 'hex');
        packet.copy(answer, 2, 2, 4);
        if (answer.length > 0) socket.write(answer);
      });
    });
    refusing.listen(0, '127.0.0.1');
    await once(refusing, 'listening');
    const url = `mqtt://127.0.0.1:${(refusing.address() as AddressInfo).port}`;
    expect(await look({ url })).toMatchObject({ outcome: 'down', reason, detail });
    refusing.close();
  });

  it('does not look with settings that cannot be used', async () => {
    expect(await look({ password: 'right' })).toMatchObject({
      outcome: 'unknown',
      reason: 'not-allowed-here',
      detail: 'password without a username',
    });
  });

  it('judges the certificate before it sends a password', async () => {
    const { ca = '' } = secured;
    expect(await look({ ...good, url: secured.url, ca })).toMatchObject({ outcome: 'up' });
    const other = await sign({ name: 'Other', authority: true });
    expect(await look({ ...good, url: secured.url, ca: other.cert })).toMatchObject({
      reason: 'certificate',
    });
  });

  it('is down without a broker, with another protocol, in silence and when cut', async () => {
    const ssh = createServer((socket) =>
      socket.on('error', () => undefined).write('SSH-2.0-OpenSSH_9.2\r\n'),
    );
    ssh.listen(0, '127.0.0.1');
    await once(ssh, 'listening');
    const link = await startLink(broker.port);
    const at = (port: number, deadline = '5s') =>
      look({ ...good, url: `mqtt://127.0.0.1:${port}`, deadline });
    expect(await at(await freePort())).toMatchObject({ reason: 'refused' });
    expect(await at((ssh.address() as AddressInfo).port)).toMatchObject({
      reason: 'wrong-answer',
      detail: 'not MQTT',
    });
    link.weather({ kind: 'silent' });
    expect(await at(link.port, '300ms')).toMatchObject({
      reason: 'no-answer',
      detail: 'no answer within 300ms',
    });
    link.weather({ kind: 'cut' });
    expect(await at(link.port)).toMatchObject({ reason: 'no-answer' });
    await link.close();
    ssh.close();
  });
});
