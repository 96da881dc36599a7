import { type Draft, type Misfit, milliseconds } from '../define.ts';
import type { DirectorySettings } from './settings.ts';

type Given = Draft<{ directory: DirectorySettings; secrets: { key: string } }>;
type Ldap = Draft<Extract<DirectorySettings, { ldap: object }>['ldap']>;

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What of the settings of the directory does not fit together. */
export function misfits({ directory, secrets }: Given): Misfit[] {
  if (directory === undefined) return [];
  const ldap = 'ldap' in directory ? directory.ldap : undefined;
  return [
    ...withoutKey(secrets),
    ...tooSeldom(directory.every),
    ...(ldap ? [...inClear(ldap), ...halfLogin(ldap)] : []),
  ];
}

function withoutKey(secrets: Given['secrets']): Misfit[] {
  if (secrets !== undefined && 'key' in secrets) return [];
  const allowed =
    'with a directory: 32 characters or more that nobody knows (openssl rand -hex 32), such as { file: secrets/key }';
  return [{ path: ['secrets', 'key'], found: 'nothing', allowed }];
}

/** Who was disabled, or left a group, loses what it gave within a minute. */
function tooSeldom(every: string | undefined): Misfit[] {
  if (every === undefined) return [];
  const ms = milliseconds(every);
  if (ms >= 100 && ms <= 40_000) return [];
  return [{ path: ['directory', 'every'], found: every, allowed: '100ms to 40s' }];
}

function inClear({ urls = [], startTls }: Ldap): Misfit[] {
  return urls.flatMap((url, index): Misfit[] => {
    const parsed = url === undefined ? null : URL.parse(url);
    if (parsed === null) return [];
    const at = ['directory', 'ldap', 'urls', index];
    if (parsed.protocol === 'ldaps:') {
      const allowed = 'ldap:// where startTls is true, or ldaps:// without it';
      return startTls === true ? [{ path: at, found: 'ldaps:// with startTls', allowed }] : [];
    }
    if (startTls === true || loopback.has(parsed.hostname)) return [];
    const allowed = 'ldaps://…, or startTls: true: passwords would cross the network in clear text';
    return [{ path: at, found: 'ldap:// without startTls', allowed }];
  });
}

function halfLogin({ bindDn, bindPassword }: Ldap): Misfit[] {
  if ((bindDn === undefined) === (bindPassword === undefined)) return [];
  const missing = bindDn === undefined ? 'bindDn' : 'bindPassword';
  const allowed = 'both bindDn and bindPassword, or neither';
  return [{ path: ['directory', 'ldap', missing], found: 'nothing', allowed }];
}
