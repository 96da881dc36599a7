import { skipWithout, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hidden, running } from './e2e/guests.ts';
import { dayMs, type LeaseHouse, startLeaseHouse } from './e2e/lease-space.ts';

/*
 * kill -9 at every step of the end of a lease. Whatever step it is: nobody's VM goes off without a warning of that stop a day ahead, each goes off
 * once, and nothing else does.
 */

/** One VM for each step; each is given to its owner, and so begins its lease, once the one before had its kill. */
const vmids = [301, 302, 303, 304, 305, 306] as const;
type Vmid = (typeof vmids)[number];

const steps: Readonly<Record<Vmid, { name: string; at: (house: LeaseHouse) => Promise<unknown> }>> = {
  301: {
    name: 'the warning is decided, and nothing of it is sent',
    at: async (house) => {
      house.mail.onFrom = () => 'drop';
      await until('it waits', async () => (await house.warnings(301)).length > 0);
      await killed(house);
      house.mail.onFrom = undefined;
    },
  },
  302: {
    name: 'the mail server has the warning, and that is not known yet',
    at: async (house) => {
      let isDead: Promise<void> | undefined;
      house.mail.onMessage = () => {
        isDead ??= killed(house);
      };
      await until('it is killed', async () => isDead !== undefined);
      house.mail.onMessage = undefined;
      await isDead;
    },
  },
  303: {
    name: 'the warning was handed over',
    at: async (house) => {
      await until('that is known', async () =>
        (await house.warnings(303)).some(({ state }) => state === 'handed'),
      );
      await killed(house);
    },
  },
  304: {
    name: 'the stop is decided, and nothing was asked of Proxmox yet',
    at: async (house) => {
      const guest = house.proxmox.guest(304);
      guest.lock = 'backup';
      await until('it is to be off', () => house.isToBeOff(304));
      await killed(house);
      expect(shutdowns(house, 304)).toEqual([]);
      delete guest.lock;
    },
  },
  305: {
    name: 'the shutdown is asked, and its answer may not have come',
    at: async (house) => {
      await until('it is asked', async () => shutdowns(house, 305).length > 0, 1);
      await killed(house);
    },
  },
  306: {
    name: 'it was seen off, and a person starts it while the program is down',
    at: async (house) => {
      await until('it is seen', async () => (await house.events('vm.stopped', 306)) > 0, 1);
      await killed(house);
      await house.start(306);
    },
  },
};

/** Some hang on a planned stop that has to be put off, after two minutes in which a message counts as being in hand. */
const until = (what: string, is: () => Promise<unknown>, everyMs = 5) =>
  waitFor(what, is, { timeoutMs: 300_000, everyMs });
const killed = (house: LeaseHouse): Promise<void> => house.program.kill();

/** When each shutdown of a VM reached Proxmox, ms since 1970. */
const shutdowns = ({ proxmox }: LeaseHouse, vmid: number): number[] =>
  proxmox.requests.flatMap(({ method, path, at }) =>
    method === 'POST' && path.endsWith(`/${vmid}/status/shutdown`) ? [at] : [],
  );

const skip = skipWithout('postgres');
describe.skipIf(skip)('kill -9 at each step of the end of a lease', { timeout: 900_000 }, () => {
  let house: LeaseHouse;

  beforeAll(async () => {
    house = await startLeaseHouse(
      vmids.map((vmid) => ({
        vmid,
        name: `vm-${vmid}`,
        node: 'pve1',
        type: 'qemu',
        status: 'running',
        pool: 'deelnemers',
        shutdownSeconds: 1,
        startSeconds: 0.2,
      })),
    );
    for (const vmid of vmids) {
      await house.give(vmid);
      await steps[vmid].at(house);
      await house.program.start();
    }
  }, 900_000);
  afterAll(() => house?.close());

  it.each(vmids.filter((vmid) => vmid !== 306))('%i goes off all the same', async (vmid) => {
    await until(`${vmid} is off (${steps[vmid].name})`, async () => {
      const isSeen = (await house.events('vm.stopped', vmid)) > 0;
      return isSeen && house.proxmox.guest(vmid).status === 'stopped';
    });
    expect(shutdowns(house, vmid)).toHaveLength(1);
  });

  it('306, which its owner started again, has a new lease and is not stopped by the old one', async () => {
    await until('its start is seen', async () => (await house.events('vm.started', 306)) > 0);
    await until('its next lease', async () => (await house.events('lease.started', 306)) === 2);
    // The next stop is a day later at least, and is warned of.
    const [, second = Number.POSITIVE_INFINITY] = shutdowns(house, 306);
    expect(second - (shutdowns(house, 306)[0] ?? 0)).toBeGreaterThan(2 * dayMs);
  });

  it('no stop came without a warning that named it, a day before', async () => {
    for (const vmid of vmids) {
      const warned = (await house.warnings(vmid)).flatMap(({ planned, message, state }) => {
        if (state !== 'handed') return [];
        const taken = house.mails.filter(({ mail }) => mail.header('message-id') === `<${message}>`);
        return taken.map(({ at }) => ({ planned, at }));
      });
      expect([vmid, shutdowns(house, vmid).length > 0]).toEqual([vmid, true]);
      for (const asked of shutdowns(house, vmid)) {
        const inTime = warned.filter(({ planned, at }) => planned <= asked && at <= planned - dayMs);
        expect([vmid, inTime.length > 0]).toEqual([vmid, true]);
      }
    }
  });

  it('what was repeated is the same message, and once at most', () => {
    const times = new Map<string, number>();
    for (const { mail } of house.mails) {
      const id = mail.header('message-id') ?? '';
      times.set(id, (times.get(id) ?? 0) + 1);
    }
    // The one that was in hand when the process ended is sent again only if the stop that it names is still planned by then.
    expect(Math.max(...times.values())).toBeLessThanOrEqual(2);
  });

  it('nothing else was stopped, and nothing deleted', () => {
    const asked = house.proxmox.requests.filter(
      ({ method, path }) => method === 'POST' && /status\/(shutdown|stop)/.test(path),
    );
    const ids = new Set(asked.map(({ path }) => Number(/\/(\d+)\/status/.exec(path)?.[1])));
    expect(ids).toEqual(new Set(vmids));
    const others = [...Object.values(running).flat(), ...Object.values(hidden).map(({ vmid }) => vmid)];
    for (const vmid of others) expect(house.proxmox.guest(vmid).status).toBe('running');
    expect(house.proxmox.deletes).toBe(0);
  });
});
