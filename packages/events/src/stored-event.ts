import {
  type EventDefinition,
  eventDefinition,
  faults,
  type ServiceName,
  type StoredEvent,
  schemaNumber,
  upcastEvent,
} from '@huismeester/contracts';
import { EventRefused, SchemaTooNew } from './errors.ts';
import { type NewEvent, withId } from './new-event.ts';

/** What all events of one log have in common. */
export interface Origin {
  readonly siteId: string;
  readonly service: ServiceName;
  readonly epoch: string;
}

/** A row of `event_log` as it is written; `i` counts from 1 within the append. */
export interface EntryRow {
  readonly i: number;
  readonly id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly subject: string;
  readonly time: string;
  readonly actor: string | null;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly data: unknown;
}

/** A row of `event_log` as it is read. */
export interface EventRow extends Omit<EntryRow, 'i'> {
  readonly position: number | string;
  readonly version: number;
}

/** Throws {@link EventRefused} when the event is not of a known type, its data do not fit, or it has no subject. */
export function toEntry(event: NewEvent, index: number, now: Date): EntryRow {
  const definition = definitionOf(event);
  const { id } = withId(event);
  return {
    i: index + 1,
    id,
    type: event.type,
    schema_version: definition.schemaVersion,
    subject: event.subject,
    time: (event.time ?? now).toISOString(),
    actor: event.actor ?? null,
    correlation_id: event.cause?.correlationid ?? id,
    causation_id: event.cause?.id ?? null,
    data: event.data,
  };
}

function definitionOf({ type, subject, data }: NewEvent): EventDefinition {
  const definition = eventDefinition(type);
  if (!definition) throw new EventRefused(`"${type}" is not a known type of event`);
  const wrong = faults(definition.data, data);
  if (subject === '') wrong.push('the subject is empty; it is the aggregate, such as ups/rack');
  if (wrong.length === 0) return definition;
  throw new EventRefused(`a ${type} of "${subject}" is not as its schema says: ${wrong.join('; ')}`);
}

/** Throws {@link SchemaTooNew} when the number in `dataschema` is above the one that this program has for the type. */
export function checkSchema({ type, dataschema, position }: StoredEvent): void {
  const known = eventDefinition(type)?.schemaVersion;
  const number = schemaNumber({ dataschema });
  if (known === undefined || !(number > known)) return;
  throw new SchemaTooNew(
    `the ${type} at ${position} is of schema ${number}, and this program knows it up to ${known}: upgrade this service, then replay it`,
  );
}

/** A row of the log as the event that it is, in the newest schema of its type. */
export function toStoredEvent(row: EventRow, { siteId, service, epoch }: Origin): StoredEvent {
  return upcastEvent({
    specversion: '1.0',
    id: row.id,
    source: `/${siteId}/${service}`,
    type: row.type,
    subject: row.subject,
    time: new Date(row.time).toISOString(),
    datacontenttype: 'application/json',
    dataschema: `/schemas/${row.type}/${row.schema_version}`,
    epoch,
    position: Number(row.position),
    version: row.version,
    correlationid: row.correlation_id,
    ...(row.causation_id !== null && { causationid: row.causation_id }),
    ...(row.actor !== null && { actor: row.actor }),
    data: row.data,
  });
}
