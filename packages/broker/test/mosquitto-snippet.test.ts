import { serviceNames } from '@huismeester/contracts';
import { type Mosquitto, skipWithout, startMosquitto } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { mosquittoSnippet } from '../src/index.ts';
import { login, passwordOf, reader, root } from './brokers.ts';
import { type RawClient, rawClient } from './raw-client.ts';

const own = ['state/ups/rack', 'graf/load-pct', 'evt/ups/rack/lost', 'status'];
const topicsOf = (service: string) => own.map((rest) => `${root}/v1/${service}/${rest}`);
const everywhere = [...serviceNames.flatMap(topicsOf), `${root}/v1/stranger/status`, 'lights/bar'];

describe.skipIf(skipWithout('mosquitto'))('a Mosquitto that was there, with the snippet', () => {
  let mosquitto: Mosquitto;
  const clients: RawClient[] = [];
  const client = async (user: string, filters: string[] = []) => {
    const made = await rawClient(mosquitto.url, { ...login(user), filters });
    clients.push(made);
    return made;
  };
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((each) => each.close()));
    await mosquitto.close();
  });

  async function start(options: { user?: string }): Promise<void> {
    const accounts = { root, readers: [reader], ...options };
    mosquitto = await startMosquitto({
      configure: ({ host, port, dir }) => {
        const { conf, acl } = mosquittoSnippet({ ...accounts, dir });
        // What it had before: a listener, and somebody of whom we know nothing.
        const before = 'user lights\ntopic readwrite lights/#\n';
        return {
          conf: `listener ${port} ${host}\npersistence_location ${dir}/\n${conf}`,
          acl: `${before}${acl}`,
        };
      },
      passwords: Object.fromEntries(
        ['lights', ...mosquittoSnippet({ ...accounts, dir: '/' }).passwordsNeeded].map((user) => [
          user,
          passwordOf(user),
        ]),
      ),
    });
  }

  /** The topics of all that arrives when this user publishes everywhere. */
  async function publishedBy(user: string): Promise<Set<string>> {
    const watchers = [await client(reader, [`${root}/v1/#`]), await client('lights', ['lights/#'])];
    const publisher = await client(user);
    for (const topic of everywhere) await publisher.mqtt.publishAsync(topic, user, { qos: 1 });
    // Each watcher has a message behind which nothing of the above can still come.
    const last = await client('lights');
    await last.mqtt.publishAsync('lights/last', 'last', { qos: 1 });
    await watchers[1]?.sees('the last message', ({ payload }) => payload === 'last');
    await watchers[0]?.mqtt.subscribeAsync(`${root}/v1/#`, { qos: 1 });
    return new Set(
      watchers.flatMap(({ received }) =>
        received.filter(({ payload }) => payload === user).map(({ topic }) => topic),
      ),
    );
  }

  it('lets each service publish below its own prefix alone, and a reader only read', async () => {
    await start({});
    for (const service of serviceNames) {
      expect(await publishedBy(service)).toEqual(new Set(topicsOf(service)));
    }
    expect(await publishedBy(reader)).toEqual(new Set());
    await expect(rawClient(mosquitto.url)).rejects.toThrow('Not authorized');
  });

  it('lets the one user of a process publish for all services, and nothing else; those who were there go on', async () => {
    await start({ user: 'huismeester' });
    expect(await publishedBy('huismeester')).toEqual(new Set(serviceNames.flatMap(topicsOf)));
    expect(await publishedBy('lights')).toEqual(new Set(['lights/bar']));
    await expect(client('policy')).rejects.toThrow('Not authorized');
  });
});
