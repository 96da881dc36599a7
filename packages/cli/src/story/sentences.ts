import {
  type EventData,
  type EventType,
  events,
  isEventType,
  type StoredEvent,
} from '@huismeester/contracts';
import { type At, sentences } from '@huismeester/contracts/sentences';
import { Value } from 'typebox/value';
import type { Language } from '../language.ts';
import { printable } from '../printable.ts';
import { civilTime } from '../time.ts';

/**
 * What the event says in that language; an event of a newer program, or with other data, shows its data. Safe to print.
 * Moments in it are shown by `at`, or in the zone of this process.
 */
export function sentenceOf(
  { type, data }: Pick<StoredEvent, 'type' | 'data'>,
  language: Language,
  at: At = civilTime,
): string {
  const known = isEventType(type) ? sentence(type, data, language, at) : undefined;
  return printable(known ?? `${type} ${JSON.stringify(data)}`);
}

function sentence<T extends EventType>(
  type: T,
  data: unknown,
  language: Language,
  at: At,
): string | undefined {
  return isDataOf(type, data) ? sentences[language][type](data, at) : undefined;
}

function isDataOf<T extends EventType>(type: T, data: unknown): data is EventData<T> {
  return Value.Check(events[type].data, data);
}
