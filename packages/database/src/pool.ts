import type { Connection } from './connection.ts';
import { DatabaseUnavailable } from './errors.ts';

/** At most so many connections, opened when needed and used by one at a time; a lost one is never used again. */
export class Pool {
  readonly #open: () => Connection;
  readonly #max: number;
  readonly #idle: Connection[] = [];
  readonly #waiting: { resolve: (connection: Connection) => void; reject: (error: Error) => void }[] = [];
  readonly #drained = Promise.withResolvers<void>();
  #inUse = 0;
  #closing: Promise<void> | undefined;

  constructor(max: number, open: () => Connection) {
    this.#max = max;
    this.#open = open;
  }

  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.#take();
    try {
      return await work(connection);
    } finally {
      this.#giveBack(connection);
    }
  }

  /** Waits for the connections in use, and ends all. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const { reject } of this.#waiting.splice(0)) reject(closed());
    if (this.#inUse === 0) this.#drained.resolve();
    await this.#drained.promise;
    await Promise.all(this.#idle.splice(0).map((connection) => connection.end()));
  }

  #take(): Promise<Connection> {
    if (this.#closing !== undefined) return Promise.reject(closed());
    if (this.#inUse >= this.#max) {
      return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    }
    // First: a connection that cannot even be made is not in use.
    const connection = this.#next();
    this.#inUse += 1;
    return Promise.resolve(connection);
  }

  /** The one that was used last: the others may be closed by the server or something in between. */
  #next(): Connection {
    for (;;) {
      const connection = this.#idle.pop() ?? this.#open();
      if (!connection.lost) return connection;
    }
  }

  /** What broke one may have broken all, without a word: to find out one by one would take each time as long. */
  #distrustIdle(): void {
    // How they end tells nothing new.
    for (const idle of this.#idle.splice(0)) idle.end().catch(() => undefined);
  }

  #giveBack(connection: Connection): void {
    if (connection.lost) this.#distrustIdle();
    else this.#idle.push(connection);
    const waiter = this.#waiting.shift();
    if (waiter) {
      waiter.resolve(this.#next());
      return;
    }
    this.#inUse -= 1;
    if (this.#closing !== undefined && this.#inUse === 0) this.#drained.resolve();
  }
}

function closed(): DatabaseUnavailable {
  return new DatabaseUnavailable('the database was closed by this program');
}
