import type { Static } from 'typebox';
import type { EventDefinition } from '../define.ts';
import type { StoredEvent } from '../every-service/envelope.ts';
import { type Merged, merged } from './merge.ts';
import { type ServiceName, type Services, serviceNames, services } from './names.ts';

type Events = Merged<Services[ServiceName]['events']>;

/** Every event there is, by type: the one definition behind types, checks, audience and documentation. */
export const events: Events = merged(serviceNames.map((name) => services[name].events));

export type EventType = keyof typeof events;
export type EventData<T extends EventType> = Static<(typeof events)[T]['data']>;

/** A stored event of a known type. */
export type EventOf<T extends EventType> = { [K in T]: StoredEvent<EventData<K>> & { readonly type: K } }[T];

/** Whether this program knows the type; readers must take unknown ones without failing. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(events, type);
}

/** The definition of an event type; undefined for a type of a newer program. */
export function eventDefinition(type: string): EventDefinition | undefined {
  return isEventType(type) ? events[type] : undefined;
}

/**
 * The data of an event as the newest schema of its type has them, from those of an older number. Data of a number that this
 * program does not know, or of a type that it does not, are given back as they are.
 */
export function upcastData(type: string, schemaVersion: number, data: unknown): unknown {
  const definition = eventDefinition(type);
  let newest = data;
  for (let number = schemaVersion; number < (definition?.schemaVersion ?? 0); number += 1) {
    newest = definition?.upcast[number]?.(newest as Readonly<Record<string, unknown>>) ?? newest;
  }
  return newest;
}

/** The number of the schema that an event was written under, as the end of its `dataschema` says. */
export function schemaNumber({ dataschema }: Pick<StoredEvent, 'dataschema'>): number {
  return Number(dataschema.slice(dataschema.lastIndexOf('/') + 1));
}

/** An event as if it had been written under the newest schema of its type. */
export function upcastEvent(event: StoredEvent): StoredEvent {
  const [number, newest] = [schemaNumber(event), eventDefinition(event.type)?.schemaVersion];
  if (newest === undefined || !(number < newest)) return event;
  const dataschema = `/schemas/${event.type}/${newest}`;
  return { ...event, dataschema, data: upcastData(event.type, number, event.data) };
}
