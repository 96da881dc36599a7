import { waitFor } from '@huismeester/testkit';
import { running } from './guests.ts';
import type { House } from './house-types.ts';

const patient = { timeoutMs: 30_000 };

/** The status of each guest at the simulated Proxmox itself. */
function off(house: House, vmids: readonly number[]): boolean {
  return vmids.every((vmid) => house.proxmox.guest(vmid).status === 'stopped');
}

function on(house: House, vmids: readonly number[]): boolean {
  return vmids.every((vmid) => house.proxmox.guest(vmid).status === 'running');
}

/** The steps of one whole power cut and return; each ends when Proxmox itself shows it. */
export const steps = [
  {
    name: 'mains fails: participants go off',
    act: async (house: House) => {
      house.mains.on = false;
      await house.upsd.set('rack', 'ups.status', 'OB DISCHRG');
    },
    done: (house: House) => off(house, running.participant),
  },
  {
    name: 'the battery runs down: space-wide goes off',
    act: async (house: House) => house.upsd.set('rack', 'battery.charge', '30'),
    done: (house: House) => off(house, running['space-wide']),
  },
  {
    name: 'the battery is nearly empty: core goes off',
    act: async (house: House) => house.upsd.set('rack', 'battery.charge', '15'),
    done: (house: House) => off(house, running.core),
  },
  {
    name: 'mains is back and the battery charges: all that ran runs again',
    act: async (house: House) => {
      house.mains.on = true;
      await house.upsd.set('rack', 'battery.charge', '60');
      await house.upsd.set('rack', 'ups.status', 'OL CHRG');
    },
    done: (house: House) => on(house, [...running.core, ...running['space-wide'], ...running.participant]),
  },
] as const;

export async function play(house: House, step: (typeof steps)[number]): Promise<void> {
  await step.act(house);
  await waitFor(step.name, () => step.done(house), patient);
}
