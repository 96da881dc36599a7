import { serviceNames } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import type { IClientOptions } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mayPublish, maySubscribe, type Reader } from '../src/index.ts';
import { covers } from '../src/topic-filter.ts';
import { brokers, login, reader, root, type TestBroker, witness } from './brokers.ts';
import { type RawClient, rawClient } from './raw-client.ts';

interface Credential {
  readonly name: string;
  readonly who: Reader;
  readonly options: IClientOptions;
}

const everybody: readonly Credential[] = [
  ...serviceNames.map((service) => ({
    name: service,
    who: { kind: 'service', service } as const,
    options: login(service),
  })),
  { name: 'a-reader', who: { kind: 'reader' }, options: login(reader) },
  { name: 'anybody', who: { kind: 'anonymous' }, options: {} },
];

const kinds = [
  'status',
  'state',
  'state/ups/rack',
  'state/switch/sw1/port/gi1',
  'graf/load-pct',
  'evt/ups/rack/lost',
  'command/stop',
  'status/more',
  'evt2/ups/rack/lost',
];

/** Below each service, a stranger and the root; beside it; the brokers' own. */
const topics = [
  ...[...serviceNames, 'stranger'].flatMap((service) => kinds.map((kind) => `${root}/v1/${service}/${kind}`)),
  `${root}/v1`,
  `${root}/v1/status`,
  `${root}/v2/policy/status`,
  `${root}`,
  `${root}x/v1/policy/status`,
  'lights/bar',
  'v1/policy/status',
  '/lights',
  '$SYS/broker/version',
  '$share/g/lights/bar',
  '$MQTT/sub/x',
  '$JS/API/STREAM/DELETE/$MQTT_msgs',
  '$JS/API/STREAM/NAMES',
  '_INBOX/x',
  '$SYS/REQ/SERVER/PING',
];

const mark = `${root}/v1/policy/evt/mark/it/is`;

const filters = [
  ...topics.filter((topic) => !topic.startsWith(`${root}/v1/`) || topic.startsWith(`${root}/v1/policy/`)),
  `${root}/v1/#`,
  `${root}/v1/+/status`,
  `${root}/v1/policy/+/#`,
  `${root}/v1/+/state/ups/+`,
  '#',
  '+/#',
  `${root}/#`,
  `${root}/+/policy/status`,
  '+/v1/policy/status',
  '+/+',
  '/#',
  '$SYS/#',
  '$SYS/broker/#',
  `$share/g/${root}/v1/#`,
  '$share/g/#',
  `$queue/${root}/v1/#`,
  '$JS/#',
  '$MQTT/#',
  '$MQTT/sub/#',
  '_INBOX/#',
];

const sorted = (names: Iterable<string>) => [...names].toSorted((one, other) => one.localeCompare(other));

describe.each(brokers)('who may what on $name', ({ open, skip, hasWitness }) => {
  describe.skipIf(skip)('by trying', () => {
    let broker: TestBroker;
    const clients: RawClient[] = [];
    const client = async (options: Parameters<typeof rawClient>[1] = {}) => {
      const made = await rawClient(broker.url, { ca: broker.ca, ...options });
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
    const marker = async (text: string, ...watchers: readonly RawClient[]) => {
      const policy = await client(login('policy'));
      await policy.mqtt.publishAsync(mark, text, { qos: 1 });
      for (const watcher of watchers) await watcher.sees('the marker', ({ payload }) => payload === text);
    };
    /** Who sees everything, where the broker can have such a user; else who sees what a reader may. */
    const watcher = async () => {
      if (!hasWitness) return client({ ...login(reader), qos: 0, filters: [`${root}/v1/#`] });
      const seer = await client(login(witness));
      for (const filter of ['#', '$JS/#', '$MQTT/sub/x', '$share/#', '$SYS/#']) {
        await seer.mqtt.subscribeAsync(filter, { qos: 0 }).catch(() => {});
      }
      return seer;
    };
    /** What is retained for a reader, by topic. */
    const retained = async (): Promise<Map<string, string>> => {
      const policy = await client(login('policy'));
      const last = `${root}/v1/policy/state/mark/last`;
      await policy.mqtt.publishAsync(last, 'last', { qos: 1, retain: true });
      const late = await client({ ...login(reader), qos: 0, filters: [`${root}/v1/#`] });
      await late.sees('what is retained', ({ topic }) => topic === last);
      await marker('late', late);
      const kept = late.received.filter((each) => each.retain && each.topic !== last);
      return new Map(kept.map(({ topic, payload }) => [topic, payload]));
    };

    it('everybody publishes what the list allows, and nothing else; a denial is acknowledged', async () => {
      const seer = await watcher();
      for (const { name, options } of everybody) {
        const { mqtt } = await client(options);
        for (const topic of topics) {
          await mqtt.publishAsync(topic, `${name} 0`, { qos: 0 });
          await mqtt.publishAsync(topic, `${name} 1`, { qos: 1 });
        }
        expect(mqtt.connected, name).toBe(true);
      }
      await marker('all published', seer);
      // Where NATS keeps what comes with QoS 1: what was denied must not be there either.
      const seen = new Set(
        seer.received.map(({ topic, payload }) => `${payload}: ${topic.replace('$MQTT/msgs/', '')}`),
      );
      const allowed = everybody.flatMap(({ name, who }) =>
        topics
          .filter((topic) => mayPublish(root, who, topic))
          .flatMap((topic) => [`${name} 0: ${topic}`, `${name} 1: ${topic}`]),
      );
      const ours = [...seen].filter((each) => everybody.some(({ name }) => each.startsWith(`${name} `)));
      expect(sorted(ours)).toEqual(sorted(allowed));
    });

    it('everybody retains, and takes back, what the list allows, and nothing else', async () => {
      const publish = async ({ options }: Credential, payload: string) => {
        const { mqtt } = await client(options);
        for (const topic of topics) await mqtt.publishAsync(topic, payload, { qos: 1, retain: true });
      };
      const expected = new Map<string, string>();
      for (const each of everybody) {
        await publish(each, each.name);
        for (const topic of topics) if (mayPublish(root, each.who, topic)) expected.set(topic, each.name);
      }
      expect(await retained()).toEqual(expected);
      for (const each of everybody) {
        await publish(each, '');
        for (const topic of topics) if (mayPublish(root, each.who, topic)) expected.delete(topic);
        if (each.who.kind === 'service') expect(await retained()).toEqual(expected);
      }
      expect(await retained()).toEqual(new Map());
    });

    /**
     * One client for each filter that is allowed: what arrives does not say which filter it matched. The others share one:
     * whichever of them lets something through that nobody may read, it is seen.
     */
    const watchers = ({ who, options }: Credential, wanted: readonly string[], qos: 0 | 1) => {
      const [allowed, refused] = [true, false].map((may) =>
        wanted.filter((filter) => maySubscribe(root, who, filter) === may),
      );
      const watch = async (allowed: boolean, filters: readonly string[]) => {
        const each = await client({ ...options, qos, filters: [mark] });
        // A refusal rejects on some brokers, and is silent on others: what counts is what arrives.
        for (const filter of filters) await each.mqtt.subscribeAsync(filter, { qos }).catch(() => {});
        return { ...each, filters, allowed };
      };
      return Promise.all([
        watch(false, refused ?? []),
        ...(allowed ?? []).map((filter) => watch(true, [filter])),
      ]);
    };
    /** All that may be published, by who may; where there is a witness, more than that. */
    const publishAll = async (): Promise<readonly string[]> => {
      const sent: string[] = [];
      for (const { who, options } of everybody) {
        const allowed = topics.filter((topic) => mayPublish(root, who, topic));
        const { mqtt } = await client(options);
        for (const topic of allowed) await mqtt.publishAsync(topic, 'news', { qos: 1 });
        sent.push(...allowed);
      }
      const others = hasWitness ? ['lights/bar', `${root}/v2/policy/status`, '_INBOX/x'] : [];
      const seer = hasWitness ? await client(login(witness)) : undefined;
      for (const topic of others) await seer?.mqtt.publishAsync(topic, 'secret', { qos: 1 });
      return sent;
    };

    it.each(everybody)('$name reads what the list allows, and nothing else', async (credential) => {
      const watching = await watchers(credential, filters, 0);
      const sent = await publishAll();
      await marker('all read', ...watching);
      for (const watcher of watching) {
        const { filters: own, allowed } = watcher;
        const got = watcher.topics().filter((topic) => !topic.includes('/mark/'));
        expect(
          got.filter((topic) => !covers(`${root}/v1/#`, topic)),
          own.join(' '),
        ).toEqual([]);
        const meant = sent.filter((topic) => own.some((filter) => covers(filter, topic)));
        if (allowed) expect(sorted(got), own.join(' ')).toEqual(sorted(meant));
      }
    });

    it('a reader reads with QoS 1 too', async () => {
      const late = await client({ ...login(reader), qos: 1, filters: [`${root}/v1/#`] });
      // On a cluster a subscription with QoS 1 takes effect a little after it was acknowledged.
      await waitFor('it takes effect', async () => {
        await marker('ready', late);
        return true;
      });
      const sent = await publishAll();
      await waitFor('all of it', () => sent.every((topic) => late.topics().includes(topic)));
    });

    it('does not publish a last will where its client may not publish', async () => {
      const seer = await watcher();
      const topic = `${root}/v1/ups-monitor/status`;
      const will = { topic, payload: Buffer.from('forged'), qos: 1 as const, retain: false };
      // A broker may also refuse such a client altogether.
      const forger = await client({ ...login(reader), will }).catch(() => undefined);
      const rightful = await client({
        ...login('ups-monitor'),
        will: { ...will, payload: Buffer.from('true') },
      });
      forger?.mqtt.stream.destroy();
      rightful.mqtt.stream.destroy();
      await seer.sees('the will of who may', ({ payload }) => payload === 'true');
      await marker('after the wills', seer);
      expect(seer.received.map(({ payload }) => payload)).not.toContain('forged');
    });

    it.each([
      ['an unknown name', { username: 'stranger', password: 'x' }],
      ['a wrong password', { username: 'policy', password: 'wrong' }],
      ['an empty password', { username: 'policy', password: '' }],
      ['no password', { username: 'policy' }],
    ])('refuses %s, even where anybody may read', async (_what, options) => {
      await expect(client(options)).rejects.toThrow(/Not authorized|Bad username/);
    });

    it('shows its certificate to who trusts the authority, and speaks with nobody in the clear', async () => {
      await expect(rawClient(broker.url, login(reader))).rejects.toThrow(/certificate/);
      const clear = broker.url.replace('mqtts:', 'mqtt:');
      await expect(rawClient(clear, { ...login(reader), connectTimeout: 1_000 })).rejects.toThrow();
    });
  });

  it.skipIf(skip)('lets nobody in without a password if not told to', async () => {
    const broker = await open({ anonymousRead: false });
    try {
      await expect(rawClient(broker.url, { ca: broker.ca })).rejects.toThrow('Not authorized');
      const known = await waitFor('a reader', () =>
        rawClient(broker.url, { ca: broker.ca, ...login(reader) }),
      );
      await known.close();
    } finally {
      await broker.close();
    }
  });
});
