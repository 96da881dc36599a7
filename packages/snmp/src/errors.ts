export type SnmpErrorCode =
  /** No answer in time, in any attempt. */
  | 'timeout'
  /** ICMP says that the port or host is not reachable, there is no route, or the name is not found. */
  | 'unreachable'
  /** v3: the agent reports an unknown user, a wrong digest, a decryption error; or it says authorizationError. */
  | 'refused'
  /** v3: the agent's boots and time are not what they were (RFC 3414 section 3.2, step 7), in a new session too. */
  | 'not-in-time-window'
  /** Even the smallest request has an answer that is too big for the agent. */
  | 'too-big'
  /** An answer that is not one to what was asked, genErr, or another error of the agent. */
  | 'protocol'
  /** This client was closed. */
  | 'closed';

/** A request that has no answer. No message holds a community, a user's name or a password. */
export class SnmpError extends Error {
  override readonly name = 'SnmpError';
  readonly code: SnmpErrorCode;

  constructor(code: SnmpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const sentences: Record<SnmpErrorCode, string> = {
  timeout: 'did not answer in time',
  unreachable: 'is not reachable',
  refused: 'refuses these credentials',
  'not-in-time-window': 'counts its boots and time otherwise than before',
  'too-big': 'has no answer that is small enough',
  protocol: 'gave an answer that makes no sense, or a general error',
  closed: 'was not asked: the client is closed',
};

/** The error of a request to this agent. */
export function agentError(code: SnmpErrorCode, agent: string, cause?: unknown): SnmpError {
  return new SnmpError(code, `${agent} ${sentences[code]}`, cause === undefined ? {} : { cause });
}
