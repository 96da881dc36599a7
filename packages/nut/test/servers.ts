import { startNutSimulator } from '@huismeester/simulators';
import { skipWithout, startUpsd, waitFor } from '@huismeester/testkit';
import { createNutClient, type NutClient, type NutClientOptions } from '../src/index.ts';

/** What the real upsd and the simulator have in common, so that one suite shows that they agree. */
export interface Server {
  readonly host: string;
  readonly port: number;
  fsd(ups: string): Promise<void>;
  stopDriver(ups: string): Promise<void>;
  startDriver(ups: string): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Ups {
  name: string;
  description?: string;
  vars: Record<string, string>;
}

interface User {
  name: string;
  password: string;
}

async function startReal(ups: Ups[], user: User): Promise<Server> {
  return await startUpsd({ ups, users: [{ ...user, upsmon: 'primary' }] });
}

async function startSimulated(upses: Ups[], user: User): Promise<Server> {
  const simulator = await startNutSimulator({ upses, users: [user] });
  const { host, port, stop, start, close } = simulator;
  return {
    host,
    port,
    stop,
    start,
    close,
    async fsd(ups) {
      simulator.fsd(ups, true);
    },
    async stopDriver(ups) {
      simulator.driverGone(ups, true);
    },
    async startDriver(ups) {
      simulator.driverGone(ups, false);
    },
  };
}

export const servers = [
  {
    name: 'the real upsd',
    skip: skipWithout('upsd', 'dummy-ups'),
    start: startReal,
  },
  { name: 'the simulator', skip: false, start: startSimulated },
];

/** Runs the work with a client and closes it, whatever happens. */
export async function withClient<T>(
  options: NutClientOptions,
  work: (client: NutClient) => Promise<T>,
): Promise<T> {
  const client = createNutClient(options);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** Waits until the request fails with this code. */
export async function untilFails(request: () => Promise<unknown>, code: string): Promise<void> {
  await waitFor(`the request fails with ${code}`, () =>
    request().then(
      () => false,
      (error: unknown) => error instanceof Error && 'code' in error && error.code === code,
    ),
  );
}
