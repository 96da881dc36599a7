export { faults } from './check.ts';
export { type AsyncApiDocument, type AsyncApiOptions, asyncApi } from './documents/asyncapi.ts';
export { type Channel, channels } from './documents/channels.ts';
export { examplePayload } from './documents/example.ts';
export { type Audience, Envelope, type EventDefinition, type StoredEvent, toCloudEvent } from './event.ts';
export {
  type EventData,
  type EventOf,
  type EventType,
  eventDefinition,
  events,
  isEventType,
  schemaNumber,
  upcastData,
  upcastEvent,
} from './events/index.ts';
export { Acceptance, DesiredNodeState, DesiredState, PowerTarget, RehearsedState } from './events/policy.ts';
export { because, phrase, Reason, type ReasonCode } from './reasons.ts';
export * from './resources/drill.ts';
export * from './resources/export.ts';
export * from './resources/index.ts';
export * from './resources/service-report.ts';
export { resources, serviceFor } from './routes.ts';
export { Duration, milliseconds } from './settings/duration.ts';
export {
  type HypervisorSettings,
  type PowerSettings,
  SpaceSettings,
  type UpsSettings,
} from './settings/index.ts';
export {
  formerServiceState,
  Pivot,
  pivots,
  type ServiceStatus,
  type StateKind,
  type StatePayload,
  type States,
  Status,
  states,
} from './states/index.ts';
export { nodeId, type ServiceName, serviceNames, type Topics, topics } from './topics.ts';
export * from './words.ts';
