import { serviceNames } from '@huismeester/contracts';
import { skipWithout, waitFor } from '@huismeester/testkit';
import type { IClientOptions } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mayPublish, maySubscribe, type Reader } from '../src/index.ts';
import { brokers, login, reader, root, type TestBroker } from './brokers.ts';
import { type RawClient, rawClient } from './raw-client.ts';

const everybody: { name: string; who: Reader; options: IClientOptions }[] = [
  ...serviceNames.map((service) => ({
    name: service,
    who: { kind: 'service', service } as const,
    options: login(service),
  })),
  { name: 'a reader', who: { kind: 'reader' }, options: login(reader) },
  { name: 'anybody', who: { kind: 'anonymous' }, options: {} },
];

const topics = [
  ...serviceNames.flatMap((service) =>
    ['status', 'state/ups/rack', 'graf/load-pct', 'evt/ups/rack/lost', 'command/stop', 'status/more'].map(
      (rest) => `${root}/v1/${service}/${rest}`,
    ),
  ),
  `${root}/v1/stranger/status`,
  `${root}/v2/policy/status`,
  'lights/bar',
  '$SYS/broker/version',
];

const sorted = (names: string[]) => names.toSorted((one, other) => one.localeCompare(other));

const retained = ({ received }: RawClient, mark: string) =>
  received.filter(({ payload, retain }) => retain && payload === mark).map(({ topic }) => topic);

describe.each(brokers)('who may what on $name', ({ name, open }) => {
  describe.skipIf(name === 'mosquitto' && skipWithout('mosquitto'))('by trying', () => {
    let broker: TestBroker;
    const clients: RawClient[] = [];
    const client = async (
      ...args: Parameters<typeof rawClient> extends [string, ...infer Rest] ? Rest : never
    ) => {
      const made = await rawClient(broker.url, ...args);
      clients.push(made);
      return made;
    };
    beforeAll(async () => {
      broker = await open({ anonymousRead: true });
    });
    afterEach(async () => {
      await Promise.all(clients.splice(0).map((each) => each.close()));
    });
    afterAll(() => broker.close());

    /** Publishes something allowed, so that all that went before it has arrived or never will. */
    const marker = async (watcher: RawClient, mark: string) => {
      const policy = await client(login('policy'));
      await policy.mqtt.publishAsync(`${root}/v1/policy/evt/mark/${mark}`, mark, { qos: 1 });
      await watcher.sees('the marker', ({ payload }) => payload === mark);
    };

    it.each(everybody)('$name publishes what the list allows, and nothing else', async ({ who, options }) => {
      const watcher = await client({ ...login(reader), filters: [`${root}/v1/#`] });
      const publisher = await client(options);
      const mark = `published-${Math.random()}`;
      for (const topic of topics) {
        for (const qos of [0, 1] as const) {
          // Denied or not, it is acknowledged: a client that is disconnected would only try again.
          await publisher.mqtt.publishAsync(topic, mark, { qos, retain: true });
        }
      }
      await marker(watcher, mark.replace('.', '-'));
      const seen = watcher.received.filter(({ payload, retain }) => payload === mark && !retain);
      const allowed = topics.filter((topic) => mayPublish(root, who, topic));
      expect(new Set(seen.map(({ topic }) => topic))).toEqual(new Set(allowed));

      const last = await client(login('policy'));
      await last.mqtt.publishAsync(`${root}/v1/policy/state/mark/last`, mark, { qos: 1, retain: true });
      const late = await client({ ...login(reader), filters: [`${root}/v1/#`] });
      await waitFor('all that was retained', () => retained(late, mark).length > allowed.length);
      const all = [...allowed, `${root}/v1/policy/state/mark/last`];
      expect(sorted(retained(late, mark))).toEqual(sorted(all));
    });

    it.each(everybody)('$name reads what the list allows, and nothing else', async ({ who, options }) => {
      const sent = serviceNames.flatMap((service) =>
        topics.filter((topic) => mayPublish(root, { kind: 'service', service }, topic)),
      );
      const filters = [
        ...topics,
        `${root}/v1/#`,
        `${root}/v1/+/status`,
        `${root}/#`,
        '#',
        '+/+',
        '$SYS/#',
        `$share/g/${root}/v1/#`,
      ];
      for (const filter of filters) {
        const watcher = await client(options);
        // A refusal rejects on some brokers, and is silent on others: what counts is what arrives.
        await watcher.mqtt
          .subscribeAsync([filter, `${root}/v1/policy/evt/mark/+`], { qos: 1 })
          .catch(() => {});
        await marker(watcher, `read-${filter.replaceAll(/[^a-z0-9]/g, '-')}`);
        const beyond = watcher.topics().filter((topic) => !maySubscribe(root, who, topic));
        expect(beyond, filter).toEqual([]);
      }
      const watcher = await client({ ...options, filters: [`${root}/v1/#`] });
      for (const service of serviceNames) {
        const publisher = await client(login(service));
        for (const topic of sent.filter((each) => each.startsWith(`${root}/v1/${service}/`))) {
          await publisher.mqtt.publishAsync(topic, 'now', { qos: 1 });
        }
      }
      await marker(watcher, 'all-read');
      const now = watcher.received.filter(({ payload }) => payload === 'now').map(({ topic }) => topic);
      expect(sorted(now)).toEqual(sorted(sent));
    });

    it('does not publish a last will where its client may not publish', async () => {
      const watcher = await client({ ...login(reader), filters: [`${root}/v1/#`] });
      const topic = `${root}/v1/ups-monitor/status`;
      const will = { topic, payload: Buffer.from('forged'), qos: 1 as const, retain: false };
      // A broker may also refuse such a client altogether.
      const forger = await client({ ...login(reader), will }).catch(() => undefined);
      forger?.mqtt.stream.destroy();
      await marker(watcher, 'after-the-will');
      expect(watcher.received.map(({ payload }) => payload)).not.toContain('forged');
    });

    it.each([
      ['an unknown name', { username: 'stranger', password: 'x' }],
      ['a wrong password', { username: 'policy', password: 'wrong' }],
      ['an empty password', { username: 'policy', password: '' }],
      ['no password', { username: 'policy' }],
    ])('refuses %s, even where anybody may read', async (_what, options) => {
      await expect(client(options)).rejects.toThrow(/Not authorized|Bad username/);
    });
  });

  it.skipIf(name === 'mosquitto' && skipWithout('mosquitto'))(
    'lets nobody in without a password if not told to',
    async () => {
      const broker = await open({ anonymousRead: false });
      try {
        await expect(rawClient(broker.url)).rejects.toThrow('Not authorized');
        const known = await rawClient(broker.url, login(reader));
        await known.close();
      } finally {
        await broker.close();
      }
    },
  );
});
