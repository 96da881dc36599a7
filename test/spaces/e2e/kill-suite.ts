import { skipWithout, waitFor } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { logOf, powerRequests } from './assertions.ts';
import { everyone, hidden } from './guests.ts';
import { startHouse } from './house.ts';
import type { House, HouseOptions } from './house-types.ts';
import { playedBefore } from './side-by-side.ts';
import { steps } from './story.ts';

interface Moment {
  readonly step: number;
  readonly afterRequests: number;
}

/** When to kill: at so many power requests at Proxmox after the step's act, or as soon as upsd shows the act. */
export const tenMoments: readonly Moment[] = [
  { step: 0, afterRequests: 0 },
  { step: 0, afterRequests: 1 },
  { step: 0, afterRequests: 3 },
  { step: 1, afterRequests: 0 },
  { step: 1, afterRequests: 1 },
  { step: 2, afterRequests: 0 },
  { step: 2, afterRequests: 2 },
  { step: 3, afterRequests: 0 },
  { step: 3, afterRequests: 1 },
  { step: 3, afterRequests: 4 },
];

/** One in each step of the story, sooner and later in it. */
export const fourMoments = tenMoments.filter((_, index) => index % 3 === 0);

type Row = Pick<HouseOptions, 'database' | 'broker' | 'distributed'>;

/** Plays a whole power cut, and kills Huismeester at each moment: all of it, or in turn the process of one service. */
async function playAndKill(row: Row, moments: readonly Moment[]): Promise<House> {
  const house = await startHouse(row);
  let kills = 0;
  try {
    for (const [index, step] of steps.entries()) {
      const before = powerRequests(house.proxmox.requests).length;
      await step.act(house);
      for (const { afterRequests } of moments.filter((each) => each.step === index)) {
        await waitFor(
          `${afterRequests} requests in: ${step.name}`,
          () => powerRequests(house.proxmox.requests).length - before >= afterRequests,
          { timeoutMs: 30_000, everyMs: 1 },
        );
        const victim = house.programs[kills % house.programs.length] ?? house.programs[0];
        kills += 1;
        await victim.kill();
        await victim.start();
      }
      await waitFor(step.name, () => step.done(house), { timeoutMs: 60_000 });
    }
  } catch (error) {
    await house.close();
    throw error;
  }
  return house;
}

const skip = skipWithout('upsd', 'postgres', 'mosquitto');
/** Kills at these moments of a power cut, in each of these houses. */
export function describeKills(rows: readonly Row[], moments: readonly Moment[]): void {
  const stories = playedBefore(rows, (row) => playAndKill(row, moments), skip);

  describe.skipIf(skip).each(rows)(
    `kill -9 at ${moments.length} moments of a power cut, database $database, distributed $distributed`,
    (row) => {
      let house: House;
      beforeAll(async () => {
        house = await stories.of(row);
      });

      it('ends the same way', () => {
        expect(steps.at(-1)?.done(house)).toBe(true);
        expect(house.proxmox.guest(123).status).toBe('stopped');
      });

      it('touched no VM that it should not, and repeated nothing without a recorded reason', async () => {
        const asked = powerRequests(house.proxmox.requests);
        expect(new Set(asked.map(({ vmid }) => vmid))).toEqual(new Set(everyone));
        for (const { vmid } of Object.values(hidden))
          expect(house.proxmox.guest(vmid).status).toBe('running');
        const recorded = (await logOf(house, 'vm-lifecycle')).filter(
          ({ type }) => type === 'vm.power-requested',
        );
        const repeats = recorded.filter(({ data }) => Number(data.attempt) > 1);
        expect(repeats.filter(({ data }) => typeof data.because !== 'string')).toEqual([]);
        for (const vmid of everyone) {
          for (const act of ['shutdown', 'start']) {
            const sent = asked.filter((each) => each.vmid === vmid && each.act === act).length;
            const intents = recorded.filter(
              ({ data }) => data.vm === String(vmid) && data.act === act,
            ).length;
            expect(sent, `${act} of ${vmid}`).toBeGreaterThanOrEqual(1);
            // Every request was written down first; an intent that a crash kept from being sent is none.
            expect(sent, `${act} of ${vmid}`).toBeLessThanOrEqual(intents);
          }
        }
      });
    },
  );
}
