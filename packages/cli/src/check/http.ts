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
  return [...shown, ...passwords(settings)];
}

function passwords({ http, services, directory }: Settings): Finding[] {
  const hosts = [http.host, ...serviceNames.flatMap((name) => services[name]?.listen?.host ?? [])];
  const isOpen = hosts.some((host) => host !== 'localhost' && !isLoopback(host));
  // Without a directory nobody has a password.
  if (directory === undefined || !isOpen) return [];
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
