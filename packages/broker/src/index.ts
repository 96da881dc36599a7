export type { Clock, Logger } from '@huismeester/clock';
export { type AccessRule, accessRules, mayPublish, maySubscribe, type Reader } from './access.ts';
export { type BrokerConnection, type BrokerOptions, connectBroker, type SaidState } from './connection.ts';
export { type EmbeddedBroker, type EmbeddedBrokerOptions, startEmbeddedBroker } from './embedded-broker.ts';
export { BrokerError, type BrokerErrorCode } from './errors.ts';
export {
  type MosquittoConfig,
  type MosquittoOptions,
  type MosquittoPlaces,
  mosquittoConfig,
  mosquittoSnippet,
} from './mosquitto/config.ts';
export type { NatsPassword } from './nats/accounts.ts';
export { type NatsConfig, type NatsOptions, natsConfig } from './nats/config.ts';
export { type History, type HistoryOptions, keepHistory } from './nats/history/keep.ts';
export { type HistoryLook, type HistorySettings, lookAtHistory } from './nats/history/look.ts';
export { historySettings } from './nats/history/settings.ts';
export type { Advice } from './nats/history/stream.ts';
export { historyStream } from './nats/subjects.ts';
export { type BrokerCheck, checkBroker } from './probe/check-broker.ts';
export type { BrokerFinding } from './probe/measure.ts';
