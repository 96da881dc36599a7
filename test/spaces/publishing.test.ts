import { type BrokerConnection, connectBroker } from '@huismeester/broker';
import { type Database, migrateSchema, openDatabase, statement } from '@huismeester/database';
import { createPublisher, openEventLog, type Publisher } from '@huismeester/events';
import { createLogger } from '@huismeester/service';
import {
  type Mosquitto,
  skipWithout,
  startLink,
  type TestDatabase,
  testDatabase,
  waitFor,
} from '@huismeester/testkit';
import { connectAsync } from 'mqtt';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fill } from '../bench/fill.ts';
import { sourceTables as tables } from '../bench/schema.ts';
import { loginOf, startOurMosquitto } from './e2e/our-brokers.ts';

const events = 10_000;
const patient = { timeoutMs: 50_000, everyMs: 2 };
const quiet = createLogger({ level: 'silent' });
const all = Array.from({ length: events }, (_, index) => index + 1);

/** Where a position stands that is neither the next nor a repeat. */
const gaps = (positions: readonly number[]) => {
  let newest = (positions[0] ?? 1) - 1;
  return positions.filter((position) => {
    const isGap = position > newest + 1;
    newest = Math.max(newest, position);
    return isGap;
  });
};

describe.skipIf(skipWithout('postgres', 'mosquitto'))('a long log on its way to a Mosquitto', () => {
  let place: TestDatabase;
  let database: Database;
  let mosquitto: Mosquitto;
  const opened: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    [place, mosquitto] = await Promise.all([testDatabase(), startOurMosquitto()]);
    database = await openDatabase({ url: place.url }, {});
    const folder = new URL('../bench/migrations', import.meta.url);
    await migrateSchema(database, { schema: 'bench', folder });
    await openLog();
    await fill(database, events);
    return async () => {
      await database.close();
      await Promise.all([place.drop(), mosquitto.close()]);
    };
  });
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
  });

  const openLog = () => openEventLog({ database, tables, service: 'ups-monitor', siteId: 'test' });

  /** A publisher from the beginning of the log; `sent` and `acknowledged` are positions. */
  async function startPublisher(url: string) {
    await database.transaction((tx) =>
      statement(tx, 'update bench_source.publish_cursor set position = 0', []),
    );
    const connection: BrokerConnection = connectBroker({
      url,
      ...loginOf('ups-monitor'),
      root: 'space',
      service: 'ups-monitor',
      version: 'test',
      logger: quiet,
    });
    opened.push(() => connection.close());
    await waitFor('the broker is there', () => connection.online, patient);
    const sent: number[] = [];
    const acknowledged = new Set<number>();
    const publisher: Publisher = createPublisher({
      database,
      tables,
      log: await openLog(),
      publish: async (event) => {
        if (connection.online) sent.push(event.position);
        await connection.publishEvent(event);
        acknowledged.add(event.position);
      },
    });
    opened.push(() => publisher.close());
    publisher.start();
    return { publisher, sent, acknowledged };
  }

  /** A third party that hears each event; `connections` has what it heard over each of its connections. */
  async function startReader() {
    const connections: number[][] = [];
    const client = await connectAsync(mosquitto.url, {
      ...loginOf('policy'),
      protocolVersion: 4,
      reconnectPeriod: 5,
      resubscribe: true,
    });
    opened.push(() => client.endAsync(true));
    connections.push([]);
    client.on('connect', () => connections.push([]));
    client.on('message', (_, payload) => connections.at(-1)?.push(JSON.parse(payload.toString()).position));
    await client.subscribeAsync('space/v1/ups-monitor/evt/#', { qos: 1 });
    return connections;
  }

  const reached = (publisher: Publisher, position: number) =>
    waitFor(`it is at ${position}`, () => publisher.status().position >= position, patient);

  it('shows each event once, in order', async () => {
    const connections = await startReader();
    const { publisher } = await startPublisher(mosquitto.url);
    await reached(publisher, events);
    await waitFor('the last is heard', () => connections[0]?.at(-1) === events, patient);
    expect(connections).toEqual([all]);
  });

  it('leaves nothing out when the line is cut in the middle, again and again', async () => {
    const link = await startLink(mosquitto.port);
    opened.push(() => link.close());
    const [heard = []] = await startReader();
    const { publisher, sent } = await startPublisher(`mqtt://127.0.0.1:${link.port}`);
    for (const position of [1_000, 4_000, 7_000]) {
      await reached(publisher, position);
      link.weather({ kind: 'cut' });
      await waitFor('it noticed', () => publisher.status().lastError !== undefined, patient);
      link.weather({ kind: 'clear' });
    }
    await reached(publisher, events);
    await waitFor('the last is heard', () => heard.at(-1) === events, patient);
    expect(gaps(heard)).toEqual([]);
    expect(gaps(sent)).toEqual([]);
    expect([...new Set(heard)]).toEqual(all);
    expect(sent.length).toBeGreaterThan(events);
  });

  it('leaves nothing out when the broker is killed in the middle', async () => {
    const connections = await startReader();
    const { publisher, sent, acknowledged } = await startPublisher(mosquitto.url);
    await reached(publisher, 3_000);
    await mosquitto.kill();
    await waitFor('it noticed', () => publisher.status().lastError !== undefined, patient);
    const { position } = publisher.status();
    expect(position).toBeLessThan(events);
    expect(all.slice(0, position).filter((each) => !acknowledged.has(each))).toEqual([]);
    await mosquitto.start();
    await reached(publisher, events);
    expect(gaps(sent)).toEqual([]);
    expect(acknowledged.size).toBe(events);
    // Between two of its connections a reader misses what the broker had acknowledged and took with it.
    expect(connections.flatMap(gaps)).toEqual([]);
  });
});
