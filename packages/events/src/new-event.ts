import type { EventData, EventType, StoredEvent } from '@huismeester/contracts';
import { v7 as uuidv7 } from 'uuid';

/** An event before it is in a log. */
export interface NewEvent<T extends EventType = EventType> {
  readonly type: T;
  /** The aggregate, such as `ups/rack`. */
  readonly subject: string;
  readonly data: EventData<T>;
  /** Who or what did it; it stays in the log, and never goes to MQTT. */
  readonly actor?: string;
  /** The event that led to this one. */
  readonly cause?: Pick<StoredEvent, 'id' | 'correlationid'>;
  /** When it happened; the moment of appending if left out. */
  readonly time?: Date;
  /** A UUIDv7; made as it is appended if left out. */
  readonly id?: string;
}

/** An event whose data are checked against its type by the compiler. Pure: the log gives it its id. */
export function newEvent<T extends EventType>(
  type: T,
  subject: string,
  data: EventData<T>,
  more: Pick<NewEvent, 'actor' | 'cause' | 'time'> = {},
): NewEvent<T> {
  return { type, subject, data, ...more };
}

/** The event with its id, for what is to refer to it before it is appended. */
export function withId<T extends EventType>(event: NewEvent<T>): NewEvent<T> & { readonly id: string } {
  return { ...event, id: event.id ?? uuidv7() };
}
