/**
 * `broker-offline`, `publish-timeout`, `connection-lost`: pass by themselves, try again.
 * `event-unpublishable`: never will; the message says why.
 */
export type BrokerErrorCode =
  | 'broker-offline'
  | 'publish-timeout'
  | 'connection-lost'
  | 'connection-closed'
  | 'event-unpublishable'
  | 'bad-state'
  | 'bad-username'
  | 'cannot-listen';

/** What can go wrong between us and a broker. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';
  readonly code: BrokerErrorCode;

  constructor(code: BrokerErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
