import { freePort, skipWithout, startUnbound, type Unbound } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookOnce } from './look-once.ts';

describe.skipIf(skipWithout('unbound'))('a DNS probe', () => {
  let unbound: Unbound;

  beforeAll(async () => {
    unbound = await startUnbound([
      'www.test. A 10.0.0.1',
      'www.test. A 10.0.0.2',
      'www.test. AAAA 2001:db8::1',
      'alias.test. CNAME www.test.',
      'test. MX 10 mail.test.',
      'test. NS ns.test.',
      'test. SOA ns.test. root.test. 1 2 3 4 5',
      'long.test. TXT "one " "two"',
      '_sip._udp.test. SRV 0 5 5060 sip.test.',
      '1.0.0.10.in-addr.arpa. PTR www.test.',
    ]);
  });
  afterAll(() => unbound.close());

  const ask = (name: string, type = 'A', expected?: string, deadline = '5s') =>
    lookOnce('dns', {
      server: '127.0.0.1',
      port: unbound.port,
      name,
      type: type as 'A',
      deadline,
      ...(expected !== undefined && { expect: expected }),
    });

  it.each([
    ['www.test', 'A', undefined],
    ['www.test', 'A', '10.0.0.2'],
    ['WWW.test.', 'AAAA', '2001:DB8:0:0::1'],
    ['alias.test', 'CNAME', 'WWW.test.'],
    ['test', 'MX', '10 mail.test'],
    ['test', 'NS', 'ns.test'],
    ['test', 'SOA', 'ns.test'],
    ['long.test', 'TXT', 'one two'],
    ['_sip._udp.test', 'SRV', '0 5 5060 sip.test'],
    ['1.0.0.10.in-addr.arpa', 'PTR', 'www.test'],
  ])('is up with %s %s %s', async (name, type, expected) => {
    expect(await ask(name, type, expected)).toEqual({
      outcome: 'up',
      latencyMs: expect.any(Number),
      answered: false,
    });
  });

  it.each([
    ['nowhere.test', 'A', undefined, 'wrong-answer', 'NXDOMAIN'],
    ['www.test', 'MX', undefined, 'wrong-answer', 'no record'],
    ['www.test', 'A', '10.0.0.3', 'wrong-answer', 'another A record than expected'],
    ['long.test', 'TXT', 'ONE TWO', 'wrong-answer', 'another TXT record than expected'],
    ['a.refused', 'A', undefined, 'refused', 'REFUSED'],
    ['a.servfail', 'A', undefined, 'wrong-answer', 'SERVFAIL'],
  ])('is down with %s %s %s', async (name, type, expected, reason, detail) => {
    expect(await ask(name, type, expected)).toEqual({ outcome: 'down', reason, detail, answered: false });
  });

  it('is down in silence, at its own deadline', async () => {
    const ended: unknown[] = [];
    const asking = ['2s', '300ms'].map(async (deadline) => {
      ended.push(await ask('a.silent', 'A', undefined, deadline));
    });
    await Promise.all(asking);
    const down = { outcome: 'down', reason: 'no-answer' };
    expect(ended).toMatchObject([
      { ...down, detail: 'no answer within 300ms' },
      { ...down, detail: 'no answer within 2s' },
    ]);
  });

  it('is refused where nothing listens', async () => {
    const port = await freePort();
    const look = await lookOnce('dns', { server: '127.0.0.1', port, name: 'www.test', type: 'A' });
    expect(look).toMatchObject({ outcome: 'down', reason: 'refused' });
  });
});
