import type { Moment, MomentName } from './moment.ts';
import { running } from './space.ts';
import type { World } from './world.ts';

/** How a moment is reached, with what its settings have beside the common ones. */
export interface Story {
  readonly what: string;
  readonly power?: Moment['power'];
  readonly nodes?: Moment['nodes'];
  readonly armed?: readonly string[];
  readonly play: (world: World) => Promise<void>;
}

const { core, participant } = running;
const spaceWide = running['space-wide'];
const everyone = [...core, ...spaceWide, ...participant];
/** Longer than any of this lasts. */
const forEver = 100_000;

async function cut(world: World): Promise<void> {
  await world.ups('ups.status', 'OB DISCHRG');
}

async function allDown(world: World): Promise<void> {
  await cut(world);
  await world.off(participant);
  await world.ups('battery.charge', '30');
  await world.off(spaceWide);
  await world.ups('battery.charge', '15');
  await world.off(core);
}

async function back(world: World): Promise<void> {
  await world.ups('battery.charge', '60');
  await world.ups('ups.status', 'OL CHRG');
}

/** Proxmox says this of each start that fails. */
const startFails = 'storage is not there';

export const stories: { readonly [name in MomentName]: Story } = {
  hold: {
    what: 'on battery, and the hold is waited for: nothing is decided yet',
    power: { onBatteryHold: '45s', participant: { after: '46s' } },
    play: async (world) => {
      await cut(world);
      await world.said('policy', `type = 'outage.stage-entered' and data->>'stage' = 'hold'`);
    },
  },
  'shutting-down': {
    what: 'participants go off: 120 and 121 are shutting down, their tasks run; 122 is off',
    play: async (world) => {
      for (const vmid of [120, 121]) world.proxmox.guest(vmid).shutdownSeconds = forEver;
      await cut(world);
      await world.off([122]);
      await world.said('vm-lifecycle', `type = 'vm.power-accepted'`, 3);
    },
  },
  'all-down': { what: 'every guest is off, still on battery', play: allDown },
  recovering: {
    what: 'every guest is off, mains is back and not trusted yet',
    power: { restoreHold: '15s' },
    play: async (world) => {
      await allDown(world);
      await back(world);
      await world.said('policy', `type = 'outage.stage-entered' and data->>'stage' = 'recovering'`);
    },
  },
  'half-restored': {
    what: 'mains is trusted; core runs again, 110 and 111 are starting, their tasks run; participants wait for them',
    power: { restoreStep: '60s' },
    play: async (world) => {
      await allDown(world);
      for (const vmid of spaceWide) world.proxmox.guest(vmid).startSeconds = forEver;
      await back(world);
      await world.on(core);
      await world.said('vm-lifecycle', `type = 'vm.power-accepted' and data->>'act' = 'start'`, 4);
    },
  },
  held: {
    what: 'SPACE-3 alone is armed. 121 was held before the cut and runs; 120 was shed, and held after it; core should be off, in dry-run',
    armed: ['SPACE-3'],
    play: async (world) => {
      await world.hold('121', '6h', 'a new disk');
      await cut(world);
      await world.off([120, 122]);
      await world.hold('120', '6h', 'who shut this down?');
      await world.ups('battery.charge', '15');
      await world.off(spaceWide);
      await world.said('policy', `data->>'vm' = '102' and data->>'mode' = 'dry-run'`);
    },
  },
  'given-up': {
    what: 'all runs again but for 120, which four decisions to start it could not start: given up, a violation is open',
    play: async (world) => {
      await allDown(world);
      world.proxmox.guest(120).failsToStart = startFails;
      await back(world);
      await world.on(everyone.filter((vmid) => vmid !== 120));
      // Policy waits 1, 5 and 15 minutes after the starts that were given up.
      for (const [times, pauseS] of [70, 310, 910].entries()) {
        await world.said('vm-lifecycle', `type = 'vm.power-failed' and data->>'retry' = 'false'`, times + 1);
        await world.later(pauseS * 1000);
      }
      await world.said('policy', `type = 'violation.opened'`);
    },
  },
  'nodes-off': {
    what: 'every guest is off, and so is pve2, which settings leave to Huismeester; mains is still away',
    nodes: {
      pve2: {
        poweredBy: ['rack'],
        ownShutdown: '0s',
        nodeShutdown: 'huismeester',
        wake: 'wol',
        mac: '02:00:00:00:00:02',
        wakeAddress: '127.0.0.1:9',
      },
    },
    play: async (world) => {
      await allDown(world);
      await world.nodeOff('pve2');
      await world.said('vm-lifecycle', `type = 'node.offline'`);
    },
  },
};
