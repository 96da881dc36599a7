import { backoffMs } from '@huismeester/clock';
import type { AnswerReader } from './answers.ts';
import { NutConnection } from './connection.ts';
import { NutArgumentError, NutConnectionError, NutError } from './errors.ts';

export interface NutClientOptions {
  host: string;
  /** 3493 if left out. */
  port?: number;
  username?: string;
  password?: string;
  /** `required`: nothing but STARTTLS is sent in the clear, and an upsd that cannot is an error. `off` if left out. */
  tls?: 'off' | 'required';
  /** The authority to trust, PEM; the system's if left out. */
  ca?: string;
  /** For the connection with TLS and password, 3000 ms if left out. */
  connectTimeoutMs?: number;
  /** For each answer, 3000 ms if left out. A connection that is late is dropped. */
  requestTimeoutMs?: number;
  /** The longest time after a failure in which requests fail without trying, 2000 ms if left out. */
  maxBackoffMs?: number;
}

/** The connection of the moment, made when a request needs one. */
export class Link {
  readonly #options: NutClientOptions;
  readonly #where: { host: string; port: number };
  readonly #longestPauseMs: number;
  readonly #closing = new AbortController();
  #opening: Promise<NutConnection> | undefined;
  #opened: NutConnection | undefined;
  #lastFailure: unknown;
  #failures = 0;
  /** Until then, in monotonic ms, requests fail without trying. */
  #pausedUntil = 0;

  constructor(options: NutClientOptions) {
    this.#options = options;
    this.#where = { host: options.host, port: options.port ?? 3493 };
    this.#longestPauseMs = options.maxBackoffMs ?? 2000;
  }

  /** Sends one request; `name` stands for it in messages. */
  async request<T>(name: string, words: string[], read: AnswerReader<T>): Promise<T> {
    const connection = await this.#connection();
    try {
      const value = await connection.request(name, words, read);
      this.#failures = 0;
      return value;
    } catch (error) {
      if (error instanceof NutError) this.#failures = 0;
      else if (!(error instanceof NutArgumentError)) this.#forget(connection, error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(closedError());
    // A connection that was still being made is given up by the signal, which rejects its requests.
    const connection = this.#opened ?? (await this.#opening?.catch(() => undefined));
    await connection?.close();
  }

  #connection(): Promise<NutConnection> {
    if (this.#closing.signal.aborted) return Promise.reject(closedError());
    if (this.#opened?.usable) return Promise.resolve(this.#opened);
    this.#opened = undefined;
    if (this.#opening !== undefined) return this.#opening;
    const waitMs = this.#pausedUntil - performance.now();
    if (waitMs > 0) {
      const { host, port } = this.#where;
      const message = `upsd at ${host}:${port} failed just now; not tried again for ${Math.ceil(waitMs)} ms`;
      return Promise.reject(new NutConnectionError('unreachable', message, { cause: this.#lastFailure }));
    }
    this.#opening = this.#open();
    return this.#opening;
  }

  async #open(): Promise<NutConnection> {
    const { username, password, tls = 'off', ca } = this.#options;
    const { connectTimeoutMs = 3000, requestTimeoutMs = 3000 } = this.#options;
    const { host, port } = this.#where;
    const overdue = new AbortController();
    const late = () => {
      const message = `no connection to upsd at ${host}:${port} in ${connectTimeoutMs} ms`;
      overdue.abort(new NutConnectionError('timeout', message));
    };
    // One that was made while this process stood still is seen before that; not a login or TLS that begins only then.
    const timer = setTimeout(() => setImmediate(late), connectTimeoutMs);
    try {
      this.#opened = await NutConnection.open(
        { host, port, username, password, tls, ca, requestTimeoutMs },
        AbortSignal.any([this.#closing.signal, overdue.signal]),
      );
      return this.#opened;
    } catch (error) {
      this.#noteFailure(error);
      throw error;
    } finally {
      clearTimeout(timer);
      this.#opening = undefined;
    }
  }

  /** Many requests may fail with one connection; it counts as one failure. */
  #forget(connection: NutConnection, error: unknown): void {
    if (this.#opened !== connection) return;
    this.#opened = undefined;
    this.#noteFailure(error);
  }

  #noteFailure(error: unknown): void {
    this.#lastFailure = error;
    this.#failures += 1;
    // The first request after a failure tries at once: a connection that upsd closed for its idleness is no trouble.
    const afterMs =
      this.#failures === 1
        ? 0
        : backoffMs(this.#failures - 1, { firstMs: 100, longestMs: this.#longestPauseMs });
    this.#pausedUntil = performance.now() + afterMs;
  }
}

function closedError(): NutConnectionError {
  return new NutConnectionError('closed', 'the NUT client was closed');
}
