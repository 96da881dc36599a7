import type { StoredEvent } from '@huismeester/contracts';
import type { Language } from '../language.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { sentenceOf } from '../story/sentences.ts';
import { civilTime } from '../time.ts';

/** An event on one line, cut to the terminal. Lines come one by one, so each column has a width of its own. */
export function eventLine(
  { width, paint }: Pick<Output, 'width' | 'paint'>,
  event: StoredEvent,
  language: Language = 'en',
): string {
  const head = `${civilTime(event.time)}  ${printable(event.type).padEnd(24)}  `;
  const text = sentenceOf(event, language);
  const room = width === undefined ? text.length : Math.max(0, width - head.length);
  return `${paint('dim', head)}${text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`}`;
}
