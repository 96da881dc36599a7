import { type Clock, systemClock } from '@huismeester/clock';
import { parseOid } from './ber.ts';
import { createEngine, type Engine } from './engine.ts';
import { noFaults, type SwitchFaults } from './faults.ts';
import { createMib, type Mib } from './mib.ts';
import { engineObjects, portObjects, type SystemState, systemObjects } from './objects.ts';
import type { RestartOptions, SwitchSimulatorOptions } from './options.ts';
import { createPort, type PortState, type PortSurroundings, type SwitchPortOptions } from './port.ts';
import { localizeUser, type UsmUser } from './usm-keys.ts';

/** A switch without its network. */
export interface SwitchState {
  readonly clock: Clock;
  readonly engine: Engine;
  readonly system: SystemState;
  readonly users: ReadonlyMap<string, UsmUser>;
  readonly faults: SwitchFaults;
  readonly ports: readonly PortState[];
  mib(): Mib;
  /** Throws when there is no such port. */
  port(name: string): PortState;
  addPort(options: SwitchPortOptions): PortState;
  removePort(name: string): void;
  setUptime(ticks: number): void;
  /** Everything begins anew: sysUpTime, the engine's time, the counters; ports get their new ifIndex. */
  restart(options: RestartOptions): void;
}

/** Long, since its functions share what the switch is like now. */
export function createSwitchState(
  options: SwitchSimulatorOptions,
  changed: PortSurroundings['changed'],
): SwitchState {
  const { clock = systemClock, credentials } = options;
  const engine = createEngine(clock, options.boots ?? 1, options.engineId);
  const up = createUptime(clock, options.upTicks ?? 0);
  const system: SystemState = {
    descr: options.system?.descr ?? 'Huismeester simulated switch',
    objectId: parseOid(options.system?.objectId ?? '1.3.6.1.4.1.32473.1'),
    name: options.system?.name ?? 'switch',
    upTicks: up.ticks,
    tableLastChange: 0,
  };
  const upTicks = () => up.ticks(clock.monotonicMs());
  const around: PortSurroundings = { clock, upTicks, changed };
  const ports = options.ports.map((port, at) => createPort(port, at + 1, around));
  const users = new Map(
    (credentials.users ?? []).map((user) => [user.name, localizeUser(user, engine.id)] as const),
  );
  const faults = noFaults();
  const build = (): Mib => {
    const { omit, loopColumn: loop, stepBackColumn: stepBack } = faults;
    const objects = [
      ...systemObjects(system, ports),
      ...portObjects(ports, new Set(faults.repeatNames)),
      ...(users.size > 0 ? engineObjects(engine) : []),
    ];
    const left = new Set(omit);
    const present = objects.filter(({ name, table }) => !left.has(name) && !left.has(table ?? ''));
    return createMib(present, { loop, stepBack });
  };
  // Built anew when something that it is made of is another one than the last time.
  let shape: readonly unknown[] = [];
  let built: Mib | undefined;
  let generation = 0;
  const changeTable = () => {
    generation += 1;
    system.tableLastChange = upTicks();
  };
  const port = (name: string): PortState => {
    const found = ports.find((one) => one.name === name);
    if (!found) throw new Error(`the simulated switch has no port ${name}`);
    return found;
  };
  return {
    clock,
    engine,
    system,
    users,
    faults,
    ports,
    port,
    mib() {
      const { omit, repeatNames, loopColumn, stepBackColumn } = faults;
      const wanted = [generation, omit, repeatNames, loopColumn, stepBackColumn];
      if (built && wanted.every((part, at) => part === shape[at])) return built;
      shape = wanted;
      built = build();
      return built;
    },
    addPort(given) {
      const highest = Math.max(0, ...ports.map(({ index }) => index));
      const added = createPort(given, highest + 1, around);
      added.lastChange = upTicks();
      ports.push(added);
      changeTable();
      return added;
    },
    removePort(name) {
      ports.splice(ports.indexOf(port(name)), 1);
      changeTable();
    },
    setUptime: up.set,
    restart({ bootsUnchanged = false, renumber }) {
      if (!bootsUnchanged) engine.boots += 1;
      engine.setTime(0);
      up.set(0);
      for (const one of ports) {
        one.counters.reset();
        one.lastChange = 0;
        one.discontinuity = 0;
        const next = typeof renumber === 'function' ? renumber(one.name, one.index) : renumber?.get(one.name);
        one.index = next ?? one.index;
      }
      changeTable();
    },
  };
}

function createUptime(clock: Clock, first: number) {
  let zero = clock.monotonicMs() - first * 10;
  return {
    /** TimeTicks begin anew after 497 days. */
    ticks: (now: number) => Math.floor((now - zero) / 10) % 2 ** 32,
    set(ticks: number) {
      zero = clock.monotonicMs() - ticks * 10;
    },
  };
}
