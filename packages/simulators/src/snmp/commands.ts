import { noFaults, type SwitchFaults } from './faults.ts';
import type { SwitchSimulator } from './simulator.ts';
import type { TrapKind } from './traps.ts';

/** A command is a JSON object: `switch`, its place from 0 or `all`, and what to do with it, such as `"unplug":"gi1/0/3"`. */
type Fields = Record<string, unknown>;
type Act = (target: SwitchSimulator, argument: unknown) => Promise<unknown> | undefined;

const traps: readonly TrapKind[] = ['linkDown', 'linkUp', 'coldStart', 'warmStart', 'authenticationFailure'];

const acts: Record<string, Act> = {
  unplug: now((target, name) => target.portOf(text(name)).unplug()),
  plug: now((target, name) => target.portOf(text(name)).plug()),
  silent: now((target, silent) => setFaults(target, { silent })),
  delayMs: now((target, delayMs) => setFaults(target, { delayMs })),
  faults: now((target, argument) => setFaults(target, fields(argument))),
  uptime: now((target, ticks) => target.setUptime(number(ticks))),
  oper: now((target, argument) => {
    const { port, value } = fields(argument);
    target.portOf(text(port)).setOper(value === 'auto' ? value : number(value));
  }),
  admin: now((target, argument) => {
    const { port, value } = fields(argument);
    target.portOf(text(port)).setAdmin(oneOf(value, ['up', 'down']));
  }),
  traffic: now((target, argument) => {
    const { port, in: inBitsPerSecond, out } = fields(argument);
    target
      .portOf(text(port))
      .setTraffic({ inBitsPerSecond: number(inBitsPerSecond), outBitsPerSecond: number(out) });
  }),
  trap: now((target, argument) => {
    const { kind, port } = fields(argument);
    target.trap(oneOf(kind, traps), port === undefined ? undefined : text(port));
  }),
  storm(target, argument) {
    const { perSecond, seconds } = fields(argument);
    return target.storm(number(perSecond), number(seconds));
  },
  flap(target, argument) {
    const { port, everyMs, times } = fields(argument);
    return target.flap(text(port), { everyMs: number(everyMs), times: number(times) });
  },
  restart(target, argument) {
    const { downMs = 0, bootsUnchanged = false, renumber = {} } = argument === true ? {} : fields(argument);
    const indexes = Object.entries(fields(renumber)).map(([name, index]) => [name, number(index)] as const);
    return target.restart({
      downMs: number(downMs),
      bootsUnchanged: bootsUnchanged === true,
      renumber: new Map(indexes),
    });
  },
};

/**
 * Does what the command asks for. `done` resolves when what takes its time has ended, with how many traps a storm sent; it is not
 * there for what is done at once. Throws for what is no command; several in one object are done in their order.
 */
export function runCommand(
  switches: readonly SwitchSimulator[],
  command: unknown,
): { done?: Promise<unknown> } {
  const { switch: place, ...rest } = fields(command);
  const targets = place === 'all' ? switches : [switches[number(place)]];
  const steps = Object.entries(rest).map(([name, argument]) => {
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
    if (!act) throw new Error(`there is no ${name}; there are ${Object.keys(acts).join(', ')}`);
    return { act, argument };
  });
  if (steps.length === 0) throw new Error('the command says nothing to do');
  const works = targets.flatMap((target) => {
    if (!target) throw new Error(`there are switches 0 to ${switches.length - 1}`);
    return steps.flatMap(({ act, argument }) => act(target, argument) ?? []);
  });
  return works.length > 0 ? { done: Promise.all(works) } : {};
}

function now(act: (target: SwitchSimulator, argument: unknown) => void): Act {
  return (target, argument) => {
    act(target, argument);
    return undefined;
  };
}

/** JSON has no undefined: null takes a fault away. */
function setFaults(target: SwitchSimulator, given: Fields): void {
  const known: Fields = { ...noFaults() };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(known, name) || name === 'malformed') throw new Error(`there is no fault ${name}`);
    Object.assign(target.faults, { [name]: value ?? known[name] } satisfies Partial<SwitchFaults>);
  }
}

function fields(value: unknown): Fields {
  if (typeof value === 'object' && value !== null) return value as Fields;
  throw new Error(`an object was expected, found ${JSON.stringify(value)}`);
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error(`a text was expected, found ${JSON.stringify(value)}`);
}

function number(value: unknown): number {
  if (typeof value === 'number' && value >= 0) return value;
  throw new Error(`a number was expected, found ${JSON.stringify(value)}`);
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found) return found;
  throw new Error(`one of ${allowed.join(', ')} was expected, found ${JSON.stringify(value)}`);
}
