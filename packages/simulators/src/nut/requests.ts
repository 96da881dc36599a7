import { answerGet, answerList } from './queries.ts';
import {
  deviceOf,
  freshDeviceOf,
  Refusal,
  requireCredentials,
  requireRight,
  type Session,
  type World,
} from './session.ts';

const version = 'Network UPS Tools upsd 2.8.0 - a simulator, not the real one';

type Handler = (world: World, session: Session, words: string[]) => string[];

/** What upsd 2.8 answers to a request, line by line, and what it remembers of it. */
const handlers: Record<string, Handler> = {
  VER: () => [version],
  NETVER: () => ['1.3'],
  PROTVER: () => ['1.3'],
  HELP: () => ['Commands: HELP VER GET LIST SET INSTCMD LOGIN LOGOUT USERNAME PASSWORD STARTTLS'],
  STARTTLS: () => ['ERR FEATURE-NOT-CONFIGURED'],
  LOGOUT: () => ['OK Goodbye'],
  GET: (world, _session, words) => answerGet(world, words),
  LIST: (world, _session, words) => answerList(world, words),
  USERNAME(_world, session, [name]) {
    if (name === undefined) throw new Refusal('INVALID-ARGUMENT');
    if (session.username !== undefined) throw new Refusal('ALREADY-SET-USERNAME');
    session.username = name;
    return ['OK'];
  },
  PASSWORD(_world, session, [password]) {
    if (password === undefined) throw new Refusal('INVALID-ARGUMENT');
    if (session.password !== undefined) throw new Refusal('ALREADY-SET-PASSWORD');
    session.password = password;
    return ['OK'];
  },
  LOGIN(world, session, [name]) {
    requireCredentials(session);
    if (name === undefined) throw new Refusal('INVALID-ARGUMENT');
    if (session.login) throw new Refusal('ALREADY-LOGGED-IN');
    const device = deviceOf(world, name);
    requireRight(world, session, 'LOGIN');
    session.login = device;
    return ['OK'];
  },
  SET(world, session, [kind, name, variable, value]) {
    requireCredentials(session);
    if (
      kind?.toUpperCase() !== 'VAR' ||
      name === undefined ||
      variable === undefined ||
      value === undefined
    ) {
      throw new Refusal('INVALID-ARGUMENT');
    }
    const device = freshDeviceOf(world, name);
    requireRight(world, session, 'SET');
    if (device.get(variable) === undefined) throw new Refusal('VAR-NOT-SUPPORTED');
    if (!device.writable(variable)) throw new Refusal('READONLY');
    const choices = device.choices(variable);
    if (choices.length > 0 && !choices.includes(value)) throw new Refusal('INVALID-VALUE');
    world.driverSets(device, variable, value);
    return ['OK'];
  },
  INSTCMD(world, session, [name, command, parameter]) {
    requireCredentials(session);
    if (name === undefined || command === undefined) throw new Refusal('INVALID-ARGUMENT');
    const device = freshDeviceOf(world, name);
    requireRight(world, session, 'INSTCMD');
    const run = device.commands.get(command);
    if (!run) throw new Refusal('CMD-NOT-SUPPORTED');
    run(parameter);
    return ['OK'];
  },
  FSD(world, session, [name]) {
    requireCredentials(session);
    if (name === undefined) throw new Refusal('INVALID-ARGUMENT');
    const device = deviceOf(world, name);
    requireRight(world, session, 'FSD');
    device.forcedShutdown = true;
    return ['OK FSD-SET'];
  },
};

/** Answers one request. Commands are case-insensitive; words that are one too many are ignored, as upsd does. */
export function answer(world: World, session: Session, [command = '', ...words]: string[]): string[] {
  const name = command.toUpperCase();
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!handler) return ['ERR UNKNOWN-COMMAND'];
  try {
    return handler(world, session, words);
  } catch (error) {
    if (error instanceof Refusal) return [`ERR ${error.code}`];
    throw error;
  }
}
