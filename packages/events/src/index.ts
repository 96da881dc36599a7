export { createLoop, type Loop, type LoopOptions } from '@huismeester/clock';
export {
  type Aggregate,
  type AggregateDefinition,
  aggregate,
  type DecideContext,
  type Handled,
  type Handling,
  type Made,
} from './aggregate.ts';
export type { AggregateTable, Current, StateIn } from './aggregate-rows.ts';
export { type Consumer, createConsumer } from './consumer.ts';
export type { ConsumerOptions, ConsumerStatus, Handlers, Replayed } from './consumer-options.ts';
export type { DeadLetter } from './dead-letters.ts';
export {
  type EntityKind,
  entityKind,
  type FitEntity,
  readEntities,
  type SnapshotEntity,
  type UnfitEntity,
  unfit,
} from './entities.ts';
export {
  ConsumerClosed,
  EntityUnfit,
  EventRefused,
  PositionGone,
  SourceFailed,
  VersionMismatch,
  WrongEpoch,
} from './errors.ts';
export { type IdempotentRequest, once } from './idempotency.ts';
export { type EventLog, type EventLogOptions, openEventLog, type ReadQuery } from './log.ts';
export { type NewEvent, newEvent, withId } from './new-event.ts';
export { createPruner, type Pruner, type PrunerOptions } from './pruner.ts';
export { createPublisher, type Publisher, type PublisherOptions, type PublisherStatus } from './publisher.ts';
export { isRefusal, type Refusal, refuse } from './refusal.ts';
export {
  type AnnouncedHead,
  type HttpSourceOptions,
  httpSource,
  type LogSource,
  localLookEveryMs,
  localSource,
  type WakeListener,
} from './sources.ts';
export { type EventTables, eventTables } from './tables.ts';
export type { NewTask, Task, TaskHandler } from './task.ts';
export type { TaskQueue } from './task-store.ts';
export { createTasks, type Tasks, type TasksOptions, type TasksStatus } from './tasks.ts';
