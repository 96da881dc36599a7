import { NotFine, Refused } from '../errors.ts';
import { printable } from '../printable.ts';
import type { Shell } from '../shell.ts';
import type { Words } from './words-en.ts';

interface Typed {
  /** What the person is called, whom it is about. */
  readonly who: string;
  /** `--name`. */
  readonly given: string | undefined;
  /** The command line with which it is asked again with that name, without the program's name. */
  readonly command: (name: string) => string;
}

/**
 * Does something, and where that would leave the team without a board member (BOARD-1) once more with the login name of whom it is about, typed at a
 * terminal. Where there is none, or another name is typed, it throws {@link NotFine} and nothing is done.
 */
export async function withTypedName<T>(
  act: (confirm: string | undefined) => Promise<T>,
  { who, given, command }: Typed,
  words: Words,
  { ask }: Pick<Shell, 'ask'>,
): Promise<T> {
  try {
    return await act(given);
  } catch (error) {
    if (!(error instanceof Refused && error.code === 'ends-board') || given !== undefined) throw error;
    const why = words.endsBoard;
    if (ask === undefined)
      throw new NotFine([`${why} (BOARD-1)`, `  ${words.sayYes(command(who))}`].map(printable).join('\n'), {
        cause: error,
      });
    const typed = (await ask(`${printable(`${why} (BOARD-1)`)}\n${printable(words.typeName(who))}`)).trim();
    if (typed.toLowerCase() !== who.toLowerCase()) throw new NotFine(words.otherName, { cause: error });
    return await act(typed);
  }
}

/** Asks whether to go on; `--yes` says so before. Throws {@link NotFine} where nobody can be asked. */
export async function isSure(
  {
    shown,
    question,
    command,
  }: { readonly shown: readonly string[]; readonly question: string; readonly command: string },
  words: Words,
  { ask }: Pick<Shell, 'ask'>,
): Promise<boolean> {
  if (ask === undefined) throw new NotFine(printable(words.sayYes(command)));
  const answer = await ask([...shown, words.areYouSure(question)].join('\n'));
  return /^(y|yes|j|ja)$/i.test(answer.trim());
}
