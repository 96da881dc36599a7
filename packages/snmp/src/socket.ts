import { createSocket, type Socket } from 'node:dgram';
import type { Address } from './agent-address.ts';
import type { LibrarySocket } from './library-types.ts';

/** A UDP socket that exchanges datagrams with one agent only. */
export interface AgentSocket {
  readonly address: string;
  /** The socket to hand to the library; whatever it throws while it handles a datagram goes to `onThrow`. */
  forLibrary(events: AgentSocketEvents): LibrarySocket;
  close(): void;
}

export interface AgentSocketEvents {
  /** Whether the library is to see it. */
  accepts(message: Buffer): boolean;
  /** Whether one more may be sent. */
  maySend(): boolean;
  /** The library threw while it handled a datagram. */
  onThrow(cause: unknown): void;
  /** The system refused a datagram, or ICMP says that it did not arrive. */
  onError(error: Error): void;
}

/**
 * Connects: the kernel then drops what others send, and reports ICMP's port, host and network
 * unreachable, which it does not for a socket that is not connected. Rejects with the system's error.
 */
export async function connectSocket({ address, family }: Address, port: number): Promise<AgentSocket> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    await connected(socket, port, address);
  } catch (error) {
    socket.close();
    throw error;
  }
  // The deadline of a request keeps the process alive, not an idle socket.
  socket.unref();
  let open = true;
  const close = () => {
    if (open) socket.close();
    open = false;
  };
  return { address, close, forLibrary: (events) => guarded(socket, events, close) };
}

function connected(socket: Socket, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, address, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

function guarded(socket: Socket, events: AgentSocketEvents, close: () => void): LibrarySocket {
  socket.on('error', events.onError);
  return {
    on(event, listener: (...args: unknown[]) => void) {
      if (event === 'close') socket.on('close', listener);
      if (event !== 'message') return;
      socket.on('message', (message, sender) => {
        if (!events.accepts(message)) return;
        try {
          listener(message, sender);
        } catch (cause) {
          events.onThrow(cause);
        }
      });
    },
    send(message, offset, length, _port, _address, sent) {
      if (events.maySend()) socket.send(message, offset, length, sent);
    },
    bind: () => undefined,
    address: () => socket.address(),
    ref: () => undefined,
    unref: () => undefined,
    close,
  };
}
