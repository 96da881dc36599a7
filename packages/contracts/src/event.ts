import { type Static, type TSchema, Type } from 'typebox';

/** Who may see an event: `public` ones are announced over MQTT, `internal` ones never leave the log. */
export type Audience = 'public' | 'internal';

/** Turns data of one number of a schema into those of the next. Must not fail on data that its schema allowed. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** What is known of an event type besides its name. */
export interface EventDefinition<Data extends TSchema = TSchema> {
  /** The number at the end of `dataschema`; a change that breaks readers is a new number, with an upcaster from the one before. */
  readonly schemaVersion: number;
  /** From each older number of the schema to the next: logs are never rewritten, they are read as if written today. */
  readonly upcast: Readonly<Record<number, Upcaster>>;
  readonly audience: Audience;
  /** Whether it stays in its log when others of its age are removed from there. */
  readonly keptForGood: boolean;
  /** One sentence for the pages that people read. */
  readonly description: string;
  readonly data: Data;
}

/**
 * Defines an event type; internal unless it says otherwise. Its schema has number 1, and one more for each upcaster:
 * `upcast: { 1: (data) => … }` makes it 2.
 */
export function event<Data extends TSchema>(
  description: string,
  data: Data,
  options: { audience?: Audience; upcast?: EventDefinition['upcast']; keptForGood?: boolean } = {},
): EventDefinition<Data> {
  const { audience = 'internal', keptForGood = false, upcast = {} } = options;
  return { description, data, audience, keptForGood, schemaVersion: Object.keys(upcast).length + 1, upcast };
}

/** What every event carries around its data; the times are ISO 8601 in UTC. */
export const Envelope = Type.Object({
  specversion: Type.Literal('1.0'),
  id: Type.String({ format: 'uuid', description: 'UUIDv7' }),
  source: Type.String({ description: '/<site id>/<service>' }),
  type: Type.String({ description: '<aggregate>.<what>' }),
  subject: Type.String({ description: 'The aggregate: <kind>/<id>' }),
  time: Type.String({ format: 'date-time' }),
  datacontenttype: Type.Literal('application/json'),
  dataschema: Type.String({ description: '/schemas/<type>/<number>' }),
  epoch: Type.String({ format: 'uuid', description: 'Made with the database; a restored one has another' }),
  position: Type.Integer({ minimum: 1, description: 'Gapless within source and epoch' }),
  version: Type.Integer({ minimum: 1, description: 'Counts within the subject' }),
  correlationid: Type.String({ format: 'uuid', description: 'The first event of the chain' }),
  causationid: Type.Optional(Type.String({ format: 'uuid', description: 'The event that led to this one' })),
});

/**
 * An event as it stands in a log and as our own consumers read it. `actor` names who or what did it; it may name
 * a person, so it never leaves by MQTT (see `toCloudEvent`).
 */
export interface StoredEvent<Data = unknown> extends Static<typeof Envelope> {
  readonly actor?: string;
  readonly data: Data;
}

/** The event as third parties get it: a CloudEvent 1.0 in structured JSON, without the actor. */
export function toCloudEvent(stored: StoredEvent): Omit<StoredEvent, 'actor'> {
  const { actor: _, ...cloudEvent } = stored;
  return cloudEvent;
}
