import { type SpaceSettings, serviceNames } from '@huismeester/contracts';
import type { Mismatch } from '../schema/mismatch.ts';
import type { Draft } from './draft.ts';

type Services = Draft<SpaceSettings['services']>;

/** Whether services can find each other, and know each other apart. */
export function peers(services: Services = {}): Mismatch[] {
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
    return [...address(name, peer.url), ...(shared ? [shared] : [])];
  });
}

function address(name: string, text: string | undefined): Mismatch[] {
  if (text === undefined) return [];
  const wrong = (found: string): Mismatch[] => [
    { path: ['services', name, 'url'], found, allowed: 'such as http://10.0.0.7:8080' },
  ];
  const url = URL.parse(text);
  if (url === null) return wrong(`no URL`);
  if (url.username !== '' || url.password !== '') return wrong('a URL with a name or a password in it');
  if (url.search !== '' || url.hash !== '') return wrong('a URL with a ? or a #');
  return /\/api(\/v1)?\/?$/.test(url.pathname) ? wrong('a URL with /api/v1, which is put behind it') : [];
}
