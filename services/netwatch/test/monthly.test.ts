import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@huismeester/clock';
import type { AvailabilityResource } from '@huismeester/contracts';
import { type SwitchSimulator, startSwitchSimulator } from '@huismeester/simulators';
import { skipWithout, type TestSite, tempSite } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNetwatch, switchAt, type TestNetwatch, until } from './netwatch.ts';

/** In Amsterdam December begins at 23:00 UTC. */
const inNovember = '2026-11-30T22:40:00Z';
const inDecember = '2026-11-30T23:01:00Z';
const subject = 'availability/main';

describe.skipIf(skipWithout('postgres'))('the month that is over', () => {
  let site: TestSite;
  let website: Server;
  let sim: SwitchSimulator;
  beforeAll(async () => {
    [site, sim] = await Promise.all([
      tempSite('monthly'),
      startSwitchSimulator({
        credentials: { communities: ['public'] },
        ports: [{ name: 'gi1' }, { name: 'gi2' }],
      }),
    ]);
    website = createServer((_, reply) => reply.end('hello'));
    await new Promise<void>((resolve) => website.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    website.closeAllConnections();
    website.close();
    await Promise.all([sim.close(), site.remove()]);
  });

  /** A run that begins at this time; `done` once the month was looked at and `during` is over. */
  async function runAt(begin: string, during: (netwatch: TestNetwatch) => Promise<unknown>) {
    const aheadMs = Date.parse(begin) - Date.now();
    const clock = { ...systemClock, now: () => new Date(Date.now() + aheadMs) };
    const { port } = website.address() as AddressInfo;
    const looks = { kind: 'http', every: '200ms' };
    const probes = [
      { id: 'website', core: true, ...looks, url: `http://127.0.0.1:${port}/` },
      { id: 'blog', ...looks, url: `http://127.0.0.1:${port}/` },
    ];
    const switches = [switchAt(sim.port, { ports: { gi1: { role: 'uplink' } } })];
    const netwatch = await startNetwatch({ site, clock, settings: { probes, switches } });
    try {
      await until('the probes are up', async () => {
        const states = await Promise.all([netwatch.probe('website'), netwatch.probe('blog')]);
        return states.every((each) => each?.state === 'up');
      });
      sim.faults.silent = false;
      await until('the port is up', async () => (await netwatch.port('sw1/gi1'))?.state === 'up');
      await during(netwatch);
      return (await netwatch.events()).filter((each) => each.subject === subject);
    } finally {
      await netwatch.close();
    }
  }

  const isKnown = (netwatch: TestNetwatch) =>
    until('some time of it is known', async () => {
      const { results } = await netwatch.get<{ results: AvailabilityResource[] }>('/availability');
      return results.some(({ thing, day }) => thing === 'probe/website' && day.coverage_ratio > 0);
    });

  it('is told once, of core things, when it is over in the space', { timeout: 60_000 }, async () => {
    expect(await runAt(inNovember, isKnown)).toEqual([]);
    sim.faults.silent = true;
    const told = await runAt(inDecember, (netwatch) => netwatch.hears(`availability.month ${subject}`));
    const figures = told.map(({ data }) => Object(data));
    // A port is core by its role, which is known only once its switch was looked at.
    expect(figures.map(({ thing }) => thing).toSorted()).toEqual(['port/sw1/gi1', 'probe/website']);
    for (const { coverage_ratio, thing: _, ...data } of figures) {
      expect(data).toEqual({ month: '2026-11', availability_ratio: 1, down_s: 0 });
      // It was up for the moment of the first run, of the 20 minutes that it was known in November.
      expect(coverage_ratio).toBeGreaterThan(0);
      expect(coverage_ratio).toBeLessThan(0.5);
    }
    expect(await runAt('2026-11-30T23:05:00Z', async () => undefined)).toHaveLength(2);
  });
});
