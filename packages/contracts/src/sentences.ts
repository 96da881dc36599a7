/**
 * What events and reasons say, for whatever shows them to people: the command line, mails, a browser. Nothing here, and nothing
 * that it imports, has TypeBox in it.
 */
import type { EventData, EventType } from './derived/events.ts';
import type { ServiceName } from './derived/names.ts';
import { sentences as policy } from './policy/sentences.ts';
import { sentences as upsMonitor } from './ups-monitor/sentences.ts';
import { sentences as vmLifecycle } from './vm-lifecycle/sentences.ts';
import type { At } from './wording.ts';

export { because, phrase, type Reasoned, reasonIn } from './policy/reasons/index.ts';
export { type At, lengthOf } from './wording.ts';
export * as dutch from './wording-nl.ts';

type Table = { readonly [T in EventType]: (data: EventData<T>, at: At) => string };
type Languages = keyof typeof policy;

const services = { 'ups-monitor': upsMonitor, 'vm-lifecycle': vmLifecycle, policy } satisfies Record<
  ServiceName,
  object
>;
const all = Object.values(services);

/** What each event says, by language and type. */
export const sentences: { readonly [L in Languages]: Table } = {
  en: Object.assign({}, ...all.map(({ en }) => en)),
  nl: Object.assign({}, ...all.map(({ nl }) => nl)),
};
