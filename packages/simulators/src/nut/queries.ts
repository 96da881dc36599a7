import type { Device } from './device.ts';
import { deviceOf, freshDeviceOf, Refusal, type World } from './session.ts';
import { quoted } from './words.ts';

/** GET: one line. */
export function answerGet(world: World, words: string[]): string[] {
  const [kind = '', name, subject] = words;
  if (name === undefined) throw new Refusal('INVALID-ARGUMENT');
  const about = () => {
    if (subject === undefined) throw new Refusal('INVALID-ARGUMENT');
    return { device: freshDeviceOf(world, name), subject };
  };
  switch (kind.toUpperCase()) {
    case 'VAR': {
      const { device, subject } = about();
      readVariable(device, subject);
      return [`VAR ${name} ${subject} ${quoted(device.answer(subject) ?? '')}`];
    }
    case 'TYPE': {
      const { device, subject } = about();
      return [`TYPE ${name} ${subject} ${typeOf(device, subject)}`];
    }
    case 'DESC':
      return [`DESC ${name} ${about().subject} ${quoted('Description unavailable')}`];
    case 'CMDDESC':
      return [`CMDDESC ${name} ${about().subject} ${quoted('Description unavailable')}`];
    case 'UPSDESC':
      return [`UPSDESC ${name} ${quoted(deviceOf(world, name).description)}`];
    case 'NUMLOGINS':
      return [`NUMLOGINS ${name} ${loggedIn(world, freshDeviceOf(world, name)).length}`];
    default:
      throw new Refusal('INVALID-ARGUMENT');
  }
}

/** LIST: the rows between BEGIN and END. */
export function answerList(world: World, words: string[]): string[] {
  const [kind = '', name, subject] = words;
  const type = kind.toUpperCase();
  if (type === 'UPS') {
    const rows = [...world.devices.values()].map((ups) => `UPS ${ups.name} ${quoted(ups.description)}`);
    return framed('UPS', rows);
  }
  if (name === undefined) throw new Refusal('INVALID-ARGUMENT');
  if (type === 'CLIENT') {
    const addresses = loggedIn(world, deviceOf(world, name));
    return framed(
      `CLIENT ${name}`,
      addresses.map((address) => `CLIENT ${name} ${address}`),
    );
  }
  if (type === 'ENUM' || type === 'RANGE') return listChoices(world, type, name, subject);
  if (type !== 'VAR' && type !== 'RW' && type !== 'CMD') throw new Refusal('INVALID-ARGUMENT');
  const device = freshDeviceOf(world, name);
  if (type === 'CMD') {
    return framed(
      `CMD ${name}`,
      [...device.commands.keys()].map((command) => `CMD ${name} ${command}`),
    );
  }
  const variables = device.variables().filter((variable) => type === 'VAR' || device.writable(variable));
  return framed(
    `${type} ${name}`,
    variables.map((variable) => `${type} ${name} ${variable} ${quoted(readVariable(device, variable))}`),
  );
}

function listChoices(world: World, type: 'ENUM' | 'RANGE', name: string, subject: string | undefined) {
  if (subject === undefined) throw new Refusal('INVALID-ARGUMENT');
  const device = freshDeviceOf(world, name);
  readVariable(device, subject);
  const choices = type === 'ENUM' ? device.choices(subject) : [];
  return framed(
    `${type} ${name} ${subject}`,
    choices.map((choice) => `${type} ${name} ${subject} ${quoted(choice)}`),
  );
}

/** The addresses of those who said LOGIN, one for each time. */
function loggedIn(world: World, device: Device): string[] {
  const sessions = [...world.sessions].filter(({ login }) => login === device);
  return [...sessions.map(({ address }) => address), ...device.clients];
}

function readVariable(device: Device, variable: string): string {
  const value = device.get(variable);
  if (value === undefined) throw new Refusal('VAR-NOT-SUPPORTED');
  return value;
}

function typeOf(device: Device, variable: string): string {
  const value = readVariable(device, variable);
  const access = device.writable(variable) ? 'RW ' : '';
  if (device.choices(variable).length > 0) return `${access}ENUM`;
  return access + (/^-?\d+(\.\d+)?$/.test(value) ? 'NUMBER' : `STRING:${Math.max(32, value.length)}`);
}

function framed(what: string, rows: string[]): string[] {
  return [`BEGIN LIST ${what}`, ...rows, `END LIST ${what}`];
}
