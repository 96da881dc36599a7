import type { CableFields, EventData } from '@huismeester/contracts';

/** A cable, with its two ends. */
export interface Cable {
  /** When it was recorded. */
  readonly since: Date;
  readonly fields: CableFields;
}

export type CableEnd = NonNullable<CableFields['a']>;

type CableEventType = 'cable.recorded' | 'cable.changed' | 'cable.removed';

/** An event of a cable, before it is in the log. */
export type NewCableEvent = {
  [T in CableEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[CableEventType];

/** The cable after the event; one that was removed is none. */
export function evolveCable(
  cable: Cable | undefined,
  event: NewCableEvent & { readonly time: Date },
): Cable | undefined {
  if (event.type === 'cable.removed') return undefined;
  const { cable: _, ...fields } = event.data;
  return { since: cable?.since ?? event.time, fields };
}

/** A port of an item: capitals, how many blanks there are, and how an accent is encoded make no difference. */
export function portKey({ item, port }: CableEnd): string {
  return `${item} ${port.normalize('NFC').replaceAll(/\s+/g, ' ').toLowerCase()}`;
}
