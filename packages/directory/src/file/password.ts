import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** Of a new hash: 16 MiB, and some 150 ms on one core; OWASP's Password Storage Cheat Sheet has these numbers among its least ones. */
const usual = { N: 2 ** 14, r: 8, p: 5 } as const;
const saltBytes = 16;
const hashBytes = 32;

/** `scrypt$N$r$p$salt$hash`, salt and hash in base64. */
const form =
  /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9+/]{16,128}={0,2})\$([A-Za-z0-9+/]{22,128}={0,2})$/;

interface Hash {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** The hash of a password (scrypt, RFC 7914) as it stands in a directory file. A lower `cost` (N, a power of 2) is for demos and tests. */
export async function hashPassword(
  text: string,
  { cost = usual.N }: { cost?: number } = {},
): Promise<string> {
  const { N, r, p } = { ...usual, N: cost };
  const salt = randomBytes(saltBytes);
  const hash = await derive(text, { N, r, p, salt, hash: Buffer.alloc(hashBytes) });
  return `scrypt$${N}$${r}$${p}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

/** Whether a hash can be used: its numbers are such that nobody waits for ever, or fills the memory (at most 128 MiB). */
export function isHash(text: string): boolean {
  const parsed = parse(text);
  if (!parsed) return false;
  const { N, r, p } = parsed;
  return N > 1 && Number.isInteger(Math.log2(N)) && r > 0 && p > 0 && p <= 16 && 128 * N * r <= 2 ** 27;
}

/**
 * Whether this is the password. Without a hash it is not, which takes as long as with one: that of `others`, such as of anybody in the
 * same file.
 */
export async function isPassword(
  text: string,
  hash: string | undefined,
  others: string | undefined,
): Promise<boolean> {
  const nobody = { ...usual, salt: Buffer.alloc(saltBytes), hash: Buffer.alloc(hashBytes) };
  const expected = parse(hash ?? others ?? '') ?? nobody;
  const found = await derive(text, expected);
  return timingSafeEqual(found, expected.hash) && hash !== undefined;
}

function parse(text: string): Hash | undefined {
  const [, N, r, p, salt, hash] = form.exec(text) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  return {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

function derive(text: string, { N, r, p, salt, hash }: Hash): Promise<Buffer> {
  // What it needs is 128 · N · r bytes and a little; Node allows 32 MiB otherwise.
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r + 2 ** 20 };
  return new Promise((resolve, reject) =>
    // The same text may be written with composed and with combining characters.
    scrypt(text.normalize('NFC'), salt, hash.length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}
