import type { SpaceSettings } from '@huismeester/contracts';

/** Where the settings have the broker, and who is to be let in. */
export interface BrokerPlace {
  readonly root: string;
  readonly host: string;
  readonly port: number;
  readonly tls?: boolean;
  readonly anonymousRead?: boolean;
  readonly readers: readonly string[];
  readonly user?: string;
}

/** From the settings of the broker; where it is embedded, for one that takes its place. `more` may read, too. */
export function placeOf(broker: SpaceSettings['broker'], more: readonly string[]): BrokerPlace {
  const { root } = broker;
  if ('embedded' in broker) {
    const { host, port, anonymousRead, readers } = broker.embedded;
    const names = readers.map(({ username }) => username);
    return { root, host, port: port || 1883, anonymousRead, readers: [...new Set([...names, ...more])] };
  }
  const { username, url } = broker;
  const first = typeof url === 'string' ? url : (url[0] ?? '');
  const tls = first.startsWith('mqtts:');
  return {
    ...{ root, tls, ...addressIn(first, tls ? 8883 : 1883) },
    ...{ readers: more, ...(username === undefined ? {} : { user: username }) },
  };
}

/** Host and port of a URL. */
export function addressIn(url: string, usualPort: number): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port || usualPort) };
}
