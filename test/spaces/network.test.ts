import { skipWithout, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoggedEvent, logOf } from './e2e/assertions.ts';
import { startHouse } from './e2e/house.ts';
import type { House } from './e2e/house-types.ts';
import { play, steps } from './e2e/story.ts';

/** How long a look may take. */
const deadlineMs = 5_000;

interface Said {
  readonly incident: string;
  readonly root: string;
  readonly outage: boolean;
  readonly since: string;
  readonly until?: string;
  readonly members: readonly { readonly thing: string; readonly state: string }[];
}

describe.skipIf(skipWithout('upsd', 'postgres'))(
  'a power cut, with a kill -9 in the middle, as netwatch sees it',
  () => {
    let house: House;
    /** What netwatch said before the power cut, and from then on. */
    let before: LoggedEvent[];
    let events: LoggedEvent[];
    /** When mains came back, ms since 1970. */
    let backAt: number;
    const said = (type: string) =>
      events.filter((event) => event.type === type).map(({ data }) => data as unknown as Said);
    /** The last end of each incident. */
    const ends = () => [
      ...new Map(said('incident.closed').map((each) => [each.incident, each] as const)).values(),
    ];
    const incidents = async () =>
      (await logOf(house, 'netwatch')).filter(({ type }) => type.startsWith('incident.'));
    const opened = (root: string) =>
      waitFor(
        `an incident of ${root}`,
        async () =>
          (await incidents()).some(({ type, data }) => type === 'incident.opened' && data.root === root),
        { timeoutMs: 30_000 },
      );

    const coreViolations = async () =>
      (await logOf(house, 'policy')).filter(
        ({ type, data }) => type === 'violation.opened' && data.clause === 'CORE-1',
      );
    /** Until policy has seen that, and that it is back. */
    const loseHypervisor = async () => {
      house.proxmox.faults.lose('cut');
      await waitFor('its violation', async () => (await coreViolations()).length === 1);
      house.proxmox.faults.restore();
      await waitFor('the end of that', async () =>
        (await logOf(house, 'policy')).some(({ type }) => type === 'violation.closed'),
      );
    };

    beforeAll(async () => {
      house = await startHouse({ database: 'postgres', broker: 'embedded', network: true });
      await waitFor('all is seen to be up', async () => {
        const up = (await logOf(house, 'netwatch')).filter(
          ({ type }) => type === 'probe.up' || type === 'switch.reachable',
        );
        const seen = new Set(up.map(({ subject }) => subject));
        return ['probe/website', 'probe/display', 'switch/sw1'].every((thing) => seen.has(thing));
      });
      await loseHypervisor();
      before = await logOf(house, 'netwatch');
      const [fails, runsDown, empty, back] = steps;
      await play(house, fails);
      await opened('mains/rack');
      await play(house, runsDown);
      await play(house, empty);
      await opened('vm/102');
      await house.programs[0].kill();
      await house.programs[0].start();
      backAt = Date.now();
      await play(house, back);
      await waitFor(
        'every incident is over',
        async () => {
          const newest = new Map((await incidents()).map((event) => [event.subject, event.type]));
          return newest.size > 0 && [...newest.values()].every((type) => type === 'incident.closed');
        },
        { timeoutMs: 30_000 },
      );
      events = (await logOf(house, 'netwatch')).slice(before.length);
    });
    afterAll(() => house.close());

    it('is one incident of mains and one of the VM that was shed, each with what hangs on it', () => {
      expect(said('incident.opened').map(({ root, outage }) => [root, outage])).toEqual([
        ['mains/rack', true],
        ['vm/102', true],
      ]);
      expect(ends().map(({ root, members }) => [root, members.map(({ thing }) => thing)])).toEqual(
        expect.arrayContaining([
          ['mains/rack', ['probe/display']],
          ['vm/102', ['probe/website']],
        ]),
      );
    });

    it('carries the correlation id of the outage, and nothing that it explains speaks for itself', async () => {
      const cut = (await logOf(house, 'ups-monitor')).find(({ type }) => type === 'ups.on-battery');
      const chains = new Set(
        events.filter(({ type }) => type.startsWith('incident.')).map((event) => event.correlationid),
      );
      expect(chains).toEqual(new Set([cut?.correlationid]));
      expect(events.filter(({ type }) => type === 'probe.down')).toEqual([]);
    });

    it('ends each incident once, at a good look after mains is back', () => {
      const count = (type: string, id: string) => said(type).filter(({ incident }) => incident === id).length;
      const opened = said('incident.opened').map(({ incident }) => incident);
      expect(ends().map(({ incident }) => incident)).toEqual(expect.arrayContaining(opened));
      const story = JSON.stringify(events.map(({ type, time, data }) => [type, time, data]));
      for (const { incident, until = '' } of ends()) {
        // One that came again is the same incident, and ends again.
        expect([incident, count('incident.closed', incident)]).toEqual([
          incident,
          1 + count('incident.reopened', incident),
        ]);
        // A look that was under way when mains came back may be the first good one; it counts from its beginning.
        expect(Date.parse(until), story).toBeGreaterThanOrEqual(backAt - deadlineMs);
        expect(Date.parse(until), story).toBeLessThanOrEqual(Date.now());
      }
    });

    it('is no violation of CORE-1: the outage is the incident', async () => {
      expect((await coreViolations()).filter(({ data }) => data.about !== 'hypervisor/pve')).toEqual([]);
    });

    it('knew a hypervisor that did not answer as an incident of its own, which violated CORE-1 until it was back', async () => {
      const away = (await logOf(house, 'vm-lifecycle')).find(({ type }) => type === 'hypervisor.unreachable');
      const its = before.filter(
        ({ type, data }) => type.startsWith('incident.') && data.root === 'hypervisor/pve',
      );
      expect(its).toMatchObject([
        { type: 'incident.opened', data: { core: true, outage: false }, correlationid: away?.correlationid },
        { type: 'incident.closed' },
      ]);
      expect(await coreViolations()).toMatchObject([
        { data: { kind: 'core-down', about: 'hypervisor/pve' } },
      ]);
      const { results } = await house.get<{
        results: { thing: string; core: boolean; day: { down_s: number } }[];
      }>('/api/v1/availability');
      const hypervisor = results.find(({ thing }) => thing === 'hypervisor/pve');
      expect(hypervisor).toMatchObject({ core: true });
      expect(hypervisor?.day.down_s).toBeGreaterThan(0);
    });

    it('counts the time without us as unknown', async () => {
      const { results } = await house.get<{
        results: { thing: string; day: { coverage_ratio: number; down_s: number } }[];
      }>('/api/v1/availability');
      const website = results.find(({ thing }) => thing === 'probe/website');
      expect(website?.day.down_s).toBeGreaterThan(0);
      expect(website?.day.coverage_ratio).toBeLessThan(1);
    });
  },
);
