import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Clock, systemClock } from './clock.ts';
import { Device, type SimulatedDevice } from './device.ts';
import { answer } from './requests.ts';
import type { Session, SimulatedUser, World } from './session.ts';
import { RequestParser } from './words.ts';

export interface NutSimulatorOptions {
  /** A free one if left out. */
  port?: number;
  /** 127.0.0.1 if left out. */
  host?: string;
  upses: SimulatedDevice[];
  /** Nobody if left out: then all can read and no one can change anything. */
  users?: SimulatedUser[];
  clock?: Clock;
}

export interface NutSimulator {
  readonly host: string;
  readonly port: number;
  /** Sets a variable at once, as the driver would. */
  set(ups: string, variable: string, value: string): void;
  get(ups: string, variable: string): string | undefined;
  /** How many requests were answered since it was made. */
  readonly answered: number;
  remove(ups: string, variable: string): void;
  /**
   * The next GET VAR of the variable is answered with this value, the one after that as before; LIST VAR does not see it.
   * Resolves when it was answered: a change that is there at one look, which a real driver is too slow for.
   */
  glimpse(ups: string, variable: string, value: string): Promise<void>;
  /**
   * Who has logged in from elsewhere, such as the upsmon of each node: with those who are connected here, they are
   * what LIST CLIENT and NUMLOGINS tell from now on.
   */
  clients(ups: string, addresses: readonly string[]): void;
  /** From now on: DATA-STALE, or no more. */
  stale(ups: string, stale: boolean): void;
  /** From now on: DRIVER-NOT-CONNECTED, or no more. */
  driverGone(ups: string, gone: boolean): void;
  /** Sets FSD, or clears it, which a real upsd only does by restarting. */
  fsd(ups: string, set: boolean): void;
  /** Refuses connections and drops those that there are, as a dead upsd does; `start` listens on the same port again. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A driver looks at what upsd passes on to it a moment later: its OK to SET comes first. */
const driverDelayMs = 20;

/**
 * A server that speaks upsd's protocol (RFC 9271) as upsd 2.8 does, refusals included, on made-up UPSes.
 * Long, since its functions share the connections that are open.
 */
export async function startNutSimulator(options: NutSimulatorOptions): Promise<NutSimulator> {
  const { host = '127.0.0.1', users = [], clock = systemClock } = options;
  const devices = new Map(options.upses.map((ups) => [ups.name.toLowerCase(), new Device(ups)]));
  const sessions = new Set<Session>();
  const driverSets: World['driverSets'] = (device, variable, value) => {
    clock.after(driverDelayMs, () => device.set(variable, value));
  };
  const sockets = new Set<Socket>();
  let answered = 0;
  const countOne = () => {
    answered += 1;
  };
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket, { devices, users, sessions, driverSets }, sessions, countOne);
  });
  let port = options.port ?? 0;
  const start = async () => {
    server.listen(port, host);
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const stop = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const device = (ups: string): Device => {
    const found = devices.get(ups.toLowerCase());
    if (!found) throw new Error(`no UPS ${ups} is simulated; there are: ${[...devices.keys()].join(', ')}`);
    return found;
  };
  await start();
  return {
    host,
    port,
    get answered() {
      return answered;
    },
    set: (ups, variable, value) => device(ups).set(variable, value),
    get: (ups, variable) => device(ups).get(variable),
    remove: (ups, variable) => device(ups).remove(variable),
    glimpse: (ups, variable, value) => device(ups).glimpse(variable, value),
    clients(ups, addresses) {
      device(ups).clients = [...addresses];
    },
    stale(ups, stale) {
      device(ups).stale = stale;
    },
    driverGone(ups, gone) {
      device(ups).driverGone = gone;
    },
    fsd(ups, set) {
      device(ups).forcedShutdown = set;
    },
    stop,
    start,
    close: stop,
  };
}

function serve(socket: Socket, world: World, sessions: Set<Session>, answered: () => void): void {
  const session: Session = { address: socket.remoteAddress ?? 'unknown' };
  const parser = new RequestParser();
  sessions.add(session);
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    for (const words of parser.push(text)) {
      const lines = answer(world, session, words);
      answered();
      socket.write(lines.map((line) => `${line}\n`).join(''));
      if (words[0]?.toUpperCase() === 'LOGOUT') {
        socket.end();
        return;
      }
    }
  });
  // A client that drops its connection is an everyday thing to a server.
  socket.on('error', () => socket.destroy());
  socket.once('close', () => sessions.delete(session));
}
