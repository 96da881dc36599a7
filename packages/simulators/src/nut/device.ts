export interface SimulatedDevice {
  name: string;
  description?: string;
  /** All but `driver.*` can be SET. */
  vars: Record<string, string>;
  /** The values that a variable may have: LIST ENUM, and INVALID-VALUE for another. */
  enums?: Record<string, string[]>;
  /** Instant commands, by name; `load.off`, which does nothing, if left out. */
  commands?: Record<string, (parameter: string | undefined) => void>;
}

/** What upsd knows of one UPS. Names of variables are case-insensitive. */
export class Device {
  readonly name: string;
  readonly description: string;
  readonly commands: ReadonlyMap<string, (parameter: string | undefined) => void>;
  readonly #vars = new Map<string, string>();
  readonly #enums: ReadonlyMap<string, string[]>;
  readonly #glimpses = new Map<string, { value: string; seen: () => void }[]>();
  /** Who else has logged in, besides the sessions that there are. */
  clients: readonly string[] = [];
  stale: boolean = false;
  driverGone: boolean = false;
  forcedShutdown: boolean = false;

  constructor({ name, description, vars, enums = {}, commands }: SimulatedDevice) {
    this.name = name;
    this.description = description ?? 'Description unavailable';
    this.commands = new Map(Object.entries(commands ?? { 'load.off': () => undefined }));
    this.#enums = new Map(Object.entries(enums));
    for (const [variable, value] of Object.entries(vars)) this.set(variable, value);
  }

  /** The value that the next GET is answered with: a glimpse that is due, and uses that up, or else the value. */
  answer(variable: string): string | undefined {
    const glimpse = this.#glimpses.get(variable.toLowerCase())?.shift();
    if (!glimpse) return this.get(variable);
    glimpse.seen();
    return glimpse.value;
  }

  /** The next GET of the variable is told this value; resolves when that has happened. */
  glimpse(variable: string, value: string): Promise<void> {
    return new Promise((seen) => {
      const key = variable.toLowerCase();
      this.#glimpses.set(key, [...(this.#glimpses.get(key) ?? []), { value, seen }]);
    });
  }

  /** The value as upsd tells it: FSD stands before the driver's own status. */
  get(variable: string): string | undefined {
    const key = variable.toLowerCase();
    const value = this.#vars.get(key);
    return key === 'ups.status' && value !== undefined && this.forcedShutdown ? `FSD ${value}` : value;
  }

  set(variable: string, value: string): void {
    this.#vars.set(variable.toLowerCase(), value);
  }

  remove(variable: string): void {
    this.#vars.delete(variable.toLowerCase());
  }

  /** The names, sorted as upsd does. */
  variables(): string[] {
    return [...this.#vars.keys()].sort((a, b) => (a < b ? -1 : 1));
  }

  writable(variable: string): boolean {
    return !variable.toLowerCase().startsWith('driver.');
  }

  choices(variable: string): string[] {
    return this.#enums.get(variable.toLowerCase()) ?? [];
  }

  /** Why its data cannot be asked for now. */
  trouble(): 'DRIVER-NOT-CONNECTED' | 'DATA-STALE' | undefined {
    if (this.driverGone) return 'DRIVER-NOT-CONNECTED';
    return this.stale ? 'DATA-STALE' : undefined;
  }
}
