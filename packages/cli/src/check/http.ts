import { type SpaceSettings, serviceNames } from '@huismeester/contracts';
import { pairTrouble } from '@huismeester/service';
import { isLoopback } from './address.ts';
import type { Finding } from './finding.ts';

type Settings = Pick<SpaceSettings, 'http' | 'services' | 'directory'>;

const ways =
  'in space.yaml: http: { tls: { cert: { file: … }, key: { file: … } } }, or http.publicUrl: https://… for a reverse proxy in front';

/** Whether the certificate can be shown, and whether people on other machines can log in without their passwords being read on the way. */
export function checkHttp(settings: Settings): Finding[] {
  const { tls } = settings.http;
  const trouble = tls && pairTrouble(tls);
  const what = 'http.tls: cert and key fit together';
  const shown: Finding[] = tls ? [trouble === undefined ? { what } : { what, problem: trouble }] : [];
  return [...shown, ...passwords(settings), ...publicAddress(settings)];
}

/** Links of mails and displays lead to `publicUrl`: on the machine of whoever opens them loopback is another one. */
function publicAddress({ http, services }: Settings): Finding[] {
  const { publicUrl } = http;
  if (publicUrl === undefined || !isOpen({ http, services })) return [];
  const { protocol, hostname } = new URL(publicUrl);
  if (!isOnlyHere(hostname.replaceAll(/[[\]]/g, ''))) return [];
  const warning = `it is ${publicUrl}, which leads nowhere from other machines, and those can reach the port: links in mails and of displays are of no use there`;
  const remedy = `in space.yaml: http: { publicUrl: ${protocol}//… } with the name that they reach it by`;
  return [{ what: 'http.publicUrl: where people reach it', warning, remedy }];
}

const isOnlyHere = (host: string): boolean => host === 'localhost' || isLoopback(host);

/** Whether other machines can reach a port. */
function isOpen({ http, services }: Pick<Settings, 'http' | 'services'>): boolean {
  const hosts = [http.host, ...serviceNames.flatMap((name) => services[name]?.listen?.host ?? [])];
  return hosts.some((host) => !isOnlyHere(host));
}

function passwords({ http, services, directory }: Settings): Finding[] {
  // Without a directory nobody has a password.
  if (directory === undefined || !isOpen({ http, services })) return [];
  const what = 'http: passwords of people on other machines';
  const isSafe = http.tls !== undefined || http.publicUrl?.startsWith('https:') === true;
  if (http.acceptPlainPasswords) {
    if (http.tls) return [{ what }];
    const warning = 'they are taken over plain HTTP (acceptPlainPasswords): anybody on the way can read them';
    return [{ what, warning, remedy: ways }];
  }
  if (isSafe) return [{ what }];
  const problem = 'they will be refused (plain-password), since there is no HTTPS';
  return [{ what, problem, remedy: ways }];
}
