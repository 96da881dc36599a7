import type { EventData, EventType } from './derived/events.ts';
import type { ServiceName } from './derived/names.ts';
import * as services from './services-sentences.ts';
import type { At } from './wording.ts';

type Table = { readonly [T in EventType]: (data: EventData<T>, at: At) => string };
type Languages = 'en' | 'nl';

const ofServices: Readonly<Record<ServiceName, Readonly<Record<Languages, object>>>> = services;

function inLanguage(language: Languages): Table {
  return Object.assign({}, ...Object.values(ofServices).map((each) => each[language]));
}

/** What each event says, by language and type. */
export const sentences: Readonly<Record<Languages, Table>> = { en: inLanguage('en'), nl: inLanguage('nl') };
