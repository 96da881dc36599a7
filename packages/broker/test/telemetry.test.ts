import { waitFor } from '@huismeester/testkit';
import { expect, test } from 'vitest';
import { type BrokerConnection, connectBroker, startEmbeddedBroker } from '../src/index.ts';
import { memoryLogger, root } from './brokers.ts';
import { lateClock } from './late-clock.ts';
import { rawClient } from './raw-client.ts';

type Runs = (around: {
  connection: BrokerConnection;
  reader: Awaited<ReturnType<typeof rawClient>>;
  clock: ReturnType<typeof lateClock>;
}) => Promise<void>;

/** With a service, a reader of its states, and a clock of which each timer is so much late. */
async function withStates(lateMs: number, run: Runs): Promise<void> {
  const broker = await startEmbeddedBroker({ root, port: 0, anonymousRead: true, logger: memoryLogger() });
  const reader = await rawClient(broker.url, { filters: [`${root}/v1/ups-monitor/state/ups/#`] });
  const clock = lateClock(2, lateMs);
  const connection = connectBroker({
    url: broker.url,
    ...broker.credentials('ups-monitor'),
    root,
    service: 'ups-monitor',
    version: '0.1.0',
    logger: memoryLogger(),
    clock: clock.clock,
  });
  try {
    await waitFor('the connection', () => connection.online);
    await run({ connection, reader, clock });
  } finally {
    await connection.close();
    await reader.close();
    await broker.close();
  }
}

const unknown = { contact: 'unknown', contact_n: 0 } as const;

test('a state is repeated within 10 s, also when each timer is half a second late', () =>
  withStates(500, async ({ connection, reader, clock: { clock, runNext } }) => {
    const ids = ['rack', 'attic', 'cellar'];
    for (const id of ids) connection.state('ups', id, unknown);
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
  }));

test('a change is repeated 8 to 9 s after it, and not before', () =>
  withStates(0, async ({ connection, reader, clock: { clock, runNext } }) => {
    connection.state('ups', 'rack', unknown);
    while (clock.monotonicMs() < 4_000) await runNext();
    connection.state('ups', 'rack', { contact: 'ok', contact_n: 2 });
    while (clock.monotonicMs() < 14_000) await runNext();
    const times = () => reader.received.map(({ payload }) => Number(JSON.parse(payload).ts));
    await waitFor('it was repeated', () => (times().at(-1) ?? 0) > 10_000);
    expect(times()).toEqual([
      0,
      1_000,
      4_000,
      expect.toSatisfy((at: number) => at >= 12_000 && at <= 13_000),
    ]);
  }));

test('of many states that are due at once a hundred are sent, and the others a moment later', () =>
  withStates(0, async ({ connection, reader, clock: { clock, runNext } }) => {
    const all = 9 * 150;
    for (let index = 0; index < all; index += 1) connection.state('ups', `u${index}`, unknown);
    await waitFor('all of them', () => reader.received.length === all);
    while (clock.monotonicMs() < 1_000) await runNext();
    await waitFor('a hundred', () => reader.received.length === all + 100);
    await runNext();
    await waitFor('the others', () => reader.received.length === all + 150);
    const times = reader.received.slice(all).map(({ payload }) => Number(JSON.parse(payload).ts));
    expect(new Set(times)).toEqual(new Set([1_000, 1_020]));
  }));
