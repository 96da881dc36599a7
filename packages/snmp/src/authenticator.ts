import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { SnmpAuthProtocol, SnmpCredentials } from './credentials.ts';
import type { Header } from './header.ts';

/** Hash, and how much of the HMAC is in a message, bytes (RFC 3414 section 6, RFC 7860 section 4.1). */
const protocols: Record<SnmpAuthProtocol, { hash: string; length: number }> = {
  sha: { hash: 'sha1', length: 12 },
  sha224: { hash: 'sha224', length: 16 },
  sha256: { hash: 'sha256', length: 24 },
  sha384: { hash: 'sha384', length: 32 },
  sha512: { hash: 'sha512', length: 48 },
};

/**
 * Whether a message, if it says that it is authenticated, is so with this user's password. The library checks it too, but
 * only after it has decrypted, and parsed, what anybody can send; and it hashes a megabyte for each engine id that a sender
 * makes up, and keeps the key. Here that hash is made once.
 */
export function createAuthenticator(credentials: SnmpCredentials) {
  const auth = credentials.version === '3' ? credentials.auth : undefined;
  const key = auth && keyOf(auth);
  return (message: Buffer, header: Header): boolean => {
    if (header.version !== '3' || (header.flags & 1) === 0) return true;
    const { digest, engineId } = header;
    if (!auth || !key || engineId.length < 5 || engineId.length > 32) return false;
    const { hash, length } = protocols[auth.protocol];
    if (digest.length !== length) return false;
    const localized = createHash(hash).update(key).update(engineId).update(key).digest();
    const blank = Buffer.from(message);
    const at = digest.byteOffset - message.byteOffset;
    blank.fill(0, at, at + length);
    const expected = createHmac(hash, localized).update(blank).digest().subarray(0, length);
    return timingSafeEqual(expected, digest);
  };
}

/** RFC 3414 appendix A.2: the hash of the password, repeated up to a megabyte. */
function keyOf({ protocol, password }: { protocol: SnmpAuthProtocol; password: string }): Buffer {
  return createHash(protocols[protocol].hash)
    .update(Buffer.alloc(2 ** 20, password))
    .digest();
}
