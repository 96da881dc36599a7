import type { Command } from 'commander';
import { commandLine } from './command-line.ts';
import { type Language, languageOf, languageOption } from './language.ts';
import { type Connected, connected, type GlobalOptions, type Shell } from './shell.ts';

export interface Again {
  /** A command line to ask with again, without the program's name: whoever acts for somebody goes on doing so. */
  readonly again: (...args: readonly string[]) => string;
}

export interface Asked<Options, Words> extends Connected, Again {
  readonly options: Options;
  readonly words: Words;
  readonly language: Language;
}

/** What has a command carry out `act`, with these words in the language that is asked for. */
export function carriesOutWith<Words>(wordsIn: { readonly [language in Language]: Words }) {
  /** `act` gets the first two arguments, and all of them; one that the command does not have, or that was left out, is ''. */
  return <Options extends object>(
    command: Command,
    shell: Shell,
    act: (
      asked: Asked<Options, Words>,
      first: string,
      second: string,
      all: readonly string[],
    ) => Promise<void>,
  ): void => {
    command.addOption(languageOption()).action((...given: unknown[]) => {
      // As commander calls it: arguments, options, the command.
      const options = given.at(-2) as Options & { readonly lang?: Language };
      // One that may be repeated is an array.
      const all = given.slice(0, -2).flat() as (string | undefined)[];
      const [first = '', second = ''] = all;
      const language = languageOf(options.lang, shell.env);
      const words = wordsIn[language];
      const { as } = command.optsWithGlobals<GlobalOptions>();
      const again = (...args: readonly string[]) =>
        commandLine([...args, ...(as === undefined ? [] : ['--as', as])]);
      return connected(command, shell, (with_) =>
        act(
          { ...with_, options, words, language, again },
          first,
          second,
          all.filter((each) => each !== undefined),
        ),
      );
    });
  };
}
