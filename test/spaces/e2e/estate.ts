import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GuestState, type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { tempDir, waitFor } from '@huismeester/testkit';
import { classes } from './classes.ts';
import { deedsOf } from './deeds.ts';
import { estateSettings, type Lot } from './estate-settings.ts';
import { operateToken } from './guests.ts';
import { armAll, askLocally } from './local-api.ts';
import { followLogs } from './logs.ts';
import { type Place, type Plot, plotAt, plotId } from './plot.ts';
import type { Closers, Supply } from './power-supply.ts';
import { type Program, programOf } from './program.ts';
import type { Ground } from './row.ts';

/** Many plots side by side under one Huismeester: each has its own UPS, its own node of one cluster, and three guests. */
export interface Estate {
  readonly plots: readonly Plot[];
  readonly program: Program;
  /** All that was done on a plot, in order. */
  deedsOn(plot: Plot): Promise<string[]>;
  /** The kinds of the violations that are open about a plot. */
  violationsOn(plot: Plot): Promise<string[]>;
}

function placeOf(index: number): Place {
  const first = 1000 + 10 * index;
  const id = plotId(index);
  const mac = `02:00:5E:00:53:${index.toString(16).padStart(2, '0').toUpperCase()}`;
  return { id, mac, vmids: { participant: first, 'space-wide': first + 1, core: first + 2 } };
}

/** What an estate is built on. */
export interface Land {
  /** What serves the UPSes of each plot. */
  readonly supplies: readonly Supply[];
  /** The URL of an empty database. */
  readonly database: string;
  /** What is opened is added, also when it fails. */
  readonly closers: Closers;
}

/** Starts Huismeester over all plots, with every clause armed. */
export async function openEstate(grounds: readonly Ground[], land: Land): Promise<Estate> {
  const { supplies, database, closers } = land;
  const lots = grounds.map(
    (ground, index): Lot => ({ ground, place: placeOf(index), upses: supplies[index]?.upses ?? [] }),
  );
  const set: Supply['set'] = async (ups, variable, value) => {
    const supply = supplies.find(({ upses }) => upses.some(({ id }) => id === ups));
    if (!supply) throw new Error(`no plot has a UPS ${ups}`);
    await supply.set(ups, variable, value);
  };
  const proxmox = await startCluster(lots);
  closers.push(proxmox.close);
  const dir = await tempDir('estate');
  closers.push(dir.remove);
  const { packets, wakeAddress, close } = await hearPackets();
  closers.push(close);
  const settingsFile = join(dir.path, 'space.yaml');
  const socket = join(dir.path, 'hm.sock');
  const where = { database, socket, proxmox, wakeAddress };
  await writeFile(settingsFile, estateSettings(lots, where));
  const api = askLocally(socket);
  closers.push(api.close);
  const program = programOf(settingsFile, api);
  closers.push(program.end);
  await program.start();
  await armAll(api);
  const logs = followLogs(api);
  await waitFor(
    'every guest was looked into',
    async () => {
      const inspected = (await logs('vm-lifecycle')).filter(({ type }) => type === 'vm.inspected');
      return inspected.length >= lots.length * classes.length;
    },
    { timeoutMs: 100_000, everyMs: 200 },
  );
  return {
    plots: lots.map(({ place }) => plotAt(place, { api, logs, proxmox, packets, set })),
    program,
    async deedsOn({ id, vmids }) {
      const [vmLifecycle, policy] = await Promise.all([logs('vm-lifecycle'), logs('policy')]);
      const guests = new Map(classes.map((each) => [vmids[each], each]));
      return deedsOf({ node: id, guests, requests: proxmox.requests, vmLifecycle, policy });
    },
    async violationsOn({ id, second, vmids }) {
      const { results } = await api.get<{ results: { kind: string; about: string }[] }>('/api/v1/violations');
      const about = [id, second].map((ups) => `ups/${ups}`);
      about.push(...classes.map((each) => `vm/${vmids[each]}`));
      return results.filter((each) => about.includes(each.about)).map(({ kind }) => kind);
    },
  };
}

const pools = { participant: 'deelnemers', 'space-wide': 'spacewide', core: 'core' } as const;

async function startCluster(lots: readonly Lot[]): Promise<ProxmoxSimulator> {
  return await startProxmoxSimulator({
    state: {
      cluster: 'estate',
      quorate: true,
      nodes: lots.map(({ place }) => ({ name: place.id, online: true })),
      guests: lots.flatMap(guestsOf),
      pools: Object.values(pools).map((id) => ({ id })),
      tokens: [
        {
          ...operateToken,
          privileges: [
            { path: '/', privs: ['VM.Audit', 'VM.PowerMgmt', 'Sys.Audit', 'Sys.PowerMgmt', 'Pool.Audit'] },
          ],
        },
      ],
    },
    durations: { resourcesDelay: 0, unauthorizedDelay: 0, nodeHalt: 0.5 },
  });
}

function guestsOf({ ground, place }: Lot): GuestState[] {
  return classes.map((each) => ({
    vmid: place.vmids[each],
    name: `${each}-${place.id}`,
    node: place.id,
    pool: pools[each],
    type: 'qemu',
    status: 'running',
    agent: true,
    shutdownSeconds: 0.4,
    startSeconds: 0.2,
    ...ground.guests?.[each],
  }));
}

/** The network cards of all nodes: what they hear, in hex. */
async function hearPackets() {
  const packets: string[] = [];
  const card = createSocket('udp4').bind(0, '127.0.0.1');
  card.on('message', (packet) => packets.push(packet.toString('hex')));
  await once(card, 'listening');
  const close = async (): Promise<void> => {
    card.close();
    await once(card, 'close');
  };
  return { packets, wakeAddress: `127.0.0.1:${card.address().port}`, close };
}
