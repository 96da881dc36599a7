import { type Postgres, skipWithout, startPostgres, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asked, found, guest, openSpace, type Space } from './space.ts';

const vmids = Array.from({ length: Number(process.env.SPEED_GUESTS ?? 12) }, (_, index) => 501 + index);
describe.skipIf(skipWithout('postgres', 'initdb'))('on PostgreSQL', () => {
  let postgres: Postgres;
  let space: Space;

  beforeAll(async () => {
    postgres = await startPostgres();
    const databaseUrl = await postgres.createDatabase();
    space = await openSpace({ databaseUrl, poll: '2s', guests: vmids.map((vmid) => guest(vmid)) });
    for (const vmid of vmids) await found(space, vmid);
  });
  afterAll(async () => {
    await space.close();
    await postgres.close();
  });

  test('from a committed decision to the request no time is slept away', async () => {
    const took: number[] = [];
    for (const vmid of vmids) {
      await space.home.decide(String(vmid), 'stopped');
      const committed = Date.now();
      const [request] = await waitFor('the request', () => {
        const requests = asked(space, vmid, 'shutdown');
        return requests.length > 0 && requests;
      });
      took.push((request?.at ?? Number.NaN) - committed);
    }
    took.sort((a, b) => a - b);
    if (process.env.SPEED_GUESTS) process.stdout.write(`${JSON.stringify(took)}\n`);
    // Any poll or look on the way would cost a second on average; the bound leaves room for busy machines.
    expect(took[Math.floor(took.length / 2)]).toBeLessThan(250);
  });
});
