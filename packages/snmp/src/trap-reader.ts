import type { RemoteInfo } from 'node:dgram';
import type { Clock } from '@huismeester/clock';
import { createEngines } from './engines.ts';
import type { Header } from './header.ts';
import { createLibraryReceiver, forgetKeysAbove, type LibraryNotification } from './library.ts';
import { readTrap, type TrapContent } from './trap.ts';
import { isDiscovery, type TrapRefusal, type TrapSource } from './trap-sources.ts';

/** What a datagram was: a notification, one that is refused, or an engine that asked for ours, which has its answer. */
export type TrapOutcome = TrapContent | { readonly refused: TrapRefusal } | 'discovery';

/** Reads the datagrams of one source, whose header is as it should be; never throws. */
export type TrapReader = (message: Buffer, header: Header, sender: RemoteInfo) => TrapOutcome;

const mostKeys = 500;

/** `send` is for the acknowledgement of informs, and for discovery. */
export function createTrapReader(
  source: TrapSource,
  clock: Clock,
  send: (message: Buffer, port: number, address: string) => void,
): TrapReader {
  const engines = createEngines(clock);
  let parse: ((...args: unknown[]) => void) | undefined;
  const notifications: LibraryNotification[] = [];
  const nothing = () => undefined;
  const socket = {
    on: (event: string, listener: (...args: unknown[]) => void) => {
      if (event === 'message') parse = listener;
    },
    send: (message: Buffer, _offset: number, _length: number, port: number, address: string) =>
      send(message, port, address),
    address: () => ({}),
    bind: nothing,
    ref: nothing,
    unref: nothing,
    close: nothing,
  };
  createLibraryReceiver(source.credentials, socket, (notification) => notifications.push(notification));

  return (message, header, sender) => {
    const hasKey = header.version === '3' && (header.flags & 1) === 1;
    if (hasKey && !engines.mayTry(header.engineId)) return { refused: 'wrong-user' };
    forgetKeysAbove(mostKeys);
    notifications.length = 0;
    try {
      parse?.(message, sender);
    } catch {
      // Out of the parser, or of writing the acknowledgement; what it says may hold the community.
      return { refused: 'malformed' };
    }
    const [found] = notifications;
    if (!found) return isDiscovery(header) ? 'discovery' : { refused: 'wrong-user' };
    if ('failed' in found) return { refused: found.failed === 'refused' ? 'wrong-user' : 'malformed' };
    if (hasKey) engines.authenticated(header.engineId);
    return readTrap(found.varbinds, found.generic);
  };
}
