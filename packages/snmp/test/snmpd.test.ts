import { systemClock } from '@huismeester/clock';
import { type Snmpd, skipWithout, startSnmpd } from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSnmpClient, type SnmpClient, type SnmpCredentials } from '../src/index.ts';
import { startRelay } from './relay.ts';
import { scalarsOf } from './scalars.ts';

const [sysUpTime, sysName, sysObjectId] = ['1.3.6.1.2.1.1.3.0', '1.3.6.1.2.1.1.5.0', '1.3.6.1.2.1.1.2.0'];
const [ifIndex, ifType, ifDescr] = ['1.3.6.1.2.1.2.2.1.1', '1.3.6.1.2.1.2.2.1.3', '1.3.6.1.2.1.2.2.1.2'];
const snmpEngineBoots = '1.3.6.1.6.3.10.2.1.2.0';
const ifHcInOctets = '1.3.6.1.2.1.31.1.1.1.6';
const auth = { protocol: 'sha256', password: 'the auth password' } as const;
const priv = { protocol: 'aes', password: 'the priv password' } as const;
const users = [
  `createUser both SHA-256 "${auth.password}" AES "${priv.password}"`,
  'rouser both priv',
  `createUser blumenthal SHA-512 "${auth.password}" AES-256 "${priv.password}"`,
  'rouser blumenthal priv',
  `createUser reeder SHA "${auth.password}" AES-256-C "${priv.password}"`,
  'rouser reeder priv',
  `createUser signed SHA "${auth.password}"`,
  'rouser signed auth',
  'createUser nobody',
  'rouser nobody noauth',
];

describe.skipIf(skipWithout('snmpd'))('with snmpd', () => {
  let snmpd: Snmpd;
  const clients: SnmpClient[] = [];
  const clientFor = (credentials: SnmpCredentials, options = {}, { host, port } = snmpd) => {
    const client = createSnmpClient({
      host,
      port,
      credentials,
      clock: systemClock,
      timeoutMs: 20_000,
      ...options,
    });
    clients.push(client);
    return client;
  };
  beforeAll(async () => {
    snmpd = await startSnmpd({ config: ['rocommunity c0mmunity', 'sysName the switch', ...users] });
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(() => snmpd.close());

  it.each<SnmpCredentials>([
    { version: '1', community: 'c0mmunity' },
    { version: '2c', community: 'c0mmunity' },
    { version: '3', user: 'nobody' },
    { version: '3', user: 'signed', auth: { ...auth, protocol: 'sha' } },
    { version: '3', user: 'both', auth, priv },
    {
      version: '3',
      user: 'blumenthal',
      auth: { ...auth, protocol: 'sha512' },
      priv: { ...priv, protocol: 'aes256b' },
    },
    {
      version: '3',
      user: 'reeder',
      auth: { ...auth, protocol: 'sha' },
      priv: { ...priv, protocol: 'aes256r' },
    },
  ])('reads as %o', async (credentials) => {
    const client = clientFor(credentials);
    const [up, name, id, missing] = await scalarsOf(client, [
      sysUpTime,
      sysName,
      sysObjectId,
      '1.3.6.1.2.1.1.99.0',
    ]);
    expect(up).toEqual(expect.any(Number));
    expect(Buffer.from(name as Uint8Array).toString()).toBe('the switch');
    expect(id).toMatch(/^1\.3\.6\.1\.4\.1\.8072\./);
    expect(missing).toBeUndefined();
    const { scalars, rows, complete } = await client.columns([ifIndex, ifDescr, ifType], {
      scalars: [sysUpTime],
    });
    expect(complete).toEqual([true, true, true]);
    expect(scalars[0]).toBeGreaterThanOrEqual(Number(up));
    const loopback = [...rows.values()].find(
      ([, descr]) => Buffer.from(descr as Uint8Array).toString() === 'lo',
    );
    expect(loopback?.[2]).toBe(24);
    for (const [index, [own]] of rows) expect(index).toBe(String(own));
  });

  it('reads 64-bit counters as bigint', async () => {
    const { rows } = await clientFor({ version: '2c', community: 'c0mmunity' }).columns([ifHcInOctets]);
    expect(rows.size).toBeGreaterThan(0);
    for (const [octets] of rows.values()) expect(octets).toEqual(expect.any(BigInt));
  });

  it.each<[string, SnmpCredentials]>([
    ['timeout', { version: '2c', community: 'another' }],
    ['refused', { version: '3', user: 'stranger', auth, priv }],
    ['refused', { version: '3', user: 'both', auth: { ...auth, password: 'another password' }, priv }],
    ['refused', { version: '3', user: 'both', auth: { ...auth, protocol: 'sha512' }, priv }],
    ['refused', { version: '3', user: 'both', auth }],
    // snmpd is silent about what it cannot decrypt.
    ['timeout', { version: '3', user: 'both', auth, priv: { ...priv, password: 'another password' } }],
  ])('fails with %s, each time, as %o, and says no secret', async (code, credentials) => {
    const client = clientFor(credentials, code === 'timeout' ? { timeoutMs: 50 } : {});
    for (let i = 0; i < 4; i += 1) {
      const error: Error = await scalarsOf(client, [sysName]).then(
        () => expect.fail('it was answered'),
        (caught) => caught,
      );
      expect(error).toMatchObject({ name: 'SnmpError', code });
      const said = `${error.stack}${JSON.stringify(error)}${error.cause}`;
      expect(said).not.toMatch(/password|another|both|stranger|c0mmunity/);
    }
  });

  it('works again after a restart of the agent, of one that does not count its boots, too', async () => {
    const agent = await startSnmpd({ config: ['engineID the one', ...users] });
    try {
      const client = clientFor({ version: '3', user: 'both', auth, priv }, {}, agent);
      const read = () => scalarsOf(client, [snmpEngineBoots]);
      const restart = async () => {
        await agent.stop();
        await agent.start();
      };
      expect(await read()).toEqual([1]);
      await restart();
      expect(await read()).toEqual([2]);
      await agent.stop();
      await agent.forget();
      await agent.start();
      expect(await read()).toEqual([1]);
      await agent.stop();
      await expect(read()).rejects.toMatchObject({ code: 'unreachable' });
      await agent.start();
      expect(await read()).toEqual([2]);
    } finally {
      await agent.close();
    }
  });

  it('has one request in flight, however many are asked for', async () => {
    const relay = await startRelay(snmpd.port);
    const at = { host: '127.0.0.1', port: relay.port };
    const client = clientFor({ version: '2c', community: 'c0mmunity' }, at);
    try {
      const tables = Array.from({ length: 10 }, () => client.columns([ifIndex, ifDescr, ifType]));
      for (const { rows } of await Promise.all(tables)) expect(rows.size).toBeGreaterThan(0);
      expect(relay.requests()).toBeGreaterThanOrEqual(tables.length);
      expect(relay.mostInFlight()).toBe(1);
    } finally {
      relay.close();
    }
  });

  it('lets requests go that are aborted or closed', async () => {
    const silent = clientFor({ version: '2c', community: 'another' }, { timeoutMs: 60_000 });
    const abort = new AbortController();
    const [first, second, third] = [
      scalarsOf(silent, [sysName], abort.signal),
      scalarsOf(silent, [sysName], abort.signal),
      silent.columns([ifType]),
    ];
    abort.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await expect(second).rejects.toThrow('enough');
    silent.close();
    await expect(third).rejects.toMatchObject({ code: 'closed' });
    await expect(scalarsOf(silent, [sysName])).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('without an agent', () => {
  it.each([
    ['nothing listens there', '127.0.0.1'],
    ['the name is not found', 'switch.invalid'],
  ])('is unreachable at once: %s', async (_, host) => {
    const credentials = { version: '2c', community: 'c' } as const;
    const client = createSnmpClient({ host, port: 9, credentials, clock: systemClock, timeoutMs: 60_000 });
    await expect(scalarsOf(client, [sysName])).rejects.toMatchObject({
      code: 'unreachable',
      cause: expect.any(Error),
    });
    client.close();
  });

  it.each<SnmpCredentials>([
    { version: '2c', community: '' },
    { version: '3', user: '' },
    { version: '3', user: 'u', auth: { protocol: 'sha', password: '' } },
    { version: '3', user: 'u', priv },
  ])('does not take %o', (credentials) => {
    expect(() => createSnmpClient({ host: '127.0.0.1', credentials, clock: systemClock })).toThrow(
      RangeError,
    );
  });
});
