import { type Static, Type } from 'typebox';
import { serviceNames } from '../derived/names.ts';
import { Seconds, Timestamp } from '../words.ts';

const maybe = Type.Optional;
const Service = Type.Enum(serviceNames);
const position = (description: string) => Type.Integer({ minimum: 0, description });
const lastError = maybe(Type.String({ description: 'Why it did not work when it was last tried' }));

/** A part of a process, as `/health/ready` names it. */
export const Part = Type.Object({
  name: Type.String(),
  ready: Type.Boolean(),
  essential: maybe(Type.Boolean({ description: 'false: the rest works without it' })),
  detail: maybe(Type.String()),
});
export type Part = Static<typeof Part>;

/** Whether a part keeps nothing from working: it is ready, or not essential. */
export function isFine({ ready, essential }: Part): boolean {
  return ready || essential === false;
}

/** `GET /api/v1/{service}/status`: how a service stands, how far its events got, and what it waits for. */
export const ServiceReport = Type.Object({
  service: Service,
  site: Type.Object({ id: Type.String(), name: Type.String() }),
  version: Type.String(),
  started: Timestamp,
  uptime_s: Seconds,
  epoch: Type.String({ format: 'uuid', description: 'Of its event log' }),
  head: position('Of its newest event'),
  settingsHash: maybe(Type.String({ description: 'Of the settings that stand in its decisions' })),
  ready: Type.Boolean(),
  parts: Type.Array(Part),
  publisher: maybe(
    Type.Object({
      position: position('How far the log was published to the broker'),
      head: position('Of the log'),
      lag: Type.Integer({ minimum: 0 }),
      lastError,
    }),
  ),
  consumers: Type.Array(
    Type.Object({
      source: Type.String({ description: 'The service whose log it reads' }),
      reader: maybe(
        Type.String({ description: 'Its name, where a log has several readers: vm-lifecycle/lease' }),
      ),
      epoch: maybe(Type.String({ format: 'uuid' })),
      position: position('Up to here all is applied or parked'),
      head: position('Of the source, when it was last looked at'),
      lag: Type.Integer({ minimum: 0 }),
      deadLetters: Type.Integer({ minimum: 0 }),
      lastError,
    }),
  ),
  tasks: maybe(
    Type.Object({
      running: Type.Integer({ minimum: 0 }),
      due: Type.Integer({ minimum: 0, description: 'Wait to be run' }),
      oldest_s: maybe(Type.Number({ minimum: 0, description: 'How long the oldest of those waits, s' })),
      failing: Type.Integer({ minimum: 0, description: 'Failed when they last ran; they are tried again' }),
      lastError,
    }),
  ),
  broker: Type.Object({
    connected: Type.Boolean(),
    reconnects: Type.Integer({ minimum: 0, description: 'Since the start' }),
    trouble: maybe(Type.String({ description: 'What keeps the news from arriving' })),
  }),
  waiting: Type.Array(Type.String(), { description: 'Who waits for what, a sentence each, in English' }),
});
export type ServiceReport = Static<typeof ServiceReport>;

/** `GET /api/v1/{service}/dead-letters`: what could not be applied, an event or an entity of a snapshot, or waits behind one of the same subject. */
export const DeadLetter = Type.Object({
  id: Type.String({
    format: 'uuid',
    description: 'The event’s own id; of an entity of a snapshot one of its own',
  }),
  service: Service,
  source: Type.String({ description: 'The service whose log it comes from' }),
  reader: Type.String({ description: 'Which reader of that log could not apply it' }),
  position: position('In that log'),
  subject: Type.String(),
  type: Type.String({ description: 'Of the event; of an entity of a snapshot its kind' }),
  error: maybe(
    Type.String({ description: 'Why it could not be applied; none: it waits behind an earlier one' }),
  ),
  attempts: Type.Integer({ minimum: 0 }),
  since: Timestamp,
});
export type DeadLetter = Static<typeof DeadLetter>;

/** `POST /api/v1/{service}/dead-letters/{id}/replay`: how many events of the subject were applied. */
export const Replayed = Type.Object({ subject: Type.String(), applied: Type.Integer({ minimum: 1 }) });
export type Replayed = Static<typeof Replayed>;
