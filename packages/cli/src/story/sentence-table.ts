import type { EventData, EventType } from '@huismeester/contracts';

/** Shows a moment, given in ISO 8601. */
export type At = (iso: string) => string;

/** What each event says in one language, as part of a sentence; the compiler sees to it that none is forgotten. */
export type SentenceTable = { readonly [T in EventType]: (data: EventData<T>, at: At) => string };
