import { describe, expect, it } from 'vitest';
import { broker } from './cross-broker.ts';

const ca = '-----BEGIN CERTIFICATE-----';

describe('the settings of a broker', () => {
  it.each([
    ['one server', { url: 'mqtts://a', ca }],
    ['several', { url: ['mqtts://a', 'mqtts://b'], ca, jetstream: { url: ['tls://a', 'tls://b'], ca } }],
    ['several in the clear', { url: ['mqtt://a', 'mqtt://b'] }],
    ['an embedded one', { embedded: { readers: [{ username: 'light' }] } }],
  ])('may be %s', (_what, given) => expect(broker(given)).toEqual([]));

  it.each([
    [
      'a ca without TLS',
      { url: 'mqtt://a', ca },
      { path: ['broker', 'url'], found: 'mqtt:// with a ca', allowed: 'mqtts://, or no ca' },
    ],
    [
      'one server in the clear beside one with TLS',
      { url: ['mqtts://a', 'mqtt://b'] },
      { path: ['broker', 'url'], found: 'mqtt:// and mqtts://', allowed: 'one of them for all servers' },
    ],
    [
      'the same in JetStream’s',
      { url: 'mqtts://a', jetstream: { url: ['nats://a', 'nats://b'], ca } },
      { path: ['broker', 'jetstream', 'url'], found: 'nats:// with a ca', allowed: 'tls://, or no ca' },
    ],
  ])('refuse %s', (_what, given, problem) => expect(broker(given)).toEqual([problem]));
});
