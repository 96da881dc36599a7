import { type Draft, type SpaceSettings, serviceNames } from '@huismeester/contracts';
import type { Mismatch } from '../schema/mismatch.ts';
import { urlTrouble } from './cross-urls.ts';

type Services = Draft<SpaceSettings['services']>;
type Http = Draft<SpaceSettings['http']>;

/** Whether services can find each other, and know each other apart. */
export function peers(services: Services = {}, http: Http = {}): Mismatch[] {
  const given = serviceNames.flatMap((name) => {
    const peer = services[name];
    return peer ? [{ name, peer }] : [];
  });
  return given.flatMap(({ name, peer }, index) => {
    const other = given
      .slice(0, index)
      .find(({ peer: { secret } }) => secret !== undefined && secret === peer.secret);
    const shared = other && {
      path: ['services', name, 'secret'],
      // Not the secret itself.
      found: `that of ${other.name}`,
      allowed: 'a secret of its own, by which the others know who asks',
    };
    return [...address(name, peer.url), ...protocol(name, peer, http), ...(shared ? [shared] : [])];
  });
}

/**
 * Whether processes of one machine listen apart. That it is one is sure of those that say where they `listen` and do so on
 * the same address that is not a wildcard: others may be in containers with a network each.
 */
export function listeners(services: Services = {}, http: Http = {}): Mismatch[] {
  const given = serviceNames.flatMap((name) => {
    const listen = services[name]?.listen;
    return listen ? [{ name, at: { ...http, ...listen } }] : [];
  });
  return given.flatMap(({ name, at }, index) => {
    const beside = given
      .slice(0, index)
      .filter((other) => !wildcards.has(at.host) && other.at.host === at.host);
    return (['port', 'socket'] as const).flatMap((key) => {
      // Port 0 is any that is free.
      const other = at[key] ? beside.find((each) => each.at[key] === at[key]) : undefined;
      if (!other) return [];
      const found = `${at[key]}, that of ${other.name} on ${at.host}, too`;
      return [{ path: ['services', name, 'listen', key], found, allowed: `a ${key} of its own` }];
    });
  });
}

const wildcards: ReadonlySet<string | undefined> = new Set([undefined, '0.0.0.0', '::']);

/** Where the secret goes in the clear although settings have what prevents it, or where nobody answers. */
function protocol(
  name: string,
  { url, ca }: { url?: string | undefined; ca?: string | undefined },
  { tls }: Http,
): Mismatch[] {
  if (url === undefined || !url.startsWith('http:')) return [];
  const path = ['services', name, 'url'];
  if (ca !== undefined) return [{ path, found: 'http:// with a ca', allowed: 'https://, or no ca' }];
  if (tls === undefined) return [];
  return [
    { path, found: 'http:// with http.tls', allowed: 'https://, which is all that a service answers then' },
  ];
}

function address(name: string, text: string | undefined): Mismatch[] {
  if (text === undefined) return [];
  const wrong = (found: string): Mismatch[] => [
    { path: ['services', name, 'url'], found, allowed: 'such as http://10.0.0.7:8080' },
  ];
  const trouble = urlTrouble(text);
  if (trouble !== undefined) return wrong(trouble);
  const url = new URL(text);
  if (url.search !== '' || url.hash !== '') return wrong('a URL with a ? or a #');
  return /\/api(\/v1)?\/?$/.test(url.pathname) ? wrong('a URL with /api/v1, which is put behind it') : [];
}
