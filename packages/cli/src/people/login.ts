import { PersonId, Role, SessionResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { type Static, Type } from 'typebox';
import type { Api } from '../api.ts';
import { Refused, UsageError } from '../errors.ts';
import { type Language, languageOf, languageOption } from '../language.ts';
import { printable } from '../printable.ts';
import { neededSessionFile, readSession, type Session, writeSession } from '../session-file.ts';
import { type GlobalOptions, outputOf, type Shell, withApi } from '../shell.ts';
import { isInClear, isSamePlace, urlOf } from '../target.ts';
import { civilTime } from '../time.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

const Opened = Type.Object({
  ...SessionResource.properties,
  secret: Type.String({ minLength: 1 }),
  person: PersonId,
  roles: Type.Array(Role),
});
type Opened = Static<typeof Opened>;

/** `login`: begins a session at a URL; the commands after it use it. */
export function addLogin(program: Command, shell: Shell): void {
  program
    .command('login')
    .argument('[login]', 'a uid or a mail address; asked for if left out')
    .description(
      'log in at the Huismeester of --url; the password is asked for, or read from standard input where there is no terminal',
    )
    .addOption(languageOption())
    .action(async (login: string | undefined, { lang }: { lang?: Language }, command: Command) => {
      const output = outputOf(command, shell);
      const { login: words, roles: roleNames, none } = wordsIn[languageOf(lang, shell.env)];
      const file = neededSessionFile(shell);
      const url = placeToLogIn(command.optsWithGlobals<GlobalOptions>(), shell, file);
      const asked = await whoAndPassword(login, shell, words);
      const opened = await withApi({ kind: 'url', url }, (api) =>
        open(api, asked, output.json ? undefined : words),
      );
      await endReplaced(file, url, shell.now());
      const { id, expires, person, roles, secret } = opened;
      try {
        await writeSession(file, { url: url.href, secret, expires });
      } catch (error) {
        // What cannot be used is not left behind at the server; that it could not be kept is what matters here.
        await withApi({ kind: 'url', url, token: secret }, endCurrent).catch(() => undefined);
        throw error;
      }
      output.answer(
        { url: url.href, id, expires, person, roles, file },
        printable(
          words.done(url.href, roles.map((role) => roleNames[role]).join(', ') || none, civilTime(expires)),
        ),
        printable(words.kept(file)),
      );
      const before = goesBefore(shell.env, url);
      if (before !== undefined) output.note(words.goesBefore(before));
    });
}

/** The session that the new one replaces would go on for hours, and nobody could end it by this file; that it cannot be ended now hinders nobody. */
async function endReplaced(file: string, url: URL, now: Date): Promise<void> {
  const before = replaced(file);
  if (before === undefined || !isSamePlace(url, before.url)) return;
  if (Date.parse(before.expires) <= now.getTime()) return;
  await withApi({ kind: 'url', url, token: before.secret }, endCurrent).catch(() => undefined);
}

/** One that cannot be read is replaced like any other. */
function replaced(file: string): Session | undefined {
  try {
    return readSession(file);
  } catch {
    return undefined;
  }
}

/** Ends the session that the request shows. */
export function endCurrent(api: Api): Promise<void> {
  return api.delete('/api/v1/sessions/current');
}

/** Decided before a password is asked for. Throws a {@link UsageError}. */
function placeToLogIn({ socket, url, as }: GlobalOptions, { env }: Pick<Shell, 'env'>, file: string): URL {
  if (socket !== undefined || as !== undefined) {
    throw new UsageError('the local socket needs no login: who may open it is an administrator');
  }
  const place =
    url !== undefined
      ? urlOf('--url', url)
      : env.HUISMEESTER_URL
        ? urlOf('HUISMEESTER_URL', env.HUISMEESTER_URL)
        : lastPlace(file);
  if (place === undefined) throw new UsageError('say where to log in: --url https://huismeester.space');
  if (isInClear(place)) {
    throw new UsageError(
      `${place.href} is plain HTTP to another machine, where others could read the password: give its https:// address`,
    );
  }
  return place;
}

/** Who logs in again needs not say where. */
function lastPlace(file: string): URL | undefined {
  const session = readSession(file);
  return session === undefined ? undefined : new URL(session.url);
}

interface Asked {
  readonly login: string;
  readonly password: string;
}

/** The password comes from nowhere but a terminal or standard input: arguments and the environment are for others to read. */
async function whoAndPassword(
  given: string | undefined,
  { ask, askSecret, readInput }: Shell,
  words: Words['login'],
): Promise<Asked> {
  const login = (given ?? (await ask?.(words.who)) ?? '').trim();
  if (login === '') throw new UsageError('say who logs in: a uid or a mail address');
  const password = askSecret ? await askSecret(words.password) : await readInput?.();
  const line = password?.replace(/\r?\n$/, '') ?? '';
  if (line === '') throw new UsageError('the password is empty: type it, or give it on standard input');
  return { login, password: line };
}

/** Without `words` a refusal is as the server words it. */
async function open(api: Api, asked: Asked, words: Words['login'] | undefined): Promise<Opened> {
  try {
    return await api.send('POST', '/api/v1/sessions', asked, Opened);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { problem, retryAfter } = error;
    const said = words?.refusals[problem.code]?.(retryAfter);
    if (said === undefined) throw error;
    const { type, status, code, detail } = problem;
    // Why the directory cannot be asked is in no words of ours.
    const why = code === 'directory-unknown' && detail !== undefined ? { detail } : {};
    throw new Refused({ type, status, code, title: said, ...why }, retryAfter);
  }
}

/** What of the environment goes before the session at that place. */
function goesBefore(
  { HUISMEESTER_SOCKET, HUISMEESTER_URL, HUISMEESTER_TOKEN }: Shell['env'],
  url: URL,
): string | undefined {
  if (HUISMEESTER_SOCKET) return 'HUISMEESTER_SOCKET';
  if (!HUISMEESTER_URL) return undefined;
  if (!isSamePlace(url, HUISMEESTER_URL)) return 'HUISMEESTER_URL';
  return HUISMEESTER_TOKEN ? 'HUISMEESTER_TOKEN' : undefined;
}
