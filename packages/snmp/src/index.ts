export {
  createSnmpClient,
  type SnmpClient,
  type SnmpClientOptions,
  type SnmpColumnsOptions,
} from './client.ts';
export {
  credentialsOf,
  type SnmpAuthProtocol,
  type SnmpCredentials,
  type SnmpPrivProtocol,
} from './credentials.ts';
export { SnmpError, type SnmpErrorCode } from './errors.ts';
export type { SnmpTable } from './table-reader.ts';
export type { TrapKind } from './trap.ts';
export {
  createTrapReceiver,
  type SnmpTrap,
  type TrapCounts,
  type TrapReceiver,
  type TrapReceiverOptions,
} from './trap-receiver.ts';
export type { TrapRefusal, TrapSource } from './trap-sources.ts';
export { type SnmpValue, textOf } from './value.ts';
