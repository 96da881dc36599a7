import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProxmoxSimulator } from '@huismeester/simulators';
import { tempDirWithDatabase, type Upsd, waitFor } from '@huismeester/testkit';
import { distributedOf, placesIn, servicesYaml } from './distributed.ts';
import { startNetwork } from './house-network.ts';
import { brokerOf, databaseOf, type SetBroker, startCluster, startRack } from './house-parts.ts';
import { houseSettings } from './house-settings.ts';
import type { House, HouseOptions, Mains } from './house-types.ts';
import { inThisProcess } from './in-this-process.ts';
import { armAll, askLocally, type LocalApi } from './local-api.ts';
import type { Closers } from './power-supply.ts';
import { type Program, programOf } from './program.ts';

/** Short holds, so that a whole story takes seconds; the charge alone decides the later stages. */
const quickPower =
  '{ onBatteryHold: 200ms, participant: { after: 1s }, space-wide: { runtimeBelow: 0s, chargeBelow: 35 }, ' +
  'core: { runtimeBelow: 0s, chargeBelow: 20 }, restoreHold: 1s, restoreChargeAbove: 40, restoreStep: 20s, ' +
  'expectedShutdown: 1s, reserve: 0s }';

/** Builds a house and starts Huismeester in it, with every clause armed. */
export async function startHouse(options: HouseOptions): Promise<House> {
  const dir = await tempDirWithDatabase('house');
  const closers: Closers = [() => dir.remove()];
  const parts = [
    startRack(closers),
    startCluster(closers),
    brokerOf(options, closers),
    databaseOf(options, dir.path, closers),
  ] as const;
  // All of them, so that whatever one has opened is known when another fails.
  await Promise.allSettled(parts);
  try {
    const [upsd, proxmox, broker, database] = await Promise.all(parts);
    const mains = { on: true };
    const network = options.network ? await startNetwork({ mains, proxmox }, closers) : undefined;
    const yaml = network?.yaml ?? '';
    return await moveIn({
      dir: dir.path,
      upsd,
      proxmox,
      broker,
      database,
      closers,
      options,
      mains,
      network: yaml,
    });
  } catch (error) {
    for (const closer of closers.reverse()) await closer();
    throw error;
  }
}

/** Starts Huismeester in what is there. When it cannot start, whoever called closes what was opened. */
async function moveIn(parts: {
  readonly dir: string;
  readonly upsd: Upsd;
  readonly proxmox: ProxmoxSimulator;
  readonly broker: SetBroker;
  readonly database: string;
  readonly mains: Mains;
  /** A part of the settings. */
  readonly network: string;
  readonly options: HouseOptions;
  readonly closers: Closers;
}): Promise<House> {
  const { dir, upsd, proxmox, broker, database, options, closers, mains, network } = parts;
  const { power = quickPower, distributed = false } = options;
  const settingsFile = join(dir, 'space.yaml');
  const { http, services, program, each, api } = await (distributed
    ? threeProcesses(dir, settingsFile)
    : oneProcess(dir, settingsFile, options));
  closers.push(api.close, program.end);
  await writeFile(
    settingsFile,
    houseSettings({ http, services, broker: broker.yaml, database, upsd, proxmox, power, network }),
  );
  await program.start();
  await armAll(api);
  await waitFor(
    'all VMs are known',
    async () => (await api.get<{ count: number }>('/api/v1/vms')).count === 8,
  );
  return {
    upsd,
    proxmox,
    mains,
    mqttUrl: broker.url,
    root: 'space',
    settingsFile,
    programs: [program, ...each],
    output: program.output,
    get: api.get,
    text: api.text,
    status: api.status,
    put: api.put,
    async close() {
      for (const closer of closers.reverse()) await closer();
    },
  };
}

/** How Huismeester runs: the program, what it answers, and what its settings say of that. */
interface Running {
  readonly program: Program;
  readonly each: readonly Program[];
  readonly api: LocalApi;
  readonly http: string;
  readonly services: string;
}

async function oneProcess(dir: string, settingsFile: string, options: HouseOptions): Promise<Running> {
  const socket = join(dir, 'hm.sock');
  const api = askLocally(socket);
  return {
    program: (options.inThisProcess ? inThisProcess : programOf)(settingsFile, api),
    each: [],
    api,
    http: `{ port: 0, socket: ${socket} }`,
    services: '{}',
  };
}

async function threeProcesses(dir: string, settingsFile: string): Promise<Running> {
  const places = await placesIn(dir);
  const program = distributedOf(settingsFile, places);
  const each = Object.values(program.programs);
  return { program, each, api: program.api, http: '{}', services: servicesYaml(places) };
}
