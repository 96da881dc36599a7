import { UsageError } from '../../errors.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * `ldaps://HOST[:PORT]`, or `ldap://…` with StartTLS or on this machine: else the password would cross the network in clear text. Throws
 * a {@link UsageError}.
 */
export function ldapUrl(text: string, startTls: boolean): string {
  const url = URL.parse(text);
  const isLdap = url?.protocol === 'ldaps:' || url?.protocol === 'ldap:';
  if (
    !url ||
    !isLdap ||
    url.hostname === '' ||
    url.username ||
    url.password ||
    !/^\/?$/.test(url.pathname) ||
    url.search
  ) {
    throw new UsageError(
      `"${withoutLogin(text)}" is not where a directory is: ldaps://HOST, or ldap://HOST with --start-tls`,
    );
  }
  if (url.protocol === 'ldaps:' && startTls)
    throw new UsageError('ldaps:// is TLS from the start: leave --start-tls out');
  if (url.protocol === 'ldap:' && !startTls && !loopback.includes(url.hostname)) {
    throw new UsageError(`${text} is in clear text: give ldaps://, or --start-tls`);
  }
  return `${url.protocol}//${url.host}`;
}

function withoutLogin(text: string): string {
  return text.replace(/\/\/.*@/, '//…@');
}
