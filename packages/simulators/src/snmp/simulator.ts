import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { answerDatagram, noRequests, type RequestCounts } from './agent.ts';
import type { SwitchFaults } from './faults.ts';
import type { RestartOptions, SwitchSimulatorOptions } from './options.ts';
import type { SwitchPort, SwitchPortOptions } from './port.ts';
import { createSwitchState } from './switch-state.ts';
import { createTrapWork } from './trap-work.ts';
import { encodeTrap, type TrapKind, type TrapOptions } from './traps.ts';

export interface SwitchSimulator {
  readonly host: string;
  readonly port: number;
  /** snmpEngineID. */
  readonly engineId: Uint8Array;
  /** The live ports, in the order in which they were given. */
  readonly ports: readonly SwitchPort[];
  /** The live port of that name; throws if there is none. */
  portOf(name: string): SwitchPort;
  /** Live: what is set is so for the next request. */
  readonly faults: SwitchFaults;
  /** What was asked so far. */
  readonly requests: Readonly<RequestCounts>;
  /** How many traps were sent. */
  readonly trapsSent: number;
  /** With the ifIndex after the highest if none is given; sets ifTableLastChange. */
  addPort(options: SwitchPortOptions): SwitchPort;
  removePort(name: string): void;
  /** sysUpTime from now on, hundredths of a second; nothing else changes. */
  setUptime(ticks: number): void;
  /** snmpEngineBoots and snmpEngineTime from now on. */
  setEngine(state: { boots?: number; timeS?: number }): void;
  /** Resolves when it answers again, and its trap was sent. */
  restart(options?: RestartOptions): Promise<void>;
  /** Sends a trap, whatever is true. Throws if no target is configured, or there is no such port. */
  trap(kind: TrapKind, portName?: string, options?: TrapOptions): void;
  /** Sends linkDown and linkUp of one port after the other, false as they are; resolves with their number. */
  storm(perSecond: number, seconds: number): Promise<number>;
  /** Unplugs the port, and plugs it in again, so many times in all, one change after each `everyMs`. */
  flap(portName: string, options: { everyMs: number; times: number }): Promise<void>;
  close(): Promise<void>;
}

/**
 * A managed switch that answers SNMPv1, v2c and v3 on a UDP port: system, ifTable, ifXTable, snmpEngine. Nothing can be SET.
 * Rejects when the port is taken. Long, since its functions share the socket.
 */
export async function startSwitchSimulator(options: SwitchSimulatorOptions): Promise<SwitchSimulator> {
  const { host = '127.0.0.1', traps } = options;
  const socket = createSocket('udp4');
  const state = createSwitchState(options, (port, up) => {
    if (traps && traps.automatic !== false) send(up ? 'linkUp' : 'linkDown', port.name);
  });
  const { clock, engine, faults, system, users } = state;
  const now = () => clock.monotonicMs();
  const requests = noRequests();
  let restarting = false;
  let closed = false;
  let trapsSent = 0;
  const agent = {
    engine,
    users,
    faults,
    requests,
    now,
    mib: state.mib,
    communities: new Set(options.credentials.communities),
  };
  const send = (kind: TrapKind, portName?: string, how: TrapOptions = {}) => {
    if (!traps) throw new Error('the simulated switch has no target for traps');
    const port = portName === undefined ? undefined : state.port(portName);
    if (closed || restarting || faults.silent) return;
    const user = users.get(traps.user ?? '');
    const context = { target: traps, system, engine, user, address: socket.address().address, now: now() };
    trapsSent += 1;
    socket.send(encodeTrap(kind, port, how, context), traps.port, traps.host);
  };
  const work = createTrapWork(clock, state.ports, send);
  await listen(socket, options.port ?? 0, host);
  // Without a listener a datagram that cannot be sent would end the process.
  socket.on('error', () => {
    requests.unsent += 1;
  });
  let received = 0;
  socket.on('message', (datagram, from) => {
    received += 1;
    const dropped = faults.dropEvery > 0 && received % faults.dropEvery === 0;
    if (restarting || faults.silent || dropped) {
      requests.lost += 1;
      return;
    }
    const found = answerDatagram(datagram, agent);
    const answer = found && faults.malformed ? faults.malformed(found) : found;
    if (!answer) return;
    const reply = () => {
      if (!closed) socket.send(answer, from.port, from.address);
    };
    if (faults.delayMs > 0) clock.after(faults.delayMs, reply, { background: true });
    else reply();
  });
  return {
    host,
    port: socket.address().port,
    engineId: engine.id,
    ports: state.ports,
    portOf: state.port,
    faults,
    requests,
    get trapsSent() {
      return trapsSent;
    },
    addPort: state.addPort,
    removePort: state.removePort,
    setUptime: state.setUptime,
    setEngine({ boots = engine.boots, timeS }) {
      engine.boots = boots;
      if (timeS !== undefined) engine.setTime(timeS);
    },
    async restart(how = {}) {
      restarting = true;
      if (how.downMs) await work.pause(how.downMs);
      state.restart(how);
      restarting = false;
      if (traps && traps.automatic !== false) send(how.kind ?? 'coldStart');
    },
    trap: send,
    storm: work.storm,
    flap: (name, how) => work.flap(state.port(name), how),
    async close() {
      if (closed) return;
      closed = true;
      work.stop();
      const ended = once(socket, 'close');
      socket.close();
      await ended;
    },
  };
}

async function listen(socket: Socket, port: number, host: string): Promise<void> {
  socket.bind(port, host);
  try {
    await once(socket, 'listening');
  } catch (error) {
    socket.close();
    throw error;
  }
}
