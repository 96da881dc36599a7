import { type Reasoned, reasonIn } from '@huismeester/contracts/sentences';
import { serverNow } from '../app/clock.ts';
import { language } from './language.ts';
import { moment } from './time.ts';

/** Why something is so, in the language of the page; a sentence that is there in English only stays so. */
export function reasonText(reasoned: Reasoned): string {
  const text = reasonIn(language.value, reasoned, (at) => moment(at, serverNow()));
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
