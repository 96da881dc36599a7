import { commandLines, type Reasoned, reasonIn } from '@huismeester/contracts/sentences';
import { serverNow } from '../app/clock.ts';
import { language } from './language.ts';
import { moment } from './time.ts';

/** Why something is so, in the language of the page; a sentence that is there in English only stays so. */
export function reasonText(reasoned: Reasoned): string {
  return sentence(reasonIn(language.value, reasoned, (at) => moment(at, serverNow())));
}

/** What somebody is to do: a command as it is, a change of a file in the language of the page. */
export function commandText(command: string): string {
  return commandLines(command, language.value).join('\n');
}

/** What is said as part of a sentence, as a whole one. */
export function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
