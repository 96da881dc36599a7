import type { buildConnector } from 'undici';

type Connector = buildConnector.connector;
type Connected = Parameters<buildConnector.Callback>;

/** A server may close a connection on which nothing is asked: one that has waited for longer is not used, ms. */
const freshMs = 1_000;

/** A connector whose next connection can be made before there is anything to send on it. */
export interface ConnectAhead {
  readonly connect: Connector;
  /** Begins a connection to the origin for the next call of `connect`; one that nobody takes within a second is closed. */
  begin(): void;
  close(): void;
}

/** A TLS handshake takes as long as a commit: whoever is about to ask has both done at once. `origin` is the only server of `connect`. */
export function connectAhead(connect: Connector, origin: string): ConnectAhead {
  const { protocol, host, hostname, port } = new URL(origin);
  // In a URL the address of IPv6 stands in brackets.
  const target = { protocol, host, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port };
  let waiting: Promise<Connected> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const take = (): Promise<Connected> | undefined => {
    const taken = waiting;
    waiting = undefined;
    clearTimeout(timer);
    return taken;
  };
  const close = (): void => void take()?.then(([, socket]) => socket?.destroy());
  return {
    begin() {
      if (waiting !== undefined) return;
      waiting = new Promise((resolve) => connect(target, (...connected) => resolve(connected)));
      timer = setTimeout(close, freshMs).unref();
    },
    close,
    connect(options, callback) {
      const ahead = take();
      if (ahead === undefined) return connect(options, callback);
      void ahead.then((connected) => {
        if (connected[1]?.destroyed) connect(options, callback);
        else callback(...connected);
      });
    },
  };
}
