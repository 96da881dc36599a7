import { type BrokerConnection, connectBroker, startEmbeddedBroker } from '@huismeester/broker';
import { type Database, migrateSchema, openDatabase, statement } from '@huismeester/database';
import { createPublisher, openEventLog } from '@huismeester/events';
import { createLogger } from '@huismeester/service';
import { startPostgres, waitFor } from '@huismeester/testkit';
import { connectAsync } from 'mqtt';
import { loginOf, startOurMosquitto, startOurNats, startOurNatsCluster } from '../spaces/e2e/our-brokers.ts';
import { fill } from './fill.ts';
import { median, perSecond, type Row } from './row.ts';
import { sourceTables } from './schema.ts';

const events = 50_000;
const patient = { timeoutMs: 120_000, everyMs: 5 };
const quiet = createLogger({ level: 'silent' });

interface Broker {
  readonly name: string;
  readonly url: string;
  readonly login: { readonly username: string; readonly password: string };
  close(): Promise<void>;
}

/** A log's public events to each broker, until the last is acknowledged; beside MQTT.js alone, which keeps nothing. */
export async function publish(rounds: number): Promise<Row[]> {
  const postgres = await startPostgres({ fsync: true });
  const database = await openDatabase({ url: await postgres.createDatabase() }, {});
  try {
    await migrateSchema(database, { schema: 'bench', folder: new URL('migrations', import.meta.url) });
    await openEventLog({ database, tables: sourceTables, service: 'ups-monitor', siteId: 'bench' });
    await fill(database, events);
    const rows: Row[] = [];
    for (const open of [embedded, mosquitto, nats, natsCluster])
      rows.push(await toBroker(await open(), database, rounds));
    return rows;
  } finally {
    await database.close();
    await postgres.close();
  }
}

async function toBroker(broker: Broker, database: Database, rounds: number): Promise<Row> {
  try {
    const ours: number[] = [];
    const plain: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await publishAll(broker, database));
      plain.push(await withoutLog(broker));
    }
    const [rate, most] = [median(ours), median(plain)];
    return {
      what: `publisher, ${events.toLocaleString('en')} public events from the log in order, each acknowledged, to ${broker.name}, median of ${rounds}`,
      measured: perSecond(rate),
      target: '≥ 10,000/s',
      met: rate >= 10_000,
      reference: `MQTT.js alone, the same size, 256 under way: ${perSecond(most)}`,
    };
  } finally {
    await broker.close();
  }
}

async function publishAll({ url, login }: Broker, database: Database): Promise<number> {
  await database.transaction((tx) =>
    statement(tx, 'update bench_source.publish_cursor set position = 0', []),
  );
  const log = await openEventLog({ database, tables: sourceTables, service: 'ups-monitor', siteId: 'bench' });
  const connection: BrokerConnection = connectBroker({
    url,
    ...login,
    root: 'space',
    service: 'ups-monitor',
    version: 'bench',
    logger: quiet,
  });
  await waitFor('the broker is there', () => connection.online, patient);
  const publisher = createPublisher({
    database,
    tables: sourceTables,
    log,
    publish: (event) => connection.publishEvent(event),
  });
  const began = performance.now();
  publisher.start();
  await waitFor('all is published', () => publisher.status().position === events, patient);
  const tookMs = performance.now() - began;
  await publisher.close();
  await connection.close();
  return (events / tookMs) * 1000;
}

async function withoutLog({ url, login }: Broker): Promise<number> {
  const client = await connectAsync(url, { ...login, protocolVersion: 4 });
  const payload = 'x'.repeat(480);
  let next = 0;
  const began = performance.now();
  const sender = async (): Promise<void> => {
    while (next < events) {
      next += 1;
      await client.publishAsync('space/v1/ups-monitor/evt/ups/rack/battery-reading', payload, { qos: 1 });
    }
  };
  await Promise.all(Array.from({ length: 256 }, sender));
  const tookMs = performance.now() - began;
  await client.endAsync();
  return (events / tookMs) * 1000;
}

async function embedded(): Promise<Broker> {
  const broker = await startEmbeddedBroker({ root: 'space', port: 0, logger: quiet });
  const login = broker.credentials('ups-monitor');
  return {
    name: 'the embedded one, in the same thread',
    url: broker.url,
    login,
    close: () => broker.close(),
  };
}

async function mosquitto(): Promise<Broker> {
  const broker = await startOurMosquitto();
  return { name: 'Mosquitto', url: broker.url, login: loginOf('ups-monitor'), close: () => broker.close() };
}

async function nats(): Promise<Broker> {
  const broker = await startOurNats();
  return {
    name: 'a nats-server',
    url: broker.url,
    login: loginOf('ups-monitor'),
    close: () => broker.close(),
  };
}

async function natsCluster(): Promise<Broker> {
  const { urls, close } = await startOurNatsCluster();
  const login = loginOf('ups-monitor');
  return { name: 'a cluster of three nats-servers', url: urls[0] ?? '', login, close };
}
