import { type Static, Type } from 'typebox';
import { Timestamp } from '../words.ts';

const uuid = (description: string) =>
  Type.String({ format: 'uuid', description, examples: ['0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d'] });

/** What every event carries around its data; the times are ISO 8601 in UTC. */
export const Envelope = Type.Object({
  specversion: Type.Literal('1.0'),
  id: uuid('UUIDv7'),
  source: Type.String({ description: '/<site id>/<service>', examples: ['/hackalot/ups-monitor'] }),
  type: Type.String({ description: '<aggregate>.<what>', examples: ['ups.on-battery'] }),
  subject: Type.String({ description: 'The aggregate: <kind>/<id>', examples: ['ups/rack'] }),
  time: Timestamp,
  datacontenttype: Type.Literal('application/json'),
  dataschema: Type.String({
    description: '/schemas/<type>/<number>',
    examples: ['/schemas/ups.on-battery/1'],
  }),
  epoch: uuid('Made with the database; a restored one has another'),
  position: Type.Integer({ minimum: 1, description: 'Gapless within source and epoch', examples: [4211] }),
  version: Type.Integer({ minimum: 1, description: 'Counts within the subject', examples: [37] }),
  correlationid: uuid('The first event of the chain'),
  causationid: Type.Optional(uuid('The event that led to this one')),
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
