import type { EventData, EventType } from '@huismeester/contracts';

export type UpsEventType = Extract<EventType, `ups.${string}`>;

/** What this service says, before the log gives it an id, a position and a time. */
export type UpsEvent = {
  [T in UpsEventType]: { readonly type: T; readonly data: EventData<T> };
}[UpsEventType];
