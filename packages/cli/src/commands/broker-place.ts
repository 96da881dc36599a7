import { isIP } from 'node:net';
import type { SpaceSettings } from '@huismeester/contracts';

/** Where the settings have the broker, and who is to be let in. */
export interface BrokerPlace {
  readonly root: string;
  /** The address to listen on. */
  readonly host: string;
  readonly port: number;
  /** Where clients find it, at any of its servers. */
  readonly names: readonly string[];
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
    return {
      root,
      host,
      names: [host],
      port: port || 1883,
      anonymousRead,
      readers: [...new Set([...names, ...more])],
    };
  }
  const { username, url } = broker;
  const urls = [url].flat();
  const [first = ''] = urls;
  const tls = first.startsWith('mqtts:');
  return {
    root,
    tls,
    host: listenOn(hostIn(first)),
    port: portIn(first, tls ? 8883 : 1883),
    names: urls.map(hostIn),
    readers: more,
    ...(username !== undefined && { user: username }),
  };
}

function hostIn(url: string): string {
  return new URL(url).hostname.replaceAll(/[[\]]/g, '');
}

export function portIn(url: string, usual: number): number {
  return Number(new URL(url).port || usual);
}

/** Where a server listens that is found at a host: by name on all addresses, since Debian has its own name be 127.0.1.1. */
export function listenOn(host: string): string {
  if (host === 'localhost' || host.endsWith('.localhost')) return '127.0.0.1';
  return isIP(host) === 0 ? '0.0.0.0' : host;
}
