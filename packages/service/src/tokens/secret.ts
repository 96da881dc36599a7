import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A new token: `hm_<id>_<secret>`, its secret of 256 random bits as 43 characters of base64url. */
export function newSecret(): { id: string; text: string; hash: string } {
  const id = Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');
  const secret = randomBytes(32).toString('base64url');
  return { id, text: `hm_${id}_${secret}`, hash: hashOf(secret).toString('hex') };
}

/** The parts of a token; undefined when it is none. */
export function parseToken(text: string): { id: string; secret: string } | undefined {
  const [, id, secret] = /^hm_([a-z0-9]+)_([\w-]{43})$/.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Compares in constant time. A plain hash will do: 256 random bits cannot be guessed from a list. */
export function matches(secret: string, hash: string): boolean {
  const stored = Buffer.from(hash, 'hex');
  const shown = hashOf(secret);
  return stored.length === shown.length && timingSafeEqual(stored, shown);
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
