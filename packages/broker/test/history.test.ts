import { type Nats, skipWithout, startNats, startNatsCluster, waitFor } from '@huismeester/testkit';
import { jetstream, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type HistoryOptions, historyStream, keepHistory, lookAtHistory } from '../src/index.ts';
import { librarian, login, memoryLogger, natsOptions, passwordOf, reader, root } from './brokers.ts';
import { rawClient } from './raw-client.ts';

const history = { recorder: 'recorder', readers: ['student'] };
const maxAgeMs = 9_600 * 3_600_000;
const stream = historyStream(root);
const old =
  'nats-server 2.9.10 acknowledges before the disk has it: a power cut takes up to two minutes; to do: use nats-server 2.12.3 or newer with jetstream { sync_interval: always }';

describe.skipIf(skipWithout('nats-server'))('the history of public events', () => {
  let nats: Nats;
  let trust: { ca: string };
  const opened: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    nats = await startNats(natsOptions({ history }));
    trust = { ca: nats.ca ?? '' };
  });
  afterEach(async () => {
    for (const each of opened.splice(0).toReversed()) await each.close();
  });
  afterAll(() => nats.close());

  const options = (more: Partial<HistoryOptions> = {}): HistoryOptions => ({
    urls: [nats.clientUrl],
    ...login('recorder'),
    ...trust,
    root,
    maxAgeMs,
    logger: memoryLogger(),
    everyMs: { well: 50, ill: 50 },
    ...more,
  });
  const keep = (more?: Partial<HistoryOptions>) => {
    const kept = keepHistory(options(more));
    opened.push(kept);
    return kept;
  };
  const natsAs = async (user: string): Promise<NatsConnection> => {
    const connection = await connect({ servers: nats.clientUrl, user, pass: passwordOf(user), tls: trust });
    opened.push({ close: () => connection.close() });
    return connection;
  };
  const publish = async (...topics: string[]) => {
    const policy = await rawClient(nats.url, { ...login('policy'), ...trust });
    opened.push(policy);
    for (const topic of topics)
      await policy.mqtt.publishAsync(`${root}/v1/policy/${topic}`, topic, { qos: 1 });
  };
  /** All that the stream has, read from its beginning. */
  const replay = async (user: string): Promise<string[]> => {
    const consumer = await jetstream(await natsAs(user)).consumers.get(stream);
    const texts: string[] = [];
    const { num_pending: pending } = await consumer.info(true);
    for await (const message of await consumer.fetch({
      max_messages: Math.max(1, pending),
      expires: 2_000,
    })) {
      texts.push(`${message.seq} ${message.subject} ${message.string()}`);
    }
    return texts;
  };

  it('is made where it is missing, keeps events alone, and is read from zero by who may', async () => {
    expect(await lookAtHistory(options())).toMatchObject({ exists: false, stream: [] });
    const kept = keep();
    await waitFor('it is made', () => kept.trouble() === undefined);
    expect(kept.warning()).toBe(old);
    await publish('evt/ups/a/lost', 'state/ups/a', 'evt/ups/b/found');
    await waitFor('both are kept', async () => {
      expect(await replay('student')).toEqual([
        '1 space.v1.policy.evt.ups.a.lost evt/ups/a/lost',
        '2 space.v1.policy.evt.ups.b.found evt/ups/b/found',
      ]);
      return true;
    });
  });

  it('cannot be written to, nor the news, by who may read it', async () => {
    const kept = keep();
    await waitFor('it is there', () => kept.trouble() === undefined);
    const light = await rawClient(nats.url, { ...login(reader), ...trust, filters: [`${root}/v1/#`] });
    opened.push(light);
    const student = await natsAs('student');
    const before = await replay('student');
    for (const topic of ['space.v1.policy.status', 'space.v1.policy.evt.ups.x.forged']) {
      student.publish(topic, 'forged');
      // Whoever may ask may have the answer sent to any subject of the account.
      student.publish('$JS.API.INFO', '', { reply: topic });
      const consumers = (await jetstreamManager(student, { checkAPI: false })).consumers;
      await consumers.add(stream, { deliver_subject: topic }).catch(() => {});
    }
    await student.flush();
    await publish('evt/ups/c/lost');
    await light.sees('what is true', ({ payload }) => payload === 'evt/ups/c/lost');
    expect(light.received).toHaveLength(1);
    await waitFor('what is true is kept', async () => (await replay('student')).length > before.length);
    expect((await replay('student')).slice(before.length).map((each) => each.split(' ')[1])).toEqual([
      'space.v1.policy.evt.ups.c.lost',
    ]);
  });

  it('is nobody else’s, and its users are let into nothing else', async () => {
    for (const user of ['policy', reader]) await expect(natsAs(user)).rejects.toThrow(/Authorization/);
    for (const user of ['student', 'recorder']) {
      await expect(rawClient(nats.url, { ...login(user), ...trust })).rejects.toThrow('Not authorized');
    }
    const { streams } = await jetstreamManager(await natsAs('student'), { checkAPI: false, timeout: 500 });
    await expect(streams.delete(stream)).rejects.toThrow();
    await expect(streams.purge(stream)).rejects.toThrow();
  });

  it('is said to be wrong where it is, with what to change, and left as it is', async () => {
    const { streams } = await jetstreamManager(await natsAs(librarian));
    const other = 'wrong';
    const wrong = {
      name: historyStream(other),
      subjects: ['other.>'],
      storage: StorageType.Memory,
      num_replicas: 1,
      retention: RetentionPolicy.Interest,
      max_age: 60e9,
      max_msgs: 10,
    };
    await streams.add({ ...wrong });
    const logger = memoryLogger();
    const kept = keep({ ...login(librarian), root: other, replicas: 3, logger });
    const trouble = await waitFor(
      'it is looked at',
      () => kept.trouble()?.includes('to do') && kept.trouble(),
    );
    const name = 'the stream wrong-v1-events';
    for (const said of [
      `${name} keeps other.>, not wrong.v1.*.evt.>; to do: nats stream edit wrong-v1-events --subjects 'wrong.v1.*.evt.>'`,
      `${name} forgets what was read (retention interest), not by age (limits)`,
      `${name} is kept in memory, not in a file`,
      `${name} has 1 of 3 replicas: it is gone with the server that has it; to do: nats stream edit wrong-v1-events --replicas 3`,
      `${name} forgets after 60 s, not after 34560000 s; to do: nats stream edit wrong-v1-events --max-age 34560000s`,
      `${name} has the limit max_msgs 10`,
    ]) {
      expect(trouble).toContain(said);
    }
    expect((await streams.info(wrong.name)).config).toMatchObject(wrong);
    await waitFor('it is logged', () => logger.lines.length > 0);
    await streams.delete(wrong.name);
  });

  it('says when the server is away or does not let us in, and goes on when it is back', async () => {
    const kept = keep();
    const denied = keep({ password: 'wrong' });
    await waitFor('it is there', () => kept.trouble() === undefined);
    await waitFor('it is refused', () => /authoriz/i.test(denied.trouble() ?? ''));
    expect(denied.trouble()).not.toContain('wrong');
    await nats.stop();
    await waitFor('it is gone', () => kept.trouble() !== undefined);
    await nats.start();
    await waitFor('it is back', () => kept.trouble() === undefined);
    expect((await replay('student')).length).toBeGreaterThan(0);
  });

  it('insists on TLS where the URL does', async () => {
    const open = await startNats({ open: true });
    opened.push(open);
    const clear = open.clientUrl;
    expect((await lookAtHistory({ ...options(), urls: [clear] })).exists).toBe(false);
    await expect(lookAtHistory({ ...options(), urls: [clear.replace('nats:', 'tls:')] })).rejects.toThrow(
      /tls/,
    );
  });
});

it.skipIf(skipWithout('nats-server'))('the history has three copies on a cluster', async () => {
  const cluster = await startNatsCluster(natsOptions({ history }));
  const { clientUrls: urls, ca = '' } = cluster;
  const common = { urls, ca, ...login('recorder'), root, maxAgeMs, logger: memoryLogger() };
  const all = [1, 2, 3].map(() => keepHistory({ ...common, everyMs: { well: 50, ill: 50 } }));
  try {
    await waitFor('it is made, once', () => all.every((each) => each.trouble() === undefined), {
      timeoutMs: 30_000,
    });
    const tls = { ca };
    const connection = await connect({
      servers: [...urls],
      user: librarian,
      pass: passwordOf(librarian),
      tls,
    });
    const { config } = await (await jetstreamManager(connection)).streams.info(stream);
    expect(config).toMatchObject({ num_replicas: 3, storage: StorageType.File, deny_delete: true });
    await connection.close();
    expect(await lookAtHistory({ ...common, replicas: 5 })).toMatchObject({
      stream: [{ problem: expect.stringContaining('has 3 of 5 replicas') }],
    });
  } finally {
    await Promise.all(all.map((each) => each.close()));
    await cluster.close();
  }
});
