import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { daemonPath } from '@huismeester/testkit';
import { keys, mailOf, nameOf, passwordOf, uidOf } from './directory.ts';
import type { Exchange } from './space.ts';

const run = promisify(execFile);

/** Whether a text is about people by name: each needle is a text that must not be found, as it is or as it may be written elsewhere. */
export interface Needles {
  /** What of them is in a text, each with what stands around it; empty where all is well. */
  in(text: string): string[];
}

/** The names, uids, mail addresses and passwords of everybody, and these secrets. */
export function needlesOf(secrets: readonly string[]): Needles {
  const ofPeople = keys.flatMap((key) => [uidOf(key), mailOf(key), nameOf(key), passwordOf(key)]);
  const parts = ['zqpost', 'zqvoornaam', 'zqachternaam', 'zqgeheim'];
  const plain = [...ofPeople, ...parts, ...secrets].map((each) => each.toLowerCase());
  const all = new Set(plain.flatMap((each) => [each, ...ways(each)]));
  const hashes = keys.flatMap((key) => [uidOf(key), mailOf(key)].flatMap(unkeyed));
  return needles([...all, ...hashes]);
}

export function needles(all: readonly string[]): Needles {
  const anyOfThem = new RegExp(
    all.map((each) => each.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
    'gi',
  );
  return {
    in: (text) => {
      const found = [...text.matchAll(anyOfThem)].map(({ 0: each, index }) =>
        text.slice(Math.max(0, index - 80), index + each.length + 20),
      );
      return [...new Set(found)].slice(0, 5);
    },
  };
}

/** In JSON and in a URL; in hexadecimal, as dumps write bytes; in base64, as LDIF and headers do, of the text as it begins there. */
function ways(text: string): string[] {
  const bytes = Buffer.from(text);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
  return [
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    bytes.toString('hex'),
    whole.toString('base64'),
  ];
}

/** Whoever has a list of uids could turn such a hash back. */
function unkeyed(text: string): string[] {
  return ['md5', 'sha1', 'sha256'].map((kind) => createHash(kind).update(text).digest('hex'));
}

/** All that is in a database, as SQL. */
export async function dumpOf(url: string): Promise<string> {
  const program = join(dirname(daemonPath('postgres')), 'pg_dump');
  const { stdout } = await run(program, ['--inserts', `--dbname=${url}`], { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** Where people are shown by name, to those who may see them. */
const showsPeople = /^\/api\/v1\/(?:me|now|people|team|me\/export|directory|directory\/read)(?:[/?]|$)/;

/** What was answered where no name may be: every refusal, every other body, and every URL that leads on. */
export function saidIn(
  exchanges: readonly Exchange[],
): Readonly<Record<'refusals' | 'bodies' | 'urls', string>> {
  const refusals = exchanges.filter(({ status }) => status >= 400);
  const bodies = exchanges.filter(
    ({ status, path }) => status < 400 && !isSecret(path) && !showsPeople.test(path),
  );
  const urls = exchanges.flatMap(({ path, headers, json }) => [
    path,
    headers.location,
    headers.link,
    json?.next,
  ]);
  const texts = (of: readonly Exchange[]) => [
    // Each question has an id of its own.
    ...new Set(of.map(({ text }) => text.replace(/urn:uuid:[0-9a-f-]+/, ''))),
  ];
  return {
    refusals: texts(refusals).join('\n'),
    bodies: texts(bodies).join('\n'),
    urls: [...new Set(urls)].filter((each) => each !== undefined && each !== null).join('\n'),
  };
}

/** Where a secret is shown once. */
const isSecret = (path: string): boolean => path === '/api/v1/sessions' || path === '/api/v1/tokens';
