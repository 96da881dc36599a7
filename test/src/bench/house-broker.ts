import { mosquittoConfig } from '@huismeester/broker';
import { serviceNames } from '@huismeester/contracts';
import { type Mosquitto, startMosquitto } from '@huismeester/testkit';

const passwordOf = (user: string) => `${user}-knows`;

export const loginOf = (user: string) => ({ username: user, password: passwordOf(user) });

/** The login of each service, as `broker.credentials` in space.yaml. */
export const credentials = Object.fromEntries(serviceNames.map((name) => [name, loginOf(name)]));

/** A Mosquitto with the configuration that we generate. */
export function startOurMosquitto(): Promise<Mosquitto> {
  return startMosquitto({
    configure: (place) => mosquittoConfig({ ...place, root: 'space' }),
    passwords: Object.fromEntries(serviceNames.map((name) => [name, passwordOf(name)])),
  });
}
