import { type Draft, decodes, type Path, type SpaceSettings } from '@huismeester/contracts';
import type { Mismatch } from '../schema/mismatch.ts';

type Text = string | undefined;

/**
 * What is wrong with an address, in words that hold nothing of it: someone may have put a password in it. Undefined for
 * one that is fine, and for one that is not there.
 */
export function urlTrouble(text: Text): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url === null || url.hostname === '') return 'no URL';
  return url.username === '' && url.password === '' ? undefined : 'a URL with a name or a password in it';
}

/** The addresses of all that is not a service of ours. */
export function urls({ http, broker, database, hypervisors = [] }: Draft<SpaceSettings>): Mismatch[] {
  return [
    ...plain(['http', 'publicUrl'], http?.publicUrl, 'such as https://huismeester.space'),
    ...(broker !== undefined && 'url' in broker ? ofBroker(broker) : []),
    ...(database !== undefined && 'url' in database ? ofDatabase(database.url) : []),
    ...hypervisors.flatMap((each, index) => ofHypervisor(['hypervisors', index, 'url'], each?.url)),
  ];
}

function plain(path: Path, text: Text, allowed: string): Mismatch[] {
  const found = urlTrouble(text);
  return found === undefined ? [] : [{ path, found, allowed }];
}

function ofBroker({
  url,
  jetstream,
}: {
  url?: Text | Text[];
  jetstream?: { url?: Text | Text[] } | undefined;
}): Mismatch[] {
  const login = 'a login goes in username and password, or credentials';
  return [
    ...servers(['broker', 'url'], url, `such as mqtts://broker.space:8883; ${login}`),
    ...servers(
      ['broker', 'jetstream', 'url'],
      jetstream?.url,
      'such as tls://broker.space:4222; a login goes in username and password',
    ),
  ];
}

function servers(path: Path, given: Text | Text[], allowed: string): Mismatch[] {
  if (!Array.isArray(given)) return plain(path, given, allowed);
  return given.flatMap((each, index) => plain([...path, index], each, allowed));
}

/** The client of Proxmox takes an origin and nothing more. */
function ofHypervisor(path: Path, text: Text): Mismatch[] {
  const allowed = 'such as https://10.0.0.2:8006; who we are is in tokens';
  const wrong = plain(path, text, allowed);
  const url = URL.parse(text ?? '');
  if (wrong.length > 0 || url === null) return wrong;
  const more = url.pathname !== '/' || url.search !== '' || url.hash !== '';
  return more ? [{ path, found: 'a URL with more than host and port', allowed }] : [];
}

/** With a password, if need be, and with several hosts, as postgres.js has them. */
function ofDatabase(text: Text): Mismatch[] {
  if (text === undefined) return [];
  const [, before = '', hosts = '', rest = ''] = /^([^/]*\/\/(?:[^/?]*@)?)([^/?]*)(.*)$/s.exec(text) ?? [];
  const each = hosts.split(',').map((host) => URL.parse(`${before}${host}${rest}`));
  if (each.every((url) => url !== null && decodes(url.username) && decodes(url.password))) return [];
  const allowed =
    'postgres://user:password@host:5432/database, with %40 for an @ and %25 for a % in the password';
  return [{ path: ['database', 'url'], found: 'no URL', allowed }];
}
