import { skipWithout, testDatabase, waitFor } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import type { MomentName } from './moment.ts';
import { running } from './space.ts';
import { type Upgraded, upgrade } from './upgraded.ts';

const { core, participant } = running;
const spaceWide = running['space-wide'];

async function from(
  name: MomentName,
  story: (upgraded: Upgraded) => Promise<void>,
  options?: { agoMs: number },
): Promise<void> {
  const { url, drop } = await testDatabase();
  const upgraded = await upgrade(name, url, options);
  try {
    await story(upgraded);
  } finally {
    await upgraded.world.close();
    await drop();
  }
}

// Some at once, since each mostly waits.
const options = { concurrent: true, timeout: 300_000 };

describe.skipIf(skipWithout('upsd', 'postgres'))('an upgrade in the middle of a power cut', options, () => {
  it('waits for what is left of the hold, and goes on', () =>
    from(
      'hold',
      async ({ moment, ofAct, secondsUntilAsked, armed, mainsBack, statusesAre }) => {
        expect(new Set(await armed())).toEqual(new Set(moment.armed.map((clause) => `power/${clause}`)));
        await statusesAre(participant, 'stopped');
        expect(await secondsUntilAsked('ups.on-battery')).toBeGreaterThanOrEqual(46);
        await mainsBack();
        await statusesAre(participant, 'running');
        expect(ofAct('shutdown')).toEqual([...participant]);
        expect(ofAct('start')).toEqual([...participant]);
      },
      { agoMs: 30_000 },
    ));

  it('follows the shutdowns that run to their end, and asks for none again', () =>
    from('shutting-down', async ({ requests, ofAct, repeated, mainsBack, statusesAre }) => {
      expect(requests()).toEqual(['120 shutdown', '121 shutdown']);
      expect(await repeated()).toEqual([]);
      await statusesAre(participant, 'stopped');
      await mainsBack();
      await statusesAre(participant, 'running');
      expect(ofAct('shutdown')).toEqual([120, 121]);
      expect(ofAct('start')).toEqual([...participant]);
    }));

  it('leaves off what is off, and starts all of it when mains is back', () =>
    from('all-down', async ({ requests, ofAct, repeated, mainsBack, statusesAre }) => {
      expect(requests()).toEqual([]);
      expect(await repeated()).toEqual([]);
      await mainsBack();
      await statusesAre([...core, ...spaceWide, ...participant], 'running');
      expect(ofAct('start')).toEqual([...core, ...spaceWide, ...participant]);
    }));

  it('waits until mains is trusted', () =>
    from('recovering', async ({ ofAct, secondsUntilAsked, statusesAre }) => {
      await statusesAre([...core, ...spaceWide, ...participant], 'running');
      expect(await secondsUntilAsked('ups.on-mains')).toBeGreaterThanOrEqual(15);
      expect(ofAct('shutdown')).toEqual([]);
    }));

  it('goes on with the restore where it was', () =>
    from('half-restored', async ({ ofAct, repeated, statusesAre }) => {
      // On a slow machine the participants' turn has come by now.
      expect(ofAct('start').slice(0, spaceWide.length)).toEqual([...spaceWide]);
      expect(await repeated()).toEqual([]);
      await statusesAre([...spaceWide, ...participant], 'running');
      expect(ofAct('start')).toEqual([...spaceWide, ...participant]);
      expect(ofAct('shutdown')).toEqual([]);
    }));

  it('keeps holds, and what was armed', () =>
    from('held', async ({ moment, world, requests, armed, mainsBack, statusesAre }) => {
      expect(new Set(await armed())).toEqual(new Set(moment.armed.map((clause) => `power/${clause}`)));
      expect(requests()).toEqual([]);
      await mainsBack();
      await statusesAre([...spaceWide, 122], 'running');
      expect(world.proxmox.guest(120).status).toBe('stopped');
      await world.remove('/api/v1/holds/120');
      await statusesAre([120], 'running');
      expect(requests()).toEqual(['110 start', '111 start', '120 start', '122 start']);
    }));

  it('still says what was given up, until it runs', () =>
    from('given-up', async ({ world, requests, openViolations }) => {
      expect(requests()).toEqual([]);
      expect(await openViolations()).toEqual(['not-restored']);
      const guest = world.proxmox.guest(120);
      guest.status = 'running';
      guest.startedAt = Date.now();
      await waitFor('no violation is open', async () => (await openViolations()).length === 0);
      expect(requests()).toEqual([]);
    }));

  it('wakes the node that it shut down before', () =>
    from('nodes-off', async ({ world, requests, ofAct, mainsBack, statusesAre }) => {
      expect(requests()).toEqual([]);
      await mainsBack();
      await world.said('vm-lifecycle', `type = 'node.power-requested' and data->>'act' = 'wake'`);
      world.proxmox.setNodeOnline('pve2', true);
      await statusesAre([...core, ...spaceWide, ...participant], 'running');
      expect(ofAct('shutdown')).toEqual([]);
      expect(ofAct('start')).toEqual([...core, ...spaceWide, ...participant]);
    }));
});
