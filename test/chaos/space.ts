import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServiceName, serviceNames } from '@huismeester/contracts';
import { type Postgres, startChild, startPostgres, tempDir } from '@huismeester/testkit';
import { placesIn } from '../spaces/e2e/distributed.ts';
import { askLocally, type LocalApi } from '../spaces/e2e/local-api.ts';
import { mainOf, standaloneMain } from '../spaces/e2e/program.ts';
import { type BrokerKind, type ChaosBroker, layoutOf, startBroker } from './broker.ts';
import { type Layout, type ProgramName, programOf } from './layout.ts';
import { settingsOf, through } from './settings.ts';
import { type Supervised, supervised } from './supervisor.ts';
import { closeLinks, type Links, linkTo, startLinks } from './wiring.ts';
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
  readonly layout: Layout;
  /** The processes of Huismeester. */
  readonly programs: readonly Supervised[];
  readonly witness: Supervised;
  /** The programs and the witness. */
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
  const layout = layoutOf(brokerKind);
  const places = await placesOf(layout, dir);
  const links = await startLinks(layout, {
    postgres: Number(new URL(postgres.url).port),
    upsd: world.nut.port,
    proxmox: world.proxmox.port,
    broker: broker.portFor,
    program: (name) => places[name === 'huismeester' ? serviceNames[0] : name].port,
  });
  closers.push(() => closeLinks(links));
  const clockFile = join(dir, 'clock-offset');
  const setClock = (offsetMs: number) => writeFile(clockFile, `${offsetMs}\n`);
  await setClock(0);

  const supervise = async (name: ProgramName): Promise<Supervised> => {
    const file = join(dir, `${name}.yaml`);
    const parts = { world, layout, links, places, clockFile, brokerPort: broker.portFor(0) };
    await writeFile(file, settingsOf(name, { ...parts, database: databases.space }));
    const args = [name === 'huismeester' ? standaloneMain : mainOf(name), '--config', file];
    const program = supervised(name, () => startChild({ name, command: process.execPath, args }));
    return opened(program, program.kill);
  };
  const orders = JSON.stringify({
    database: through(databases.witness, linkTo(links, 'database of witness')),
    sources: Object.fromEntries(
      serviceNames.map((name) => [
        name,
        {
          url: `http://127.0.0.1:${linkTo(links, `log of ${programOf(layout, name)}`).port}`,
          secret: places.policy.secret,
        },
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
  const programs = await Promise.all(layout.programs.map(supervise));
  return {
    world,
    layout,
    links,
    postgres,
    broker,
    databases,
    programs,
    witness,
    apis,
    dir,
    setClock,
    brokerUrl: `mqtt://127.0.0.1:${broker.portFor(0)}`,
    processes: [...programs, witness],
  };
}

/** Where each service answers: of one process all at the same place. */
async function placesOf({ programs }: Layout, dir: string): Promise<Awaited<ReturnType<typeof placesIn>>> {
  const places = await placesIn(dir);
  if (programs.length > 1) return places;
  const { url, port, socket } = places[serviceNames[0]];
  const all = serviceNames.map((name) => [name, { ...places[name], url, port, socket }]);
  return Object.fromEntries(all) as typeof places;
}
