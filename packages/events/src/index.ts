export { createLoop, type Loop } from '@huismeester/clock';
export { aggregate, type Handling } from './aggregate.ts';
export { lockScopes } from './aggregate-rows.ts';
export { type Consumer, createConsumer } from './consumer.ts';
export type { ConsumerOptions, ConsumerStatus, Handlers, Replayed } from './consumer-options.ts';
export {
  type EntityKind,
  entityKind,
  readEntities,
  type SnapshotEntity,
  type UnfitEntity,
  unfit,
} from './entities.ts';
export { PositionGone, SourceFailed, VersionMismatch, WrongEpoch } from './errors.ts';
export { once } from './idempotency.ts';
export { type EventLog, openEventLog } from './log.ts';
export type { Made } from './made.ts';
export { type NewEvent, newEvent, withId } from './new-event.ts';
export { createPruner, type Pruner } from './pruner.ts';
export { createPublisher, type Publisher } from './publisher.ts';
export { isRefusal, type Refusal, refuse, stale } from './refusal.ts';
export {
  httpSource,
  type LogSource,
  localLookEveryMs,
  localSource,
  type WakeListener,
  withoutWakes,
} from './sources.ts';
export { type EventTables, eventTables } from './tables.ts';
export type { NewTask, Task, TaskHandler } from './task.ts';
export type { TaskQueue } from './task-store.ts';
export { createTasks, type Tasks, type TasksOptions } from './tasks.ts';
export { type Ask, fetchTrusting } from './trusting.ts';
export { whatToDo, whyUnreachable } from './unreachable.ts';
