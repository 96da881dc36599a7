import { setTimeout as pause } from 'node:timers/promises';
import { createNutClient } from '@huismeester/nut';
import { serveDatabases, type Upsd, waitFor } from '@huismeester/testkit';
import { running } from '../spaces/e2e/guests.ts';
import { startHouse } from '../spaces/e2e/house.ts';
import type { House } from '../spaces/e2e/house-types.ts';
import { inSeconds, median, type Row } from './row.ts';
import { startUpsmon, type Upsmon } from './upsmon.ts';

/** Nothing is waited for in a power cut. */
export const noHolds =
  '{ onBatteryHold: 0s, participant: { after: 0s }, space-wide: { runtimeBelow: 0s, chargeBelow: 0 }, ' +
  'core: { runtimeBelow: 0s, chargeBelow: 0 }, restoreHold: 0s, restoreChargeAbove: 0, restoreStep: 20s }';
const patient = { timeoutMs: 60_000, everyMs: 5 };

/** upsd says OB → the first shutdown request at Proxmox, beside upsmon's NOTIFYCMD for the very same power cuts. */
export async function reaction(rounds: number): Promise<Row> {
  const databases = await serveDatabases();
  const house = await startHouse({ database: 'postgres', broker: 'embedded', power: noHolds });
  const upsmon = await startUpsmon(house.upsd, 'rack');
  try {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { own, reference } = await oneCut(house, upsmon);
      ours.push(own);
      theirs.push(reference);
    }
    return {
      what: `upsd says OB → first shutdown request, all holds 0 s, ${rounds} power cuts`,
      measured: `median ${inSeconds(median(ours))}, worst ${inSeconds(Math.max(...ours))}`,
      target: 'median ≤ 0.6 s, worst ≤ 1.2 s',
      met: median(ours) <= 600 && Math.max(...ours) <= 1200,
      reference: `upsmon's NOTIFYCMD at its defaults: median ${inSeconds(median(theirs))}, worst ${inSeconds(Math.max(...theirs))}`,
    };
  } finally {
    await upsmon.close();
    await house.close();
    await databases.close();
  }
}

async function oneCut(house: House, upsmon: Upsmon): Promise<{ own: number; reference: number }> {
  const before = (await upsmon.notified('ONBATT')).length;
  let notified = Number.NaN;
  const { at, requested } = await cutOnce(house, async () => {
    notified = await waitFor(
      'upsmon was told',
      async () => (await upsmon.notified('ONBATT'))[before],
      patient,
    );
  });
  // It polls each 5 s and would miss a shorter return of mains; then a pause of any length, so that no poll is favoured.
  await waitFor('upsmon saw mains return', async () => (await upsmon.notified('ONLINE'))[before], patient);
  await pause(Math.random() * 5000);
  return { own: requested - at, reference: notified - at };
}

/** A power cut, until all participants' VMs are off and `meanwhile` is done, and mains back, until they run again. When upsd said so and when the first was asked to go off, ms since 1970. */
export async function cutOnce(
  house: House,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<{ at: number; requested: number }> {
  const from = house.proxmox.requests.length;
  const said = firstMoment(house.upsd, (status) => status.includes('OB'));
  await house.upsd.set('rack', 'ups.status', 'OB DISCHRG');
  const at = await said;
  const request = await waitFor(
    'the first shutdown request',
    () => house.proxmox.requests.slice(from).find(({ path }) => path.endsWith('/status/shutdown')),
    patient,
  );
  await meanwhile();
  const are = (status: 'stopped' | 'running') => () =>
    running.participant.every((vmid) => house.proxmox.guest(vmid).status === status);
  await waitFor('participants are off', are('stopped'), patient);
  await house.upsd.set('rack', 'ups.status', 'OL');
  await waitFor('participants are back', are('running'), patient);
  return { at, requested: request.at };
}

/** When upsd first says so, to about 3 ms: asked without pause on a connection of its own. */
async function firstMoment(upsd: Upsd, holds: (status: string) => boolean): Promise<number> {
  const client = createNutClient({ host: upsd.host, port: upsd.port });
  try {
    await waitFor('upsd says so', async () => holds(await client.getVar('rack', 'ups.status')), {
      ...patient,
      everyMs: 2,
    });
    return Date.now();
  } finally {
    await client.close();
  }
}
