import type { Command } from 'commander';
import { type Language, languageOf, languageOption } from '../language.ts';
import { type Connected, connected, type Shell } from '../shell.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

interface Asked<Options> extends Connected {
  readonly options: Options;
  readonly words: Words;
  readonly language: Language;
}

/** Has a command carry out `act`, with its words and, where it has one, its argument. */
export function carriesOut<Options extends object>(
  command: Command,
  shell: Shell,
  act: (asked: Asked<Options>, argument: string) => Promise<void>,
): void {
  command.addOption(languageOption()).action((...given: unknown[]) => {
    // As commander calls it: arguments, options, the command.
    const options = given.at(-2) as Options & { readonly lang?: Language };
    const [argument = ''] = given.slice(0, -2) as string[];
    const language = languageOf(options.lang, shell.env);
    const words = wordsIn[language];
    return connected(command, shell, (with_) => act({ ...with_, options, words, language }, argument));
  });
}
