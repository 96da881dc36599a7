import type { Command } from 'commander';
import { CannotReach, Refused, UsageError } from '../errors.ts';
import { type Language, languageOf, languageOption } from '../language.ts';
import { printable } from '../printable.ts';
import { readSession, removeSession, type Session, sessionFile } from '../session-file.ts';
import { type GlobalOptions, outputOf, type Shell, withApi } from '../shell.ts';
import { isInClear, isSamePlace, urlOf } from '../target.ts';
import { endCurrent } from './login.ts';
import { wordsIn } from './words.ts';

/** `logout`: ends the session of `login`, there and here. */
export function addLogout(program: Command, shell: Shell): void {
  program
    .command('logout')
    .description('end the session that `login` began, and forget it')
    .addOption(languageOption())
    .action(async ({ lang }: { lang?: Language }, command: Command) => {
      const output = outputOf(command, shell);
      const words = wordsIn[languageOf(lang, shell.env)].login;
      const file = sessionFile(shell);
      const session = file === undefined ? undefined : readSession(file);
      if (file === undefined || session === undefined) {
        return output.answer({ loggedOut: false }, words.alreadyOut);
      }
      refuseAnother(session, command.optsWithGlobals<GlobalOptions>());
      await endAtServer(session, file, shell.now());
      await removeSession(file);
      output.answer({ loggedOut: true, url: session.url }, printable(words.out(session.url)));
    });
}

function refuseAnother(session: Session, { url, socket, as }: GlobalOptions): void {
  if (socket !== undefined || as !== undefined)
    throw new UsageError('the local socket has no session to end');
  if (url !== undefined && !isSamePlace(urlOf('--url', url), session.url)) {
    throw new UsageError(`the session is at ${session.url}, and not at ${url}: leave --url out to end it`);
  }
}

/** One that is over is ended already. */
async function endAtServer({ url, secret, expires }: Session, file: string, now: Date): Promise<void> {
  const at = new URL(url);
  if (Date.parse(expires) <= now.getTime() || isInClear(at)) return;
  try {
    await withApi({ kind: 'url', url: at, token: secret }, endCurrent);
  } catch (error) {
    if (error instanceof Refused && [401, 404].includes(error.problem.status)) return;
    if (!(error instanceof CannotReach)) throw error;
    throw new CannotReach(
      `${error.message}\n  So the session is not ended there. To forget it here alone: rm ${file}`,
      { cause: error },
    );
  }
}
