/** What a public key of OpenSSH may be of. */
const kinds = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
] as const;
const fewestRsaBits = 2048;

/** A key as it is kept, or what is wrong with it. */
type ParsedKey = { readonly key: string } | { readonly found: string; readonly allowed: string };

/** A line of an authorized_keys file without its comment, in which people write names; options before the key are refused. */
export function parseSshKey(line: string): ParsedKey {
  const [kind = '', blob = ''] = line.trim().split(/\s+/);
  const allowed = `a public key of OpenSSH on one line: ${kinds.join(', ')} (rsa of ${fewestRsaBits} bits or more)`;
  if (!kinds.some((each) => each === kind)) return { found: shortened(kind), allowed };
  const bytes = /^[A-Za-z0-9+/]+={0,2}$/.test(blob) ? Buffer.from(blob, 'base64') : Buffer.alloc(0);
  const fields = fieldsOf(bytes);
  if (fields === undefined || !isWhole(kind, fields)) return { found: `${kind} with a broken key`, allowed };
  if (kind === 'ssh-rsa') {
    const bits = bitsOf(fields[2]);
    if (bits < fewestRsaBits) return { found: `rsa of ${bits} bits`, allowed };
  }
  return { key: `${kind} ${blob}` };
}

/** The keys of several lines, each once; or what is wrong, by the number of its line. */
type ParsedKeys =
  | { readonly keys: readonly string[] }
  | {
      readonly wrong: readonly { readonly line: number; readonly found: string; readonly allowed: string }[];
    };

/**
 * The lines of an authorized_keys file, of whichever system: blank lines are left out, and so are comments. Lines count from 1 over all that
 * is given. Of a private key nothing is repeated but that it is one.
 */
export function parseSshKeys(texts: readonly string[]): ParsedKeys {
  const lines = texts
    .flatMap((text) => text.split(/\r\n|\r|\n/))
    .map((text, index) => ({ text, line: index + 1 }));
  const secret = lines.find(({ text }) => /PRIVATE KEY-----|^PuTTY-User-Key-File/.test(text));
  if (secret !== undefined) {
    const allowed = 'the public key, as in the file that ends in .pub';
    return { wrong: [{ line: secret.line, found: 'a private key', allowed }] };
  }
  const parsed = lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, line }) => ({ line, ...parseSshKey(text) }));
  const wrong = parsed.flatMap((each) => ('key' in each ? [] : [each]));
  return wrong.length > 0
    ? { wrong }
    : { keys: [...new Set(parsed.flatMap((each) => ('key' in each ? [each.key] : [])))] };
}

function shortened(text: string): string {
  return JSON.stringify(text.length > 30 ? `${text.slice(0, 30)}…` : text);
}

/** The strings of which a key is made (RFC 4253, 6.6); undefined where it is cut off. */
function fieldsOf(bytes: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length < at + 4) return undefined;
    const length = bytes.readUInt32BE(at);
    if (bytes.length < at + 4 + length) return undefined;
    fields.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

/** Of an ecdsa key: its curve's name, and how long a point of it is, uncompressed (SEC 1, 2.3.3). */
const pointBytes: Readonly<Record<string, number>> = { nistp256: 65, nistp384: 97, nistp521: 133 };
const ed25519Bytes = 32;

/** Whether a key has all its parts, and no more: with one that is cut off nobody could log in (RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4; OpenSSH's PROTOCOL.u2f). */
function isWhole(kind: string, [name, ...parts]: readonly Buffer[]): boolean {
  if (name?.toString('latin1') !== kind) return false;
  if (kind === 'ssh-rsa') return parts.length === 2;
  const isHardware = kind.startsWith('sk-');
  // Whom a key on a token is for, `ssh:` as a rule.
  if (isHardware && (parts.pop()?.length ?? 0) === 0) return false;
  const [first, point, ...more] = parts;
  if (kind.includes('ed25519')) return first?.length === ed25519Bytes && point === undefined;
  const curve = first?.toString('latin1') ?? '';
  return (
    kind.includes(`-${curve}`) && point?.length === pointBytes[curve] && point?.[0] === 4 && more.length === 0
  );
}

/** Of a positive mpint (RFC 4251, 5). */
function bitsOf(modulus: Buffer | undefined): number {
  const first = modulus?.findIndex((byte) => byte !== 0) ?? -1;
  if (modulus === undefined || first < 0) return 0;
  return (modulus.length - first) * 8 - Math.clz32(modulus[first] ?? 0) + 24;
}
