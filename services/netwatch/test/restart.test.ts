import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type {
  AvailabilityResource,
  IncidentResource,
  PortResource,
  ProbeResource,
} from '@huismeester/contracts';
import { type SwitchSimulator, startSwitchSimulator } from '@huismeester/simulators';
import {
  type Child,
  freePort,
  type Mosquitto,
  skipWithout,
  startChild,
  startMosquitto,
  type TestSite,
  tempSite,
} from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askLocally, spaceOf, startNetwatch, switchAt, type TestNetwatch, until } from './netwatch.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** A website that can be taken away and put back. */
interface Website {
  readonly port: number;
  go(): Promise<void>;
  come(): Promise<void>;
}

describe.skipIf(skipWithout('mosquitto'))('killed in the middle of an outage', () => {
  let mosquitto: Mosquitto;
  let site: TestSite;
  let sim: SwitchSimulator;
  let child: Child;
  let after: TestNetwatch | undefined;
  const websites = new Map<string, Website>();
  beforeAll(async () => {
    [mosquitto, site, sim] = await Promise.all([
      startMosquitto({ open: true }),
      tempSite('killed'),
      startSwitchSimulator({
        credentials: { communities: ['public'] },
        ports: ['gi1', 'gi2', 'gi3', 'gi4'].map((name) => ({ name })),
      }),
    ]);
    for (const id of ['steady', 'gone', 'returning', 'failing']) websites.set(id, await startWebsite());
  });
  afterAll(async () => {
    await child.stop({ signal: 'SIGKILL' });
    await after?.close();
    for (const each of websites.values()) await each.go();
    await Promise.all([mosquitto.close(), sim.close(), site.remove()]);
  });

  const website = (id: string): Website => {
    const found = websites.get(id);
    if (!found) throw new Error(`no website ${id}`);
    return found;
  };
  const stateOf = async (path: string, wanted: Record<string, string>) =>
    until(`${path} are ${JSON.stringify(wanted)}`, async () => {
      const { results } = await askLocally<{ results: (PortResource | ProbeResource)[] }>(
        `${site.path}/socket`,
        path,
      );
      return Object.entries(wanted).every(
        ([id, state]) => results.find((each) => each.id === id)?.state === state,
      );
    });

  it('and started again: what is still down says nothing, what came up says so once, with its true start', async () => {
    const looked = { every: '200ms', deadline: '5s', slowAbove: '1m' };
    const settings = {
      probes: [
        ...[...websites].map(([id, { port }]) => ({
          ...looked,
          id,
          core: true,
          kind: 'http',
          url: `http://127.0.0.1:${port}/`,
        })),
        { ...looked, id: 'plugin', kind: 'command', command: ['/bin/sh', '-c', 'exit 1'] },
      ],
      switches: [
        switchAt(sim.port, {
          ports: { gi1: { role: 'core' }, gi2: { role: 'core' }, gi4: { role: 'uplink' } },
        }),
      ],
    };
    const options = { site, settings, brokerUrl: mosquitto.url };
    const file = `${site.path}/space.yaml`;
    await writeFile(file, spaceOf(options));
    child = await startChild({ command: process.execPath, args: [main, '--config', file] });
    await child.ready('it answers', () => existsSync(`${site.path}/socket`), { timeoutMs: 60_000 });
    await stateOf('/probes', { steady: 'up', gone: 'up', returning: 'up', failing: 'up' });
    await stateOf('/ports', { gi1: 'up', gi2: 'up', gi3: 'up', gi4: 'up' });
    const fellAfter = Date.now();
    await Promise.all([website('gone').go(), website('returning').go()]);
    sim.portOf('gi1').unplug();
    sim.portOf('gi2').unplug();
    await stateOf('/probes', { gone: 'down', returning: 'down' });
    // Its module fails.
    sim.removePort('gi4');
    await stateOf('/ports', { gi1: 'down', gi2: 'down', gi4: 'down' });
    await until('the plugin is degraded', async () => {
      const { results } = await askLocally<{ results: ProbeResource[] }>(`${site.path}/socket`, '/probes');
      return results.find(({ id }) => id === 'plugin')?.degraded === 'command';
    });
    await child.stop({ signal: 'SIGKILL' });
    const killedAt = Date.now();

    await Promise.all([website('returning').come(), website('failing').go()]);
    sim.portOf('gi2').plug();
    sim.portOf('gi3').unplug();
    const startedAt = Date.now();
    after = await startNetwatch(options);
    const { hears, times, last, lines } = after;
    await hears('probe.up probe/returning', 2);
    await hears('port.up port/sw1/gi2');
    await hears('port.down port/sw1/gi3');
    await hears('probe.down probe/failing');
    await stateOf('/probes', { steady: 'up', gone: 'down' });
    await stateOf('/ports', { gi4: 'down' });
    const told = (await lines()).filter((line) => /^(probe|port|switch)\..*(?<!plugin)$/.test(line));
    const all = ['steady', 'gone', 'returning', 'failing'].map((id) => `probe.up probe/${id}`);
    expect(told.toSorted(byText)).toEqual(
      [
        ...all,
        'probe.down probe/gone',
        'probe.down probe/returning',
        'switch.reachable switch/sw1',
        'port.down port/sw1/gi1',
        'port.down port/sw1/gi2',
        'port.down port/sw1/gi4',
        'probe.up probe/returning',
        'probe.down probe/failing',
        'port.up port/sw1/gi2',
        'port.down port/sw1/gi3',
      ].toSorted(byText),
    );
    for (const [thing, kind] of [
      ['probe/returning', 'probe'],
      ['port/sw1/gi2', 'port'],
    ] as const) {
      const [fell, rose] = await Promise.all([times(`${kind}.down`, thing), times(`${kind}.up`, thing)]);
      // A look that was under way when it fell fails, too: it began no more than its deadline before that.
      expect(fell.since).toBeGreaterThanOrEqual(fellAfter - 5_000);
      expect(fell.told).toBeLessThan(killedAt);
      expect(rose.since).toBeGreaterThanOrEqual(startedAt);
      expect((await last(`${kind}.up`, thing))?.data).toMatchObject({
        lasted_s: expect.closeTo((rose.since - fell.since) / 1000, 1),
      });
    }

    // When it was not looking nothing is known.
    const { results } = await after.get<{ results: AvailabilityResource[] }>('/availability');
    const of = (thing: string) => results.find((each) => each.thing === thing);
    expect(of('probe/steady')?.day).toMatchObject({ availability_ratio: 1 });
    for (const thing of ['probe/steady', 'probe/gone', 'port/sw1/gi1']) {
      const knownMs = Date.now() - Date.parse(of(thing)?.since ?? '');
      expect(of(thing)?.day.coverage_ratio).toBeLessThanOrEqual(1 - (startedAt - killedAt) / knownMs);
    }
    expect(of('probe/gone')?.day.coverage_ratio).toBeGreaterThan(0);

    await website('gone').come();
    sim.addPort({ name: 'gi4' });
    await hears('probe.up probe/gone', 2);
    await hears('port.up port/sw1/gi4');
    const incidents = await after.get<{ results: IncidentResource[] }>('/incidents');
    const ofGone = incidents.results.filter(({ root }) => root === 'probe/gone');
    const [fell, rose] = await Promise.all([
      times('probe.down', 'probe/gone'),
      times('probe.up', 'probe/gone'),
    ]);
    expect(ofGone).toMatchObject([
      {
        state: 'closed',
        since: new Date(fell.since).toISOString(),
        until: new Date(rose.since).toISOString(),
      },
    ]);
    const ofModule = incidents.results.filter(({ root }) => root === 'port/sw1/gi4');
    expect(ofModule).toMatchObject([{ state: 'closed' }]);
    await stateOf('/probes', { plugin: 'up' });
    // Either comes first, if one step took both in.
    expect((await lines('probe/plugin')).toSorted(byText)).toEqual([
      'probe.degraded probe/plugin',
      'probe.up probe/plugin',
    ]);
    expect(after.warnings()).toEqual([]);
  });
});

const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

async function startWebsite(): Promise<Website> {
  const port = await freePort();
  let server: Server | undefined;
  const come = async () => {
    server = createServer((_, reply) => reply.end('hello'));
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
  };
  await come();
  return {
    port,
    come,
    async go() {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (!server?.listening) return;
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
    },
  };
}
