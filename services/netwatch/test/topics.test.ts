import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SwitchSimulator, startSwitchSimulator } from '@huismeester/simulators';
import { type Mosquitto, skipWithout, startMosquitto, type TestSite, tempSite } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen, withoutMqttClient } from './listen.ts';
import { startNetwatch, switchAt, type TestNetwatch, until } from './netwatch.ts';

describe.skipIf(withoutMqttClient || skipWithout('mosquitto'))('on MQTT', () => {
  let mosquitto: Mosquitto;
  let mqtt: Awaited<ReturnType<typeof listen>>;
  let site: TestSite;
  let sim: SwitchSimulator;
  let web: Server;
  let netwatch: TestNetwatch;
  const start = (probes: readonly string[], switches: readonly string[]) => {
    const { port } = web.address() as AddressInfo;
    const probe = { kind: 'http', url: `http://127.0.0.1:${port}/`, every: '200ms', core: true };
    return startNetwatch({
      site,
      brokerUrl: mosquitto.url,
      settings: {
        probes: probes.map((id) => ({ id, ...probe })),
        switches: switches.map((id) => switchAt(sim.port, { id, ports: { gi1: { role: 'uplink' } } })),
      },
    });
  };
  const traffic = { inBitsPerSecond: 8e6, outBitsPerSecond: 4e6 };
  const startSwitch = (port = 0, names: readonly string[] = ['gi1', 'gi2', 'gi3']) =>
    startSwitchSimulator({
      port,
      credentials: { communities: ['public'] },
      ports: [
        { name: 'gi1', traffic },
        { name: 'gi2', traffic },
        { name: 'gi3', admin: 'down' as const },
      ].filter(({ name }) => names.includes(name)),
      upTicks: 8_640_000,
    });
  beforeAll(async () => {
    [mosquitto, site, sim] = await Promise.all([
      startMosquitto({ open: true }),
      tempSite('topics'),
      startSwitch(),
    ]);
    sim.portOf('gi1').setCounters({ inOctets: 9_100_000_000_000_000n });
    web = createServer((_, reply) => reply.end('hello'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    mqtt = await listen(mosquitto.url);
    netwatch = await start(['web', 'other'], ['sw1', 'sw2']);
  });
  afterAll(async () => {
    await netwatch.close();
    await mqtt.close();
    web.close();
    web.closeAllConnections();
    await Promise.all([mosquitto.close(), sim.close(), site.remove()]);
  });

  const isAbout = (bps: unknown, wanted: number) => Number(bps) > wanted * 0.8 && Number(bps) < wanted * 1.2;

  it('each thing has a state, unknown until it is looked at, and the pivots its numbers', async () => {
    await mqtt.sees(
      'state/probe/web',
      (each) => each.state === 'up' && each.up === 1 && Number(each.latency_ms) > 0,
    );
    expect(JSON.parse(mqtt.payloads('state/probe/web')[0] ?? '')).toMatchObject({ state: 'unknown' });
    await mqtt.sees(
      'state/switch/sw1',
      ({ state, ports, ports_up }) => state === 'up' && ports === 3 && ports_up === 2,
    );
    expect(JSON.parse(mqtt.payloads('state/switch/sw1')[0] ?? '')).toMatchObject({ state: 'unknown' });
    await mqtt.sees(
      'state/switch/sw1/port/gi1',
      ({ oper, oper_n, up, admin_up, speed_bps, in_bps, out_bps }) =>
        [oper, oper_n, up, admin_up, speed_bps].join() === 'up,1,1,1,1000000000' &&
        isAbout(in_bps, 8e6) &&
        isAbout(out_bps, 4e6),
    );
    await mqtt.sees(
      'state/switch/sw1/port/gi3',
      ({ oper, up, admin_up }) => [oper, up, admin_up].join() === 'down,0,0',
    );
    await mqtt.sees('graf/latency-ms', (each) => Number(each.web) > 0 && Number(each.other) > 0);
    await mqtt.sees('graf/in-bps', (each) => isAbout(each['sw1-gi1'], 8e6) && Object.keys(each).length === 2);
    await mqtt.sees('graf/out-bps', (each) => isAbout(each['sw1-gi1'], 4e6));
  });

  it('a counter that is reset is never a peak', async () => {
    const port = sim.portOf('gi1');
    await until('there is a rate', async () => isAbout((await netwatch.port('sw1/gi1'))?.in_bps, 8e6));
    const from = mqtt.payloads('graf/in-bps').length;
    port.clearCounters({ silently: true });
    await until('it was counted again', () => mqtt.payloads('graf/in-bps').length > from + 3);
    const rates = mqtt.payloads('graf/in-bps').slice(from);
    for (const each of rates) {
      const { 'sw1-gi1': bps = 0 } = JSON.parse(each) as Record<string, number>;
      expect(bps >= 0 && bps <= 1e9).toBe(true);
    }
  });

  it('an open incident has a state, which is cleared when it is closed', async () => {
    sim.portOf('gi1').unplug();
    await netwatch.hears('port.down port/sw1/gi1');
    const { incident } = (await netwatch.port('sw1/gi1')) ?? {};
    await mqtt.sees(
      `state/incident/${incident}`,
      ({ root, core, members, outage }) => [root, core, members, outage].join() === 'port/sw1/gi1,1,1,0',
    );
    await mqtt.sees('state/switch/sw1/port/gi1', ({ oper, up }) => oper === 'down' && up === 0);
    sim.portOf('gi1').plug();
    await mqtt.isCleared(`state/incident/${incident}`);
  });

  it('of the ports of a switch that is gone nothing is known', async () => {
    await sim.close();
    await mqtt.sees('state/switch/sw1', ({ state, up }) => state === 'down' && up === 0);
    await mqtt.sees('state/switch/sw1/port/gi2', (each) => !('up' in each) && !('in_bps' in each));
    await mqtt.sees('graf/in-bps', (each) => Object.keys(each).length === 0);
  });

  it('what left the settings is cleared, and what stays is unknown until it is seen', async () => {
    await netwatch.close();
    netwatch = await start(['web'], ['sw1']);
    // Of ports without a role nothing is said before their switch lists them.
    const left = ['probe/other', 'switch/sw2', 'switch/sw2/port/gi1', 'switch/sw1/port/gi2'];
    for (const topic of [...left, 'switch/sw1/port/gi3']) await mqtt.isCleared(`state/${topic}`);
    const late = await listen(mosquitto.url);
    try {
      await late.sees('state/probe/web', ({ state }) => state === 'up');
      await late.sees('state/switch/sw1/port/gi1', ({ oper, up }) => oper === undefined && up === undefined);
      await late.sees('state/switch/sw1', ({ state }) => state === 'unknown');
      sim = await startSwitch(sim.port, ['gi1', 'gi3']);
      await late.sees('state/switch/sw1/port/gi1', ({ up }) => up === 1);
      await late.sees('graf/latency-ms', (each) => Object.keys(each).join() === 'web');
      await late.sees('state/switch/sw1/port/gi3', ({ up }) => up === 0);
      for (const topic of left) expect(late.payloads(`state/${topic}`)).toEqual([]);
    } finally {
      await late.close();
    }
    expect(netwatch.warnings()).toEqual([]);
  });
});
