import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** What a bearer token can be, by how its text begins. */
const prefixes = { token: 'hm', session: 'hms' } as const;
export type Kind = keyof typeof prefixes;

/** What somebody shows, taken apart. */
export interface Shown {
  readonly kind: Kind;
  readonly id: string;
  readonly secret: string;
}

/** A new token or session: `hm_<id>_<secret>` or `hms_<id>_<secret>`, its secret of 256 random bits as 43 characters of base64url. */
export function newSecret(kind: Kind = 'token'): { id: string; text: string; hash: string } {
  const id = Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');
  const secret = randomBytes(32).toString('base64url');
  return { id, text: `${prefixes[kind]}_${id}_${secret}`, hash: hashOf(secret).toString('hex') };
}

/** The parts of a token or session; undefined when it is neither. */
export function parseSecret(text: string): Shown | undefined {
  const [, session, id, secret] = /^hm(s?)_([a-z0-9]{1,20})_([\w-]{43})$/.exec(text) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  return { kind: session === '' ? 'token' : 'session', id, secret };
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
