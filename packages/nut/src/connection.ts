import type { Socket } from 'node:net';
import { type AnswerReader, readOk } from './answers.ts';
import { NutConnectionError, NutError, NutProtocolError, NutTlsError } from './errors.ts';
import { formatLine, LineSplitter } from './protocol.ts';
import { openSocket, type SocketOptions, secureSocket } from './socket.ts';

export interface ConnectionOptions extends SocketOptions {
  username?: string | undefined;
  password?: string | undefined;
  tls: 'off' | 'required';
  ca?: string | undefined;
  requestTimeoutMs: number;
}

interface Pending {
  read: (line: string) => boolean;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** One connection to upsd: requests are written at once and answered in order. */
export class NutConnection {
  readonly #options: ConnectionOptions;
  readonly #closed = Promise.withResolvers<void>();
  readonly #pending: Pending[] = [];
  #socket: Socket;
  #unlisten: () => void = () => undefined;
  readonly #lines = new LineSplitter();
  #failure: Error | undefined;

  private constructor(socket: Socket, options: ConnectionOptions) {
    this.#options = options;
    this.#socket = socket;
    this.#listen(socket);
  }

  /**
   * Connects, secures the connection if asked, and only then gives user name and password. upsd says OK to a wrong
   * password: only what needs rights fails, with ACCESS-DENIED.
   */
  static async open(options: ConnectionOptions, signal: AbortSignal): Promise<NutConnection> {
    const socket = await openSocket(options, signal);
    const connection = new NutConnection(socket, options);
    const abort = () => connection.fail(reasonOf(signal));
    signal.addEventListener('abort', abort);
    try {
      if (options.tls === 'required') await connection.#startTls(signal);
      await connection.#authenticate();
      return connection;
    } catch (error) {
      connection.fail(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Whether requests can still be sent. */
  get usable(): boolean {
    return this.#failure === undefined;
  }

  /** Sends one request. `name` stands for it in messages: it must not hold a secret. */
  request<T>(name: string, words: readonly string[], read: AnswerReader<T>): Promise<T> {
    const line = formatLine(words);
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise<T>((resolve, reject) => {
      const { requestTimeoutMs, host, port } = this.#options;
      const late = () => {
        if (!this.#pending.includes(asked)) return;
        const message = `upsd at ${host}:${port} did not answer ${name} in ${requestTimeoutMs} ms`;
        this.fail(new NutConnectionError('timeout', message));
      };
      const asked: Pending = {
        // An answer that came while this process stood still is read before it is said to be missing.
        timer: setTimeout(() => setImmediate(late), requestTimeoutMs),
        reject,
        read: (answer) => {
          const result = read(answer);
          if (result) resolve(result.value);
          return result !== undefined;
        },
      };
      this.#pending.push(asked);
      this.#write(`${line}\n`);
    });
  }

  /** Requests that are made together leave in one write: of many UPSes at one upsd each would be a packet of its own. */
  #write(line: string): void {
    const socket = this.#socket;
    if (socket.writableCorked === 0) {
      socket.cork();
      setImmediate(() => socket.uncork());
    }
    socket.write(line);
  }

  /** Says LOGOUT and ends the connection; requests that wait for an answer are rejected. Never throws. */
  close(): Promise<void> {
    if (this.usable) this.#socket.write('LOGOUT\n');
    this.#end(new NutConnectionError('closed', 'the NUT client was closed'));
    this.#socket.destroySoon();
    return this.#closed.promise;
  }

  /** Drops the connection at once; requests that wait for an answer are rejected with the error. */
  fail(error: Error): void {
    this.#end(error);
    this.#socket.destroy();
  }

  #end(error: Error): void {
    if (this.#failure) return;
    this.#failure = error;
    for (const { timer, reject } of this.#pending.splice(0)) {
      clearTimeout(timer);
      reject(error);
    }
  }

  async #startTls(signal: AbortSignal): Promise<void> {
    try {
      await this.request('STARTTLS', ['STARTTLS'], readOk('STARTTLS'));
    } catch (cause) {
      if (!(cause instanceof NutError)) throw cause;
      throw new NutTlsError('tls-refused', 'upsd does not offer STARTTLS: it has no certificate configured', {
        cause,
      });
    }
    if (this.#failure) throw this.#failure;
    // Bytes that came with the OK were sent in the clear, by anyone; they must not count as answers on the secured line.
    if (this.#lines.pending > 0)
      throw new NutProtocolError('upsd sent more than OK before the TLS handshake');
    const plain = this.#socket;
    this.#unlisten();
    this.#socket = await secureSocket(plain, this.#options, signal);
    this.#listen(this.#socket);
  }

  async #authenticate(): Promise<void> {
    const { username, password } = this.#options;
    if (username === undefined) return;
    const answers = [this.request('USERNAME', ['USERNAME', username], readOk('USERNAME'))];
    if (password !== undefined) {
      answers.push(this.request('PASSWORD', ['PASSWORD', password], readOk('PASSWORD')));
    }
    await Promise.all(answers);
  }

  #listen(socket: Socket): void {
    const { host, port } = this.#options;
    const data = (chunk: Buffer) => this.#receive(chunk);
    const error = (cause: NodeJS.ErrnoException) => {
      const message = `the connection to upsd at ${host}:${port} failed`;
      // In TLS 1.3 a server may refuse the client after the handshake looked done on our side.
      const refused = cause.code?.startsWith('ERR_SSL_') ?? false;
      this.fail(
        refused
          ? new NutTlsError('tls-failed', message, { cause })
          : new NutConnectionError('lost', message, { cause }),
      );
    };
    const close = () => {
      this.fail(new NutConnectionError('lost', `upsd at ${host}:${port} closed the connection`));
      this.#closed.resolve();
    };
    socket.on('data', data).on('error', error).on('close', close);
    this.#unlisten = () => socket.off('data', data).off('error', error).off('close', close);
  }

  #receive(chunk: Buffer): void {
    try {
      for (const line of this.#lines.push(chunk)) this.#answer(line);
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #answer(line: string): void {
    // Once ended, what still comes belongs to requests that were rejected already.
    if (this.#failure) return;
    const [pending] = this.#pending;
    if (!pending) throw new NutProtocolError('upsd sent a line that nobody asked for');
    try {
      if (!pending.read(line)) return;
    } catch (error) {
      if (!(error instanceof NutError)) throw error;
      pending.reject(error);
    }
    clearTimeout(pending.timer);
    this.#pending.shift();
  }
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason));
}
