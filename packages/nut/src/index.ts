export { createNutClient, type NutClient } from './client.ts';
export {
  type KnownNutErrorCode,
  NutArgumentError,
  NutConnectionError,
  type NutConnectionErrorCode,
  NutError,
  type NutErrorCode,
  NutProtocolError,
  NutTlsError,
  type NutTlsErrorCode,
  nutErrorCodes,
} from './errors.ts';
export type { NutClientOptions } from './link.ts';
export { parseIdentity, parseReadings, type UpsIdentity, type UpsReadings } from './readings.ts';
export { type KnownStatusToken, knownStatusTokens, parseStatus, type StatusToken } from './status.ts';
