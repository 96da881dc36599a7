import type { RemoteInfo } from 'node:dgram';
import { createAuthenticator } from './authenticator.ts';
import type { Header } from './header.ts';
import { createLibraryReceiver } from './library.ts';
import type { LibraryNotification } from './library-types.ts';
import { type TrapKind, trapKindOf } from './trap.ts';
import { isDiscovery, type TrapRefusal, type TrapSource } from './trap-sources.ts';

/** What a datagram was: a notification, one that is refused, or an engine that asked for ours, which has its answer. */
export type TrapOutcome = { readonly kind: TrapKind } | { readonly refused: TrapRefusal } | 'discovery';

/** Reads the datagrams of one source, whose header is as it should be; never throws. */
export type TrapReader = (message: Buffer, header: Header, sender: RemoteInfo) => TrapOutcome;

/** `send` is for the acknowledgement of informs, and for discovery. */
export function createTrapReader(
  source: TrapSource,
  send: (message: Buffer, port: number, address: string) => void,
): TrapReader {
  const isAuthentic = createAuthenticator(source.credentials);
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
    if (!isAuthentic(message, header)) return { refused: 'wrong-user' };
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
    return { kind: trapKindOf(found.varbinds, found.generic) };
  };
}
