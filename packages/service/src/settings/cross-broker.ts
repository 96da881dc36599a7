import type { Draft, SpaceSettings } from '@huismeester/contracts';
import type { Mismatch } from '../schema/mismatch.ts';
import { duplicates } from './cross-duplicates.ts';

/** What no schema can say of the broker. */
export function broker(given: Draft<SpaceSettings>['broker']): Mismatch[] {
  if (given === undefined) return [];
  if ('embedded' in given) {
    const readers = given.embedded?.readers ?? [];
    return duplicates(
      readers.map((each, index) => [['broker', 'embedded', 'readers', index, 'username'], each?.username]),
    );
  }
  if (!('url' in given)) return [];
  const { jetstream } = given;
  return [
    ...tls(['broker'], given, { clear: 'mqtt:', safe: 'mqtts:' }),
    ...(jetstream === undefined
      ? []
      : tls(['broker', 'jetstream'], jetstream, { clear: 'nats:', safe: 'tls:' })),
  ];
}

/** A CA is of no use without TLS, and a login that goes over TLS to one server must not go in the clear to another. */
function tls(
  path: string[],
  { url, ca }: { url?: string | (string | undefined)[] | undefined; ca?: string | undefined },
  { clear, safe }: { clear: string; safe: string },
): Mismatch[] {
  const urls = (Array.isArray(url) ? url : [url]).filter((each) => each !== undefined);
  const inTheClear = urls.filter((each) => each.startsWith(clear));
  if (inTheClear.length === 0) return [];
  const at = [...path, 'url'];
  if (ca !== undefined) return [{ path: at, found: `${clear}// with a ca`, allowed: `${safe}//, or no ca` }];
  if (inTheClear.length === urls.length) return [];
  return [{ path: at, found: `${clear}// and ${safe}//`, allowed: 'one of them for all servers' }];
}
