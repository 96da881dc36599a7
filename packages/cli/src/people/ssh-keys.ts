import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NotFine, UsageError } from '../errors.ts';
import { codeOf } from '../private-file.ts';

/**
 * The public keys in these files, which that option names; `none` alone is none. Throws a {@link UsageError} or {@link NotFine}, which never
 * shows what is in a file.
 */
export async function readKeys(
  files: readonly string[],
  cwd: string,
  option = '--ssh-key-file',
): Promise<string[]> {
  if (files.includes('none')) {
    if (files.length === 1) return [];
    throw new UsageError(`${option} none stands alone: it is for no keys at all`);
  }
  const texts = await Promise.all(
    files.map(async (file) => {
      const path = resolve(cwd, file);
      const text = await readFile(path, 'utf8').catch((cause: unknown) => {
        throw new UsageError(`${option} ${path} cannot be read (${codeOf(cause)})`, { cause });
      });
      return keysIn(text, path);
    }),
  );
  return [...new Set(texts.flat())];
}

/** As OpenSSH writes them (sshd(8), AUTHORIZED_KEYS FILE FORMAT), one a line, without options and comments. */
const publicKey = /^((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w.@-]+) ([A-Za-z0-9+/]{16,}={0,3})(?:\s.*)?$/;

export function keysIn(text: string, file: string): string[] {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----|^PuTTY-User-Key-File/m.test(text)) {
    throw new NotFine(`${file} holds a private key, which is to stay where it is: name the file with .pub`);
  }
  const keys = text.split(/\r?\n/).flatMap((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const [, type, key] = publicKey.exec(trimmed) ?? [];
    if (type !== undefined && key !== undefined) return [`${type} ${key}`];
    throw new NotFine(`${file}: line ${index + 1} is no public key of OpenSSH, such as ssh-ed25519 AAAA…`);
  });
  if (keys.length > 0) return keys;
  throw new NotFine(`${file} holds no public key`);
}
