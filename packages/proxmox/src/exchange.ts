import type { Dispatcher } from 'undici';

/** One request as it goes over the wire. */
export interface Outgoing {
  origin: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body: string | null;
  timeoutMs: number;
}

export interface Incoming {
  status: number;
  reason: string;
  text: string;
}

/** There was no whole answer. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly code = 'proxmox.exchange';
  readonly kind: 'timeout' | 'connection';
  /** Whether the first byte of the request may have been written. */
  readonly sent: boolean;

  constructor(kind: 'timeout' | 'connection', sent: boolean, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
    this.sent = sent;
  }
}

const maxAnswerBytes = 32 * 1024 * 1024;

/** Collects one answer and knows whether the request was ever started. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<Incoming>;
  #sent = false;
  #controller: Dispatcher.DispatchController | undefined;
  #over: Error | undefined;
  #status = 0;
  #reason = '';
  #bytes = 0;
  readonly #chunks: Buffer[] = [];
  readonly #settle: { resolve: (answer: Incoming) => void; reject: (error: unknown) => void };

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<Incoming>();
    this.answer = promise;
    this.#settle = { resolve, reject };
  }

  /** Gives up: what was not sent yet never will be. */
  end(kind: 'timeout' | 'connection', message: string, cause?: unknown): void {
    this.#over ??= new ExchangeError(kind, this.#sent, message, cause);
    this.#settle.reject(this.#over);
    this.#controller?.abort(this.#over);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Undici asks this before it writes: a request that is over is not sent.
    if (this.#over) controller.abort(this.#over);
    else this.#sent = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    reason = '',
  ): void {
    this.#status = status;
    this.#reason = reason;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > maxAnswerBytes)
      this.end('connection', `the answer is bigger than ${maxAnswerBytes} bytes`);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const text = Buffer.concat(this.#chunks).toString('utf8');
    this.#settle.resolve({ status: this.#status, reason: this.#reason, text });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.end('connection', error.message, error);
  }
}

/**
 * Sends one request, once. Rejects with {@link ExchangeError}. `sent` in the error
 * is about this very request: a connection that never stood has sent nothing.
 */
export async function exchange(dispatcher: Dispatcher, outgoing: Outgoing): Promise<Incoming> {
  const { timeoutMs, ...options } = outgoing;
  const handler = new Exchange();
  const timer = setTimeout(() => handler.end('timeout', `no answer within ${timeoutMs} ms`), timeoutMs);
  try {
    dispatcher.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler);
    return await handler.answer;
  } finally {
    clearTimeout(timer);
  }
}
