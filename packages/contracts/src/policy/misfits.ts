import type { Draft, Misfit } from '../define.ts';
import type { MailSettings } from './notice-settings.ts';

type Given = Draft<{ mail: MailSettings }>;

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What of the settings of mail does not fit together. */
export function misfits({ mail }: Given): Misfit[] {
  return mail === undefined ? [] : [...inClear(mail), ...halfLogin(mail)];
}

function inClear({ url, username, requireTls }: Draft<MailSettings>): Misfit[] {
  const parsed = url === undefined ? null : URL.parse(url);
  if (parsed === null) return [];
  const path = ['mail', 'requireTls'];
  if (parsed.protocol === 'smtps:') {
    const allowed = 'smtp:// where requireTls says something, or smtps:// without it';
    return requireTls === undefined ? [] : [{ path, found: 'smtps:// with requireTls', allowed }];
  }
  if (username === undefined || requireTls !== false || loopback.has(parsed.hostname)) return [];
  const allowed = 'smtps://…, or requireTls: true: the password would cross the network in clear text';
  return [{ path, found: 'smtp:// with a login and without TLS', allowed }];
}

function halfLogin({ username, password }: Draft<MailSettings>): Misfit[] {
  if ((username === undefined) === (password === undefined)) return [];
  const missing = username === undefined ? 'username' : 'password';
  return [{ path: ['mail', missing], found: 'nothing', allowed: 'both username and password, or neither' }];
}
