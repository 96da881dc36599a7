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
  const authenticatorOf = (by: SnmpAuthProtocol, key: string) =>
    createAuthenticator({ version: '3', user: 'u', auth: { protocol: by, password: key } });

  it('is authentic as it is, and with its password only', async () => {
    const options = ['-v3', '-e0x8000000001020304', '-uu', '-lauthNoPriv', `-a${option}`, `-A${password}`];
    const message = await datagramOf(options, trap);
    const unchanged = readHeader(message);
    if (!unchanged) throw new Error('snmptrap sent no message');
    const isAuthentic = authenticatorOf(protocol, password);
    expect(isAuthentic(message, unchanged)).toBe(true);
    expect(authenticatorOf(protocol, `${password}s`)(message, unchanged)).toBe(false);
    expect(authenticatorOf(protocol === 'sha' ? 'sha256' : 'sha', password)(message, unchanged)).toBe(false);
    for (let i = 0; i < message.length; i += 1) {
      const changed = Buffer.from(message);
      changed[i] = (changed[i] ?? 0) ^ 0x40;
      const header = readHeader(changed);
      if (header?.version === '3' && (header.flags & 1) === 1)
        expect(isAuthentic(changed, header)).toBe(false);
    }
  });
});
