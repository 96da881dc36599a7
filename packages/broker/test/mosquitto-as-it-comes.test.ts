import { type Mosquitto, skipWithout, startMosquitto, waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { type BrokerConnection, connectBroker, mosquittoConfig } from '../src/index.ts';
import { memoryLogger, passwordOf, reader, root } from './brokers.ts';
import { type RawClient, rawClient } from './raw-client.ts';

describe.skipIf(skipWithout('mosquitto'))('a space with a Mosquitto of its own', () => {
  let mosquitto: Mosquitto;
  let policy: BrokerConnection;
  let watcher: RawClient;
  afterEach(async () => {
    await policy.close();
    await watcher.close();
    await mosquitto.close();
  });
  const connect = (login: { username?: string; password?: string }) =>
    connectBroker({
      url: mosquitto.url,
      ...login,
      root,
      service: 'policy',
      version: '0.1.0',
      logger: memoryLogger(),
    });

  it('may be open to all', async () => {
    mosquitto = await startMosquitto({ open: true });
    policy = connect({});
    watcher = await rawClient(mosquitto.url, { filters: ['#'] });
    await watcher.sees('its status', ({ topic }) => topic === `${root}/v1/policy/status`);
  });

  it('keeps retained states over a restart with the generated configuration', async () => {
    const readers = [reader];
    mosquitto = await startMosquitto({
      configure: (place) => mosquittoConfig({ ...place, root, readers }),
      passwords: { policy: passwordOf('policy'), [reader]: passwordOf(reader) },
    });
    policy = connect({ username: 'policy', password: passwordOf('policy') });
    await waitFor('it is online', () => policy.online);
    policy.state('desired', '100', { desired: 'running', desired_n: 1, generation: 1, enforced: 0, held: 0 });
    await policy.flushed();
    await policy.close();
    await mosquitto.stop();
    await mosquitto.start();
    watcher = await rawClient(mosquitto.url, {
      username: reader,
      password: passwordOf(reader),
      filters: [`${root}/v1/#`],
    });
    const kept = await watcher.sees(
      'the state',
      ({ topic }) => topic === `${root}/v1/policy/state/desired/100`,
    );
    expect(kept.retain).toBe(true);
  });
});
