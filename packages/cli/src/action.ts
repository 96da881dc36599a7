import type { Command } from 'commander';
import { type Language, languageOf, languageOption } from './language.ts';
import { type Connected, connected, type Shell } from './shell.ts';

interface Asked<Options, Words> extends Connected {
  readonly options: Options;
  readonly words: Words;
  readonly language: Language;
}

/** What has a command carry out `act`, with these words in the language that is asked for. */
export function carriesOutWith<Words>(wordsIn: { readonly [language in Language]: Words }) {
  /** `act` gets the first two arguments; one that the command does not have, or that was left out, is ''. */
  return <Options extends object>(
    command: Command,
    shell: Shell,
    act: (asked: Asked<Options, Words>, first: string, second: string) => Promise<void>,
  ): void => {
    command.addOption(languageOption()).action((...given: unknown[]) => {
      // As commander calls it: arguments, options, the command.
      const options = given.at(-2) as Options & { readonly lang?: Language };
      const [first = '', second = ''] = given.slice(0, -2) as (string | undefined)[];
      const language = languageOf(options.lang, shell.env);
      const words = wordsIn[language];
      return connected(command, shell, (with_) => act({ ...with_, options, words, language }, first, second));
    });
  };
}
