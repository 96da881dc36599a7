import type { Static } from 'typebox';
import type { EventDefinition, StoredEvent } from '../event.ts';
import { policyEvents } from './policy.ts';
import { upsEvents } from './ups.ts';
import { vmEvents } from './vm.ts';

/** Every event there is, by type: the one definition behind types, checks, audience and documentation. */
export const events = { ...upsEvents, ...vmEvents, ...policyEvents };

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
