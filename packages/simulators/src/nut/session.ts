import type { Device } from './device.ts';

export interface SimulatedUser {
  name: string;
  password: string;
  /** What the user may do; all of it if left out. */
  may?: ('SET' | 'FSD' | 'INSTCMD' | 'LOGIN')[];
}

/** One client's connection. */
export interface Session {
  readonly address: string;
  username?: string;
  password?: string;
  login?: Device;
}

/** What a request can see and change. */
export interface World {
  readonly devices: ReadonlyMap<string, Device>;
  readonly users: readonly SimulatedUser[];
  readonly sessions: ReadonlySet<Session>;
  /** Passes a SET on to the driver, which acts on it after the OK. */
  driverSets(device: Device, variable: string, value: string): void;
}

/** upsd's refusal of a request: `ERR` and this code. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The UPS of that name, even when its driver is gone. */
export function deviceOf(world: World, name: string): Device {
  const device = world.devices.get(name.toLowerCase());
  if (!device) throw new Refusal('UNKNOWN-UPS');
  return device;
}

/** The UPS of that name, if its data are fresh. */
export function freshDeviceOf(world: World, name: string): Device {
  const device = deviceOf(world, name);
  const trouble = device.trouble();
  if (trouble) throw new Refusal(trouble);
  return device;
}

/** A request that needs a user was made before USERNAME and PASSWORD. */
export function requireCredentials(session: Session): void {
  if (session.username === undefined) throw new Refusal('USERNAME-REQUIRED');
  if (session.password === undefined) throw new Refusal('PASSWORD-REQUIRED');
}

/** Only here a wrong password shows: PASSWORD itself is always answered OK. */
export function requireRight(
  { users }: World,
  session: Session,
  right: 'SET' | 'FSD' | 'INSTCMD' | 'LOGIN',
): void {
  const user = users.find(({ name, password }) => name === session.username && password === session.password);
  if (!user || (user.may && !user.may.includes(right))) throw new Refusal('ACCESS-DENIED');
}
