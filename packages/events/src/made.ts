import type { EventType } from '@huismeester/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { NewEvent } from './new-event.ts';

/** An event with the id and the time that it will have in the log. */
export type Made<T extends EventType> = T extends EventType
  ? NewEvent<T> & { readonly id: string; readonly time: Date }
  : never;

/** An event as a decision has it, before it has an id and a time. */
export type Decided<Event> = Event extends Made<infer T> ? NewEvent<T> : never;

export interface DecideContext {
  readonly now: Date;
  /** Makes an id (UUIDv7). */
  readonly ids: () => string;
}

/** Gives an event its id, its time, and who asked for it. */
export function stamp(
  event: NewEvent,
  now: Date,
  { actor, cause }: { actor: string; cause?: NewEvent['cause'] },
) {
  return { id: uuidv7(), time: now, actor, ...(cause && { cause }), ...event };
}
