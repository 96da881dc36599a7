import type { IncomingMessage, RequestListener } from 'node:http';
import { type DoorSettings, type Doors, openDoors } from '../http/doors.ts';
import type { Closing } from './closing.ts';

/** The doors of the process, once they are open; whoever comes while nobody answers gets to the waiting room. */
export interface Entrance {
  /** Opens them, if they are not. Throws a CannotListen or a LocalSocketError. */
  open(): Promise<Doors>;
  /** Lets everybody in to this, until what it returns is called. */
  admit(listener: RequestListener): Promise<() => void>;
  /** Whether a request came in by the local socket. */
  isLocal(request: IncomingMessage): boolean;
  close(): Promise<void>;
}

export function createEntrance(settings: DoorSettings, room: RequestListener, closing: Closing): Entrance {
  let doors: Promise<Doors> | undefined;
  let isLocal: Doors['isLocal'] = () => false;
  let closed: Promise<void> | undefined;
  const entrance: Entrance = {
    open() {
      doors ??= openDoors(settings, room);
      return doors;
    },
    async admit(listener) {
      const opened = await entrance.open();
      isLocal = opened.isLocal;
      opened.admit(listener);
      return () => opened.admit(room);
    },
    isLocal: (request) => isLocal(request),
    close() {
      closed ??= (async () => {
        // Doors that could not be opened need no closing, and who wanted them open was told.
        await (await doors?.catch(() => undefined))?.close();
      })();
      return closed;
    },
  };
  closing.add('doors', () => entrance.close());
  return entrance;
}
