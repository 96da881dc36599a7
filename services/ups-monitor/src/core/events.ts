import type { EventData, EventType } from '@huismeester/contracts';

export type UpsEventType = Extract<EventType, `ups.${string}`>;

/** An event of this service, before the log gives it an id, a position and a time. */
export type UpsEvent = {
  [T in UpsEventType]: { readonly type: T; readonly data: EventData<T> };
}[UpsEventType];
