export type SnmpAuthProtocol = 'sha' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** AES-128, and AES-256 with keys as Blumenthal (`aes256b`: net-snmp) or Reeder (`aes256r`: Cisco) extends them. */
export type SnmpPrivProtocol = 'aes' | 'aes256b' | 'aes256r';

/** Who asks. v3 without `auth` is noAuthNoPriv, with it authNoPriv, with `priv` too authPriv; MD5 and DES are not offered. */
export type SnmpCredentials =
  | { readonly version: '1' | '2c'; readonly community: string }
  | {
      readonly version: '3';
      readonly user: string;
      readonly auth?: { readonly protocol: SnmpAuthProtocol; readonly password: string };
      readonly priv?: { readonly protocol: SnmpPrivProtocol; readonly password: string };
    };

/** Credentials as settings have them: YAML reads a version as a number. */
type WrittenCredentials =
  | { readonly version: 1 | '1' | '2c'; readonly community: string }
  | (Omit<Extract<SnmpCredentials, { version: '3' }>, 'version'> & { readonly version: 3 | '3' });

export function credentialsOf(written: WrittenCredentials): SnmpCredentials {
  if ('community' in written) {
    return { version: written.version === '2c' ? '2c' : '1', community: written.community };
  }
  const { user, auth, priv } = written;
  return { version: '3', user, ...(auth && { auth }), ...(priv && { priv }) };
}

/** The bits of msgFlags that a message of this user has: 1 authenticated, 2 encrypted (RFC 3412 section 6.4). */
export function securityFlags(credentials: SnmpCredentials): number {
  if (credentials.version !== '3') return 0;
  return (credentials.auth ? 1 : 0) + (credentials.priv ? 2 : 0);
}

/** Throws a RangeError for what no agent takes: an empty name or password, or encryption without authentication. */
export function checkCredentials(credentials: SnmpCredentials): void {
  if (credentials.version !== '3') {
    if (credentials.community === '') throw new RangeError('an SNMP community may not be empty');
    return;
  }
  const { user, auth, priv } = credentials;
  if (user === '') throw new RangeError('an SNMP user name may not be empty');
  if (priv && !auth) throw new RangeError('SNMPv3 has no encryption without authentication: auth is missing');
  if (auth?.password === '' || priv?.password === '')
    throw new RangeError('an SNMP password may not be empty');
}
