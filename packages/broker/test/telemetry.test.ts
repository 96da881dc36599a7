import { waitFor } from '@huismeester/testkit';
import { expect, test } from 'vitest';
import { connectBroker, startEmbeddedBroker } from '../src/index.ts';
import { memoryLogger, root } from './brokers.ts';
import { lateClock } from './late-clock.ts';
import { rawClient } from './raw-client.ts';

test('a state is repeated within 10 s, also when each timer is half a second late', async () => {
  const broker = await startEmbeddedBroker({ root, port: 0, anonymousRead: true, logger: memoryLogger() });
  const reader = await rawClient(broker.url, { filters: [`${root}/v1/ups-monitor/state/#`] });
  const { clock, runNext } = lateClock(2, 500);
  const login = broker.credentials('ups-monitor');
  const connection = connectBroker({
    url: broker.url,
    ...login,
    root,
    service: 'ups-monitor',
    version: '0.1.0',
    logger: memoryLogger(),
    clock,
  });
  try {
    await waitFor('the connection', () => connection.online);
    const ids = ['rack', 'attic', 'cellar'];
    for (const id of ids) connection.state('ups', id, { contact: 'unknown', contact_n: 0 });
    while (clock.monotonicMs() < 60_000) await runNext();
    const sentAt = (id: string) =>
      reader.received
        .filter(({ topic, payload }) => topic.endsWith(`/ups/${id}`) && payload !== '')
        .map(({ payload }) => Number(JSON.parse(payload).ts));
    for (const id of ids) {
      const times = await waitFor(`${id} up to the end`, () => {
        const found = sentAt(id);
        return (found.at(-1) ?? 0) >= 50_000 && found;
      });
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
      expect(Math.max(...gaps)).toBeLessThanOrEqual(10_000);
      expect(times.length).toBeLessThanOrEqual(8);
    }
  } finally {
    await connection.close();
    await reader.close();
    await broker.close();
  }
});
