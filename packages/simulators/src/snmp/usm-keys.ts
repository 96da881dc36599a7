import { createCipheriv, createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** SHA-1 (RFC 3414) or SHA-256 (RFC 7860). */
export type AuthProtocol = 'sha' | 'sha256';

export interface SwitchUser {
  name: string;
  auth?: { protocol: AuthProtocol; password: string };
  /** AES of 128 bits in CFB mode (RFC 3826); needs `auth`. */
  priv?: { protocol: 'aes'; password: string };
}

/** A user with the keys that belong to one engine. */
export interface UsmUser {
  readonly name: string;
  readonly auth?: { readonly protocol: AuthProtocol; readonly key: Uint8Array };
  readonly privKey?: Uint8Array;
}

const hashes = { sha: 'sha1', sha256: 'sha256' } as const;
/** How many bytes of the HMAC are sent. */
export const digestSizes = { sha: 12, sha256: 24 } as const;

const expanded = new Map<string, Uint8Array>();

/** The key of a password (RFC 3414, A.2.2): the hash of 1 MiB of it. Kept, since many switches have the same user. */
export function passwordKey(protocol: AuthProtocol, password: string): Uint8Array {
  const kept = expanded.get(`${protocol} ${password}`);
  if (kept) return kept;
  const key = createHash(hashes[protocol]).update(Buffer.alloc(1_048_576, password)).digest();
  expanded.set(`${protocol} ${password}`, key);
  return key;
}

/** The key at one engine (RFC 3414, section 2.6). */
export function localizedKey(protocol: AuthProtocol, password: string, engineId: Uint8Array): Uint8Array {
  const key = passwordKey(protocol, password);
  return createHash(hashes[protocol]).update(key).update(engineId).update(key).digest();
}

export function localizeUser({ name, auth, priv }: SwitchUser, engineId: Uint8Array): UsmUser {
  if (!auth) return { name };
  const key = localizedKey(auth.protocol, auth.password, engineId);
  const user = { name, auth: { protocol: auth.protocol, key } };
  if (!priv) return user;
  return { ...user, privKey: localizedKey(auth.protocol, priv.password, engineId).subarray(0, 16) };
}

/** The digest over a message whose own digest stands at `at` and counts as zeros (RFC 3414, section 6.3.1). */
export function digestOf(
  { protocol, key }: NonNullable<UsmUser['auth']>,
  message: Uint8Array,
  at: number,
): Buffer {
  const size = digestSizes[protocol];
  return createHmac(hashes[protocol], key)
    .update(message.subarray(0, at))
    .update(new Uint8Array(size))
    .update(message.subarray(at + size))
    .digest()
    .subarray(0, size);
}

export function digestFits(
  auth: NonNullable<UsmUser['auth']>,
  message: Uint8Array,
  digest: Uint8Array,
): boolean {
  if (digest.length !== digestSizes[auth.protocol]) return false;
  return timingSafeEqual(digest, digestOf(auth, message, digest.byteOffset - message.byteOffset));
}

interface Vector {
  boots: number;
  time: number;
  salt: Uint8Array;
}

/** RFC 3826, section 3.1.2.1. */
function vector({ boots, time, salt }: Vector): Buffer {
  const start = Buffer.alloc(8);
  start.writeInt32BE(boots, 0);
  start.writeInt32BE(time, 4);
  return Buffer.concat([start, salt]);
}

export function encrypt(key: Uint8Array, from: Vector, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-cfb', key, vector(from));
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** The salt must have 8 bytes. */
export function decrypt(key: Uint8Array, from: Vector, secret: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-128-cfb', key, vector(from));
  return Buffer.concat([decipher.update(secret), decipher.final()]);
}
