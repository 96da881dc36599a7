import { readFileSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { NotFine, UsageError } from './errors.ts';
import { codeOf, writePrivately } from './private-file.ts';

/** What `login` keeps. The secret goes to that URL and to no other. */
export const Session = Type.Object({
  url: Type.String({ format: 'url' }),
  secret: Type.String({ minLength: 1 }),
  expires: Type.String({ format: 'date-time' }),
});
export type Session = Static<typeof Session>;

interface Home {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Where the session is kept (XDG Base Directory Specification); undefined where the environment names no home. */
export function sessionFile({ env, cwd }: Home): string | undefined {
  if (env.HUISMEESTER_SESSION) return resolve(cwd, env.HUISMEESTER_SESSION);
  // A relative path in XDG_CONFIG_HOME is to be ignored, says the specification.
  const config = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : undefined;
  const folder = config ?? (env.HOME ? join(env.HOME, '.config') : undefined);
  return folder === undefined ? undefined : join(folder, 'huismeester', 'session.json');
}

/** The same, where there must be one. Throws a {@link UsageError}. */
export function neededSessionFile(home: Home): string {
  const file = sessionFile(home);
  if (file !== undefined) return file;
  throw new UsageError('there is no place for the session: set HOME, or name a file in HUISMEESTER_SESSION');
}

/** The session in the file; undefined where there is none. Throws {@link NotFine} for a file that others can read, or that is none of ours. */
export function readSession(file: string): Session | undefined {
  let text: string;
  try {
    const { mode } = statSync(file);
    if ((mode & 0o077) !== 0) {
      throw new NotFine(
        `${file} may be read by others, and holds a secret\n  \`chmod 600 ${file}\`, or log in again.`,
      );
    }
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof NotFine) throw cause;
    const code = codeOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new NotFine(`${file}, which holds the session, cannot be read (${code})`, { cause });
  }
  const found = parsed(text);
  if (Value.Check(Session, found)) return found;
  throw new NotFine(`${file} holds no session\n  Remove it, and log in again.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keeps the session, whole or not at all, for nobody else to read. Throws {@link NotFine}. */
export async function writeSession(file: string, session: Session): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new NotFine(`the folder ${folder}, for the session, cannot be made (${codeOf(cause)})`, { cause });
  });
  await writePrivately(file, `${JSON.stringify(session)}\n`);
}

/** Forgets the session; none is fine. */
export async function removeSession(file: string): Promise<void> {
  await rm(file, { force: true });
}
