import { skipWithout } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { createAuthenticator } from '../src/authenticator.ts';
import { readHeader } from '../src/header.ts';
import type { SnmpAuthProtocol } from '../src/index.ts';
import { datagramOf } from './datagram.ts';

const password = 'the auth password';
const trap = ['', '1.3.6.1.6.3.1.1.5.1'];

describe.skipIf(skipWithout('snmptrap')).each<[SnmpAuthProtocol, string]>([
  ['sha', 'SHA'],
  ['sha224', 'SHA-224'],
  ['sha256', 'SHA-256'],
  ['sha384', 'SHA-384'],
  ['sha512', 'SHA-512'],
])('a message authenticated by %s', (protocol, option) => {
  const isAuthentic = (message: Buffer, by = protocol, key = password) => {
    const header = readHeader(message);
    if (!header) return undefined;
    return createAuthenticator({ version: '3', user: 'u', auth: { protocol: by, password: key } })(
      message,
      header,
    );
  };

  it('is authentic as it is, and with its password only', async () => {
    const options = ['-v3', '-e0x8000000001020304', '-uu', '-lauthNoPriv', `-a${option}`, `-A${password}`];
    const message = await datagramOf(options, trap);
    expect(isAuthentic(message)).toBe(true);
    expect(isAuthentic(message, protocol, `${password}s`)).toBe(false);
    expect(isAuthentic(message, protocol === 'sha' ? 'sha256' : 'sha')).toBe(false);
    for (let i = 0; i < message.length; i += 1) {
      const changed = Buffer.from(message);
      changed[i] = (changed[i] ?? 0) ^ 0x40;
      const header = readHeader(changed);
      if (header?.version === '3' && (header.flags & 1) === 1) expect(isAuthentic(changed)).toBe(false);
    }
  });
});
