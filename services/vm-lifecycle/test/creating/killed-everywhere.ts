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

type Site = Awaited<ReturnType<typeof openKilled>>;

/** Ends the process at every moment, one after another: answers those that there are, each by its name. */
export async function killedEverywhere(site: Site, kind: string): Promise<readonly string[]> {
  for (let nth = 1; ; nth += 1) {
    const names = await killedOnce(site, kind, nth);
    if (names.length < nth) return names;
  }
}

/** When the process ends at this moment the next one goes on: one guest, which is its owner's, and nothing destroyed. Answers the moments up to that one. */
export async function killedOnce(
  { simulator, driven }: Site,
  kind: string,
  moment: number | string,
): Promise<readonly string[]> {
  const isOurs = ({ vmid }: GuestState) => vmid >= 900 && vmid < 2000 && vmid !== stranger.vmid;
  const intentIn = ({ config }: GuestState) => intentOf(String(config?.description ?? ''));
  const untouched = structuredClone(simulator.guest(stranger.vmid));
  const id = await driven.begin(`${kind}-${moment}`.replaceAll(/[^a-z0-9]+/gi, '-'), kind);
  const killer = killAt(moment);
  await driven.run(id, killer);
  const done = await driven.run(id);
  const guests = simulator.state.guests.filter((guest) => intentIn(guest)?.creation === id);
  expect([moment, done.state.step, done.state.error, guests.length]).toEqual([moment, 'done', undefined, 1]);
  expect(guests[0]).toMatchObject({ vmid: done.vmid, status: 'running', pool: 'deelnemers' });
  expect(simulator.state.guests.filter(isOurs).filter((guest) => intentIn(guest) === undefined)).toEqual([]);
  const owned = (await driven.events()).filter(
    ({ type, data }) => type === 'ownership.begun' && (data as { vmid: number }).vmid === done.vmid,
  );
  expect(owned).toHaveLength(1);
  expect(simulator.guest(stranger.vmid)).toEqual(untouched);
  expect(simulator.deletes).toBe(0);
  return killer.names;
}
