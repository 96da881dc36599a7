import type { GuestState } from '@huismeester/simulators';
import { expect } from 'vitest';
import { intentOf } from '../../src/core/creating/intent.ts';
import { killAt } from '../moments.ts';
import { openDriven } from './driven.ts';
import { startCluster, template } from './making-site.ts';

/** In the range of vmids, and in no pool that anybody named to us. */
const stranger: GuestState = {
  vmid: 901,
  type: 'qemu',
  name: 'notulen',
  node: 'pve1',
  status: 'running',
  pool: 'bestuur',
};

/** What makes VMs, on a cluster that is quick and has a guest of others in our range. */
export async function openKilled() {
  const durations = { resourcesDelay: 0 };
  const simulator = await startCluster({ speed: 2_000, durations, guests: [stranger] });
  simulator.guest(template.vmid).agentSeconds = 0;
  const driven = await openDriven(simulator);
  return {
    simulator,
    driven,
    async close() {
      await driven.close();
      await simulator.close();
    },
  };
}

/**
 * Wherever the process ends, the next one goes on: one guest, which is its owner's, and nothing destroyed. Of all moments from the first one on
 * each `every`th; answers how many there are.
 */
export async function killedEverywhere(
  { simulator, driven }: Awaited<ReturnType<typeof openKilled>>,
  kind: string,
  { first = 1, every = 1 }: { readonly first?: number; readonly every?: number } = {},
): Promise<number> {
  const isOurs = ({ vmid }: GuestState) => vmid >= 900 && vmid < 2000 && vmid !== stranger.vmid;
  const intentIn = ({ config }: GuestState) => intentOf(String(config?.description ?? ''));
  const untouched = structuredClone(simulator.guest(stranger.vmid));
  for (let nth = first; ; nth += every) {
    const id = await driven.begin(`${kind}-${nth}`, kind);
    const killer = killAt(nth);
    await driven.run(id, killer);
    const done = await driven.run(id);
    const guests = simulator.state.guests.filter((guest) => intentIn(guest)?.creation === id);
    expect([nth, done.state.step, done.state.error, guests.length]).toEqual([nth, 'done', undefined, 1]);
    expect(guests[0]).toMatchObject({ vmid: done.vmid, status: 'running', pool: 'deelnemers' });
    expect(simulator.state.guests.filter(isOurs).filter((guest) => intentIn(guest) === undefined)).toEqual(
      [],
    );
    const owned = (await driven.events()).filter(
      ({ type, data }) => type === 'ownership.begun' && (data as { vmid: number }).vmid === done.vmid,
    );
    expect(owned).toHaveLength(1);
    expect(simulator.guest(stranger.vmid)).toEqual(untouched);
    expect(simulator.deletes).toBe(0);
    if (killer.passed < nth) return killer.passed;
  }
}
