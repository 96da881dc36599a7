import type { SpaceSettings } from '@huismeester/contracts';

/** Where MQTT clients find the broker, as far as the settings say, and what its topics begin with. */
export function newsOf({ broker, http }: Pick<SpaceSettings, 'broker' | 'http'>): {
  root: string;
  brokerUrls: readonly string[];
} {
  const { root } = broker;
  if (!('embedded' in broker)) return { root, brokerUrls: [broker.url].flat() };
  const { host, port, tls } = broker.embedded;
  // One cannot connect to "all addresses".
  const everywhere = host === '0.0.0.0' || host === '::';
  const reachable = everywhere && http.publicUrl !== undefined ? new URL(http.publicUrl).hostname : host;
  const name = reachable.includes(':') ? `[${reachable}]` : reachable;
  return { root, brokerUrls: [`${tls ? 'mqtts' : 'mqtt'}://${name}:${port}`] };
}
