import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { daemonPath } from './available.ts';
import { type Child, startChild } from './process.ts';
import { askUpsd } from './upsd-line.ts';
import type { UpsdUps } from './upsd-parts.ts';
import { waitFor } from './wait-for.ts';

/** The processes of one upsd: itself and a driver for each UPS. */
export class UpsdDaemons {
  readonly #dir: string;
  readonly #port: number;
  readonly #drivers = new Map<string, Child>();
  #server: Child | undefined;

  constructor(dir: string, port: number) {
    this.#dir = dir;
    this.#port = port;
  }

  driver(ups: string): Child {
    const driver = this.#drivers.get(ups);
    if (!driver) {
      throw new Error(`no driver of ${ups} runs; there are: ${this.driven().join(', ') || 'none'}`);
    }
    return driver;
  }

  /** The UPSes whose driver runs. */
  driven(): string[] {
    return [...this.#drivers.keys()];
  }

  async startDriver(ups: string): Promise<void> {
    const driver = await this.#start('dummy-ups', ['-a', ups]);
    this.#drivers.set(ups, driver);
    await driver.ready('its socket exists', () => existsSync(join(this.#dir, `dummy-ups-${ups}`)));
  }

  async stopDriver(ups: string): Promise<void> {
    const driver = this.driver(ups);
    this.#drivers.delete(ups);
    await driver.stop();
  }

  async startServer(): Promise<void> {
    const server = await this.#start('upsd', []);
    this.#server = server;
    await server.ready('it answers VER', async () => (await askUpsd(this.#port, 'VER')).includes('upsd'));
  }

  async stopServer(): Promise<void> {
    await this.#server?.stop();
  }

  async stopAll(): Promise<void> {
    await this.#server?.stop();
    await Promise.all([...this.#drivers.values()].map((driver) => driver.stop()));
  }

  /** Waits until upsd has all of the driver's data: at first it has a few variables and the status WAIT. */
  async serves(name: string, ups: UpsdUps | undefined): Promise<void> {
    const vars = ups && 'vars' in ups ? ups.vars : {};
    const waits = vars['ups.status'] === 'WAIT';
    await waitFor(`upsd serves ${name}`, async () => {
      const list = await askUpsd(this.#port, `LIST VAR ${name}`);
      const complete = Object.keys(vars).every((variable) => list.includes(`VAR ${name} ${variable} `));
      return list.includes('END LIST') && complete && (waits || !list.includes('ups.status "WAIT"'));
    });
  }

  #start(daemon: 'upsd' | 'dummy-ups', args: string[]): Promise<Child> {
    const env = { NUT_CONFPATH: this.#dir, NUT_STATEPATH: this.#dir, NUT_ALTPIDPATH: this.#dir };
    return startChild({
      name: [daemon, ...args].join(' '),
      command: daemonPath(daemon),
      env,
      args: [...args, '-u', 'root', '-F'],
    });
  }
}
