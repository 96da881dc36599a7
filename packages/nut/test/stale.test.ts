import { setImmediate as untilWritten } from 'node:timers/promises';
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

it.skipIf(skipWithout('upsd', 'dummy-ups'))(
  'an answer that came while this process stood still is no silence',
  async () => {
    const upsd = await startUpsd({ ups: [{ name: 'rack', vars: { 'ups.status': 'OL' } }] });
    try {
      await withClient({ host: upsd.host, port: upsd.port, requestTimeoutMs: 2_000 }, async (client) => {
        await client.listUps();
        const asked = client.getVar('rack', 'ups.status');
        // It is written at the end of this turn of the event loop, and the answer could be read in the next one.
        for (let step = 0; step < 5; step += 1) await undefined;
        await untilWritten();
        const end = performance.now() + 2_500;
        while (performance.now() < end);
        expect(await asked).toBe('OL');
      });
    } finally {
      await upsd.close();
    }
  },
);
