import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProxmoxSimulator } from '@huismeester/simulators';
import { startPostgres } from '@huismeester/testkit';
import { programOf } from '../spaces/e2e/program.ts';
import { type InFlight, type Moment, type MomentName, momentNames, writeMoment } from './moment.ts';
import { dump } from './postgres.ts';
import { type Story, stories } from './story.ts';
import { openWorld, type World } from './world.ts';

/*
 * Makes the fixtures: `node test/upgrade/make.ts <checkout> [moment…]`. The checkout is that of the program whose databases
 * are wanted, with its packages installed; see README.md.
 */

/** Short holds, so that a story takes seconds; the charge alone brings the later stages. */
const power = {
  onBatteryHold: '1s',
  participant: { after: '2s' },
  'space-wide': { runtimeBelow: '0s', chargeBelow: 35 },
  core: { runtimeBelow: '0s', chargeBelow: 20 },
  restoreHold: '1s',
  restoreChargeAbove: 40,
  restoreStep: '20s',
  expectedShutdown: '1s',
  reserve: '0s',
};
const node = { poweredBy: ['rack'], ownShutdown: '0s' };

async function make(checkout: string, commit: string, name: MomentName): Promise<void> {
  const story = stories[name];
  const settings = { power: { ...power, ...story.power }, nodes: { pve1: node, pve2: node, ...story.nodes } };
  const postgres = await startPostgres({ fsync: false });
  try {
    const database = await postgres.createDatabase();
    const main = join(checkout, 'deploy/standalone/src/main.ts');
    const world = await openWorld((file, api) => programOf(file, api, { main }), database, settings);
    try {
      const moment = await play(world, story, { ...settings, commit });
      await writeMoment(name, moment, await dump(database));
    } finally {
      await world.close();
    }
  } finally {
    await postgres.close();
  }
}

async function play(
  world: World,
  story: Story,
  given: Pick<Moment, 'power' | 'nodes' | 'commit'>,
): Promise<Moment> {
  const { armed = ['SPACE-3', 'CORE-1'] } = story;
  const vars: Record<string, string> = {};
  const remembering: World = {
    ...world,
    ups: async (variable, value) => {
      vars[variable] = value;
      await world.ups(variable, value);
    },
  };
  for (const clause of armed) await world.arm(clause);
  await world.said('vm-lifecycle', `type = 'vm.inspected'`, 8);
  await world.said('ups-monitor', `type = 'ups.found'`);
  await story.play(remembering);
  await world.kill();
  const { proxmox } = world;
  const { guests, nodes } = proxmox.state;
  const { what } = story;
  return {
    what,
    ...given,
    at: Date.now() + world.aheadMs(),
    armed,
    ups: vars,
    guests: Object.fromEntries(guests.map(({ vmid, status }) => [vmid, status])),
    failing: Object.fromEntries(
      guests.flatMap(({ vmid, failsToStart }) => (failsToStart === undefined ? [] : [[vmid, failsToStart]])),
    ),
    online: nodes.filter(({ online }) => online).map(({ name }) => name),
    inFlight: runningTasks(proxmox),
  };
}

function runningTasks(proxmox: ProxmoxSimulator): InFlight[] {
  return proxmox
    .tasks()
    .filter(({ endtime }) => endtime === undefined)
    .map(({ id, node: where, type, upid }) => ({
      vmid: Number(id),
      node: where,
      type: type.startsWith('vz') ? ('lxc' as const) : ('qemu' as const),
      act: type.endsWith('shutdown') ? ('shutdown' as const) : ('start' as const),
      upid,
    }));
}

const [checkout, ...named] = process.argv.slice(2);
if (checkout === undefined) throw new TypeError('the checkout must be named, see test/upgrade/README.md');
const { stdout } = await promisify(execFile)('git', ['-C', checkout, 'rev-parse', '--short', 'HEAD']);
for (const name of momentNames) {
  if (named.length > 0 && !named.includes(name)) continue;
  await make(checkout, stdout.trim(), name);
  process.stdout.write(`${name}\n`);
}
