import { afterEach, describe, expect, it } from 'vitest';
import { createSnmpClient, type SnmpClient, type SnmpCredentials } from '../src/index.ts';
import { type Forged, startForger } from './agent3.ts';
import { integer } from './ber.ts';
import { scalarsOf } from './scalars.ts';
import { createSilence } from './silence.ts';

const auth = { protocol: 'sha256', password: 'the auth password' } as const;
const priv = { protocol: 'aes', password: 'the priv password' } as const;
const sysUpTime = '1.3.6.1.2.1.1.3.0';
const usmStats = (which: number): [string, Buffer] => [`1.3.6.1.6.3.15.1.1.${which}.0`, integer(1, 0x41)];
const discovered: Forged = { flags: 0, boots: 1, time: 100, pdu: 0xa8, variable: usmStats(4) };
const response: Forged = {
  flags: 0,
  boots: 1,
  time: 100,
  pdu: 0xa2,
  variable: [sysUpTime, integer(7, 0x43)],
};

describe('an agent without the key', () => {
  let forger: Awaited<ReturnType<typeof startForger>>;
  let client: SnmpClient;
  afterEach(async () => {
    client.close();
    await forger.close();
  });
  const against = async (answer: (count: number) => Forged, credentials: SnmpCredentials) => {
    const silence = createSilence();
    const { clock } = silence;
    forger = await startForger(answer, silence);
    client = createSnmpClient({ host: '127.0.0.1', port: forger.port, credentials, clock });
  };
  const afterDiscovery = (forged: Forged) => (count: number) => (count === 1 ? discovered : forged);

  it('is believed by who asks without authentication', async () => {
    await against(afterDiscovery(response), { version: '3', user: 'user' });
    expect(await scalarsOf(client, [sysUpTime])).toEqual([7]);
  });

  it.each([{ auth }, { auth, priv }])('is not believed by who asks with it', async (secured) => {
    await against(afterDiscovery({ ...response, last: true }), { version: '3', user: 'user', ...secured });
    await expect(scalarsOf(client, [sysUpTime])).rejects.toMatchObject({ code: 'timeout' });
  });

  it('is not believed when it says that it is authenticated', async () => {
    await against(afterDiscovery({ ...response, flags: 1 }), { version: '3', user: 'user', auth });
    await expect(scalarsOf(client, [sysUpTime])).rejects.toMatchObject({ code: 'refused' });
  });

  it('that makes the library throw out of its socket is a protocol error, and no more', async () => {
    await against(afterDiscovery({ ...response, flags: 1 }), { version: '3', user: 'user' });
    await expect(scalarsOf(client, [sysUpTime])).rejects.toMatchObject({ code: 'protocol' });
  });

  it.each([
    ['refused', 1],
    ['not-in-time-window', 2],
    ['refused', 3],
    ['refused', 5],
    ['refused', 6],
    ['refused', 99],
  ])('fails with %s after the report usmStats %i', async (code, which) => {
    await against(afterDiscovery({ ...discovered, variable: usmStats(which) }), {
      version: '3',
      user: 'user',
      auth,
    });
    await expect(scalarsOf(client, [sysUpTime])).rejects.toMatchObject({ code });
  });

  it('is discovered anew after three failures in a row', async () => {
    await against(() => ({ ...discovered, variable: usmStats(5) }), { version: '3', user: 'user', auth });
    for (const discoveries of [1, 1, 1, 2, 2, 2, 3]) {
      await expect(scalarsOf(client, [sysUpTime])).rejects.toMatchObject({ code: 'refused' });
      expect(forger.discoveries()).toBe(discoveries);
    }
  });

  it('that reports for ever is not asked for ever', async () => {
    const forged = { ...discovered, boots: 0, time: 0, variable: usmStats(5) };
    await against(() => forged, { version: '3', user: 'user', auth });
    await expect(scalarsOf(client, [sysUpTime])).rejects.toMatchObject({ code: 'refused' });
    expect(forger.received()).toBeLessThan(10);
  });
});
