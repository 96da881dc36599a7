/**
 * What events and reasons say, for whatever shows them to people: the command line, mails, a browser. Nothing here, and nothing
 * that it imports, has TypeBox in it.
 */
import type { EventData, EventType } from './derived/events.ts';
import type { ServiceName } from './derived/names.ts';
import * as services from './services-sentences.ts';
import type { At } from './wording.ts';

export { defects } from './netwatch/sentences.ts';
export { type NoticeLine, type NoticeSaid, noticeLine } from './policy/notices/index.ts';
export { because, phrase, type Reasoned, reasonIn } from './policy/reasons/index.ts';
export { creationSteps } from './vm-lifecycle/sentences.ts';
export { type At, lengthOf } from './wording.ts';
export * as english from './wording-en.ts';
export * as dutch from './wording-nl.ts';

type Table = { readonly [T in EventType]: (data: EventData<T>, at: At) => string };
type Languages = 'en' | 'nl';

const ofServices: Readonly<Record<ServiceName, Readonly<Record<Languages, object>>>> = services;

function inLanguage(language: Languages): Table {
  return Object.assign({}, ...Object.values(ofServices).map((each) => each[language]));
}

/** What each event says, by language and type. */
export const sentences: Readonly<Record<Languages, Table>> = { en: inLanguage('en'), nl: inLanguage('nl') };
