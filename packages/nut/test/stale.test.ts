import { skipWithout, startUpsd } from '@huismeester/testkit';
import { expect, it } from 'vitest';
import { untilFails, withClient } from './servers.ts';

it.skipIf(skipWithout('upsd', 'dummy-ups'))('a driver that hangs makes its data stale', async () => {
  const upsd = await startUpsd({ ups: [{ name: 'rack', vars: { 'ups.status': 'OL' } }], maxAgeS: 3 });
  try {
    await withClient({ host: upsd.host, port: upsd.port }, async (client) => {
      expect(await client.getVar('rack', 'ups.status')).toBe('OL');
      upsd.pauseDriver('rack');
      await untilFails(() => client.getVar('rack', 'ups.status'), 'DATA-STALE');
      await expect(client.listVars('rack')).rejects.toMatchObject({ code: 'DATA-STALE' });
      expect(await client.listUps()).toHaveLength(1);
      upsd.resumeDriver('rack');
    });
  } finally {
    await upsd.close();
  }
});
