import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServiceName, serviceNames } from '@huismeester/contracts';
import { type Postgres, startChild, startPostgres, tempDir } from '@huismeester/testkit';
import { placesIn } from '../spaces/e2e/distributed.ts';
import { askLocally, type LocalApi } from '../spaces/e2e/local-api.ts';
import { mainOf } from '../spaces/e2e/program.ts';
import { type BrokerKind, type ChaosBroker, startBroker } from './broker.ts';
import { settingsOf, through } from './settings.ts';
import { type Supervised, supervised } from './supervisor.ts';
import { closeLinks, type Links, startLinks } from './wiring.ts';
import { type Size, startWorld, type World } from './world.ts';

/** A distributed space in which everything can be disturbed. */
export interface Space {
  readonly world: World;
  readonly links: Links;
  readonly postgres: Postgres;
  readonly broker: ChaosBroker;
  /** Where strangers find the broker. */
  readonly brokerUrl: string;
  /** The database of the services, and that of the witness, as nobody disturbs the way to them. */
  readonly databases: { readonly space: string; readonly witness: string };
  readonly services: Readonly<Record<ServiceName, Supervised>>;
  readonly witness: Supervised;
  /** The services and the witness. */
  readonly processes: readonly Supervised[];
  readonly apis: Readonly<Record<ServiceName, LocalApi>>;
  readonly dir: string;
  /** Makes the civil clock of every service wrong by so much, from now on. */
  setClock(offsetMs: number): Promise<void>;
  close(): Promise<void>;
}

const witnessMain = fileURLToPath(new URL('witness/main.ts', import.meta.url));

/** Puts up everything; the services and the witness are not started yet. */
export async function openSpace(size: Size, brokerKind: BrokerKind): Promise<Space> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return { ...(await build(size, brokerKind, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(
  size: Size,
  brokerKind: BrokerKind,
  closers: (() => Promise<unknown>)[],
): Promise<Omit<Space, 'close'>> {
  const opened = <T>(thing: T, close: () => Promise<unknown>): T => {
    closers.push(close);
    return thing;
  };
  const { path: dir, remove } = await tempDir('chaos');
  closers.push(remove);
  const world = await startWorld(size);
  closers.push(world.close);
  const postgres = await startPostgres({ fsync: true });
  closers.push(postgres.close);
  const broker = await startBroker(brokerKind);
  closers.push(broker.close);
  const databases = { space: await postgres.createDatabase(), witness: await postgres.createDatabase() };
  const places = await placesIn(dir);
  const links = await startLinks({
    ...{ postgres: Number(new URL(postgres.url).port), upsd: world.nut.port, proxmox: world.proxmox.port },
    ...{ broker: broker.portFor, service: (name: ServiceName) => places[name].port },
  });
  closers.push(() => closeLinks(links));
  const clockFile = join(dir, 'clock-offset');
  const setClock = (offsetMs: number) => writeFile(clockFile, `${offsetMs}\n`);
  await setClock(0);

  const supervise = async (name: ServiceName): Promise<[ServiceName, Supervised]> => {
    const file = join(dir, `${name}.yaml`);
    const parts = { world, links, places, database: databases.space, clockFile };
    await writeFile(file, settingsOf(name, parts));
    const args = [mainOf(name), '--config', file];
    const process_ = supervised(name, () => startChild({ name, command: process.execPath, args }));
    return [name, opened(process_, process_.kill)];
  };
  const orders = JSON.stringify({
    database: through(databases.witness, links['database of witness']),
    sources: Object.fromEntries(
      serviceNames.map((name) => [
        name,
        { url: `http://127.0.0.1:${links[`log of ${name}`].port}`, secret: places.policy.secret },
      ]),
    ),
  });
  const witness = supervised('witness', () =>
    startChild({ name: 'witness', command: process.execPath, args: [witnessMain, orders] }),
  );
  closers.push(witness.kill);
  const apis = Object.fromEntries(
    serviceNames.map((name) => {
      const api = askLocally(places[name].socket);
      return [name, opened(api, api.close)];
    }),
  ) as Record<ServiceName, LocalApi>;
  const services = Object.fromEntries(await Promise.all(serviceNames.map(supervise))) as Space['services'];
  return {
    ...{ world, links, postgres, broker, databases, services, witness, apis, dir, setClock },
    brokerUrl: `mqtt://127.0.0.1:${broker.portFor(0)}`,
    processes: [...Object.values(services), witness],
  };
}
