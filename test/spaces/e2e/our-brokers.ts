import { join } from 'node:path';
import { mosquittoConfig, natsConfig } from '@huismeester/broker';
import { serviceNames } from '@huismeester/contracts';
import {
  type Mosquitto,
  type Nats,
  type NatsCluster,
  type NatsPlace,
  type NatsTestOptions,
  startMosquitto,
  startNats,
  startNatsCluster,
} from '@huismeester/testkit';

const passwordOf = (user: string) => `${user}-knows`;

export const loginOf = (user: string) => ({ username: user, password: passwordOf(user) });

/** The login of each service, as `broker.credentials` in space.yaml. */
export const credentials = Object.fromEntries(serviceNames.map((name) => [name, loginOf(name)]));

/** A Mosquitto with the configuration that we generate. */
export function startOurMosquitto({ anonymousRead = false } = {}): Promise<Mosquitto> {
  return startMosquitto({
    configure: (place) => mosquittoConfig({ ...place, root: 'space', anonymousRead }),
    passwords: Object.fromEntries(serviceNames.map((name) => [name, passwordOf(name)])),
  });
}

const version = '2.9.10';

/** A nats-server with the configuration that we generate. */
export function startOurNats(): Promise<Nats> {
  return startNats(natsOptions());
}

/** Three of them, as a cluster. */
export function startOurNatsCluster(): Promise<NatsCluster> {
  return startNatsCluster(natsOptions());
}

function natsOptions(): NatsTestOptions {
  const configOf = (place: Omit<NatsPlace, 'certificates'>) =>
    natsConfig({
      ...place,
      root: 'space',
      version,
      dataDir: join(place.dir, 'data'),
      ...(place.routes ? { cluster: { port: place.clusterPort ?? 0, routes: place.routes } } : {}),
    });
  const anywhere = { name: 'x', host: '', dir: '/', port: 1, clientPort: 2, monitorPort: 3 };
  const { passwordsNeeded } = configOf(anywhere);
  return {
    configure: (place) => configOf(place).conf,
    passwords: Object.fromEntries(passwordsNeeded.map(({ user, variable }) => [variable, passwordOf(user)])),
  };
}
