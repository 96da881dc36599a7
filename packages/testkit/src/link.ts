import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** How a link treats what goes over it. */
export type Weather =
  | { readonly kind: 'clear' }
  /** Connections are ended, and new ones refused as soon as they come. */
  | { readonly kind: 'cut' }
  /** As a network that swallows everything: connections stay open, new ones are taken, and nothing passes. */
  | { readonly kind: 'silent' }
  /** Everything passes, in order, this much later in each direction. */
  | { readonly kind: 'slow'; readonly ms: number };

/** A TCP link that can be disturbed: whoever connects to its port reaches the target, if the weather lets them. */
export interface Link {
  readonly port: number;
  /** From now on, also for the connections that there are. */
  weather(weather: Weather): void;
  /** How many connections there are. */
  connections(): number;
  close(): Promise<void>;
}

const host = '127.0.0.1';

/** Starts a link to a TCP port of loopback. */
export async function startLink(targetPort: number): Promise<Link> {
  const pairs = new Set<Pair>();
  let weather: Weather = { kind: 'clear' };
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (inner) => {
    if (weather.kind === 'cut') {
      inner.resetAndDestroy();
      return;
    }
    const pair = new Pair(inner, targetPort, () => weather);
    pairs.add(pair);
    pair.onEnd(() => pairs.delete(pair));
  });
  const port = await listen(server);
  return {
    port,
    weather(next) {
      weather = next;
      for (const pair of pairs) {
        if (next.kind === 'cut') pair.destroy();
        else pair.changed();
      }
    },
    connections: () => pairs.size,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const pair of pairs) pair.destroy();
      await closed;
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** One connection through the link, in both directions. */
class Pair {
  readonly #inner: Socket;
  readonly #outer: Socket;
  readonly #pipes: readonly Pipe[];

  constructor(inner: Socket, port: number, weather: () => Weather) {
    this.#inner = inner;
    this.#outer = connect({ host, port, noDelay: true, allowHalfOpen: true });
    this.#pipes = [new Pipe(inner, this.#outer, weather), new Pipe(this.#outer, inner, weather)];
    for (const socket of [inner, this.#outer]) {
      // An end that breaks is what this is for; the other end learns it the same way.
      socket.on('error', () => this.destroy());
      // What it said before it ended may still be on its way.
      socket.on('close', () => {
        if (this.#pipes.every((pipe) => pipe.empty)) this.destroy();
      });
    }
  }

  onEnd(listener: () => void): void {
    this.#inner.once('close', listener);
  }

  changed(): void {
    for (const pipe of this.#pipes) pipe.flush();
  }

  destroy(): void {
    for (const pipe of this.#pipes) pipe.close();
    this.#inner.resetAndDestroy();
    this.#outer.destroy();
  }
}

/** What waits before the one who sends is made to wait too. */
const mostWaiting = 256 * 1024;

/** One direction: keeps the order whatever the weather does in between. */
class Pipe {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #weather: () => Weather;
  /** `undefined` is the end of what is sent. */
  readonly #waiting: { chunk: Buffer | undefined; at: number }[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, weather: () => Weather) {
    this.#from = from;
    this.#to = to;
    this.#weather = weather;
    from.on('data', (chunk: Buffer) => this.#push(chunk));
    from.on('end', () => this.#push(undefined));
    to.on('drain', () => this.flush());
  }

  get empty(): boolean {
    return this.#waiting.length === 0;
  }

  #push(chunk: Buffer | undefined): void {
    const weather = this.#weather();
    const at = performance.now() + (weather.kind === 'slow' ? weather.ms : 0);
    this.#waiting.push({ chunk, at });
    this.#bytes += chunk?.length ?? 0;
    if (this.#bytes > mostWaiting) this.#from.pause();
    this.flush();
  }

  /** Passes on all that is due. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#weather().kind === 'silent') return;
    for (;;) {
      const next = this.#waiting[0];
      if (!next || this.#to.writableNeedDrain) break;
      const ms = next.at - performance.now();
      if (ms > 0) {
        this.#timer = setTimeout(() => this.flush(), Math.ceil(ms));
        break;
      }
      this.#waiting.shift();
      this.#bytes -= next.chunk?.length ?? 0;
      if (next.chunk === undefined) this.#to.end();
      else this.#to.write(next.chunk);
    }
    if (this.#bytes <= mostWaiting) this.#from.resume();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#waiting.length = 0;
  }
}
