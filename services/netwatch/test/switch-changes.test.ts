import { type SwitchSimulator, startSwitchSimulator } from '@huismeester/simulators';
import { type TestSite, tempSite } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNetwatch, switchAt, type TestNetwatch, until } from './netwatch.ts';

type Options = Parameters<typeof startSwitchSimulator>[0];

const portsOf = (count: number): Options['ports'] =>
  Array.from({ length: count }, (_, i) => ({ name: `gi${i + 1}` }));
const quietMs = 6_000;
/** A role by the name of a port. */
const roles = (ports: Record<string, string>) =>
  Object.fromEntries(Object.entries(ports).map(([name, role]) => [name, { role }]));
const monitor = { name: 'monitor' };

interface Switch {
  readonly ports: Options['ports'];
  readonly users?: readonly { name: string }[];
  readonly roles?: object;
}

/** Each test has a switch of its own, by its id. */
const kinds = {
  rebooted: { ports: portsOf(48) },
  renumbered: {
    ports: [
      { name: 'gi1', traffic: { inBitsPerSecond: 8e6 } },
      { name: 'gi2', traffic: { inBitsPerSecond: 1.6e6 } },
      { name: 'gi3', traffic: { inBitsPerSecond: 4e6 } },
    ],
  },
  renegotiated: { ports: portsOf(2) },
  unlisted: { ports: portsOf(2) },
  wrapping: { ports: portsOf(2), users: [monitor] },
  modular: { ports: portsOf(4), roles: roles({ gi2: 'uplink', gi3: 'ignore' }) },
  speedy: { ports: portsOf(1) },
  dirty: { ports: portsOf(1) },
  flapping: { ports: portsOf(2), roles: roles({ gi1: 'hypervisor' }) },
  ignored: { ports: portsOf(2), roles: roles({ gi1: 'ignore' }) },
  important: { ports: portsOf(2), roles: roles({ gi1: 'core' }) },
  plain: { ports: portsOf(2) },
} satisfies Record<string, Switch>;
type Kind = keyof typeof kinds;

let site: TestSite;
let netwatch: TestNetwatch;
const switches = new Map<string, SwitchSimulator>();

beforeAll(async () => {
  site = await tempSite('changes');
  for (const [id, { ports, users = [] }] of Object.entries<Switch>(kinds)) {
    const credentials = { communities: ['public'], users };
    switches.set(id, await startSwitchSimulator({ credentials, ports, upTicks: 8_640_000 }));
  }
  const settings = [...switches].map(([id, { port }]) => {
    const kind: Switch = kinds[id as Kind];
    // A port that no switch has.
    const dependsOn = id === 'plain' ? ['port/speedy/gi9'] : [];
    return switchAt(port, { id, ports: kind.roles ?? {}, dependsOn });
  });
  netwatch = await startNetwatch({ site, timing: { quietMs }, settings: { switches: settings } });
  await until('all ports are seen', async () => {
    const seen = await Promise.all([...switches.keys()].map(netwatch.ports));
    return seen.every((ports) => ports.length > 0 && ports.every(({ state }) => state === 'up'));
  });
});

afterAll(async () => {
  await netwatch.close();
  await Promise.all([...switches.values()].map((each) => each.close()));
  await site.remove();
});

const switchOf = (id: Kind): SwitchSimulator => {
  const found = switches.get(id);
  if (!found) throw new Error(`no switch ${id}`);
  return found;
};
/** What was said of a switch and its ports, after that it was reachable. */
const said = async (id: Kind) =>
  (await netwatch.lines())
    .filter((line) => line.endsWith(`switch/${id}`) || line.includes(`port/${id}/`))
    .slice(1);
/** So many requests more to a switch. */
const looks = async (id: Kind, count: number) => {
  const { requests } = switchOf(id);
  const asked = () => requests.getBulk + requests.getNext;
  const before = asked();
  await until(`${count} looks at ${id}`, () => asked() >= before + count);
};
const rate = async (id: Kind, port: string) => (await netwatch.port(`${id}/${port}`))?.in_bps ?? 0;
const isAbout = (bps: number, wanted: number) => bps > wanted * 0.8 && bps < wanted * 1.2;

describe.concurrent('a switch', () => {
  it('of 48 ports that restarts is one event; the port that ends up different is another, when it has settled', async () => {
    const { ports, portOf, restart } = switchOf('rebooted');
    for (const port of ports) port.unplug();
    await restart({ downMs: 300 });
    await netwatch.hears('switch.restarted switch/rebooted');
    await looks('rebooted', 1);
    for (const port of ports.slice(1)) port.plug();
    portOf('gi1').unplug();
    await netwatch.hears('port.down port/rebooted/gi1');
    expect(await said('rebooted')).toEqual([
      'switch.restarted switch/rebooted',
      'port.down port/rebooted/gi1',
    ]);
    await until('all others are up', async () => {
      const seen = await netwatch.ports('rebooted');
      return seen.filter(({ state, oper }) => state === 'up' && oper === 'up').length === 47;
    });
    expect(await said('rebooted')).toHaveLength(2);
  });

  it('that restarts and whose port ends up at another speed says so once its quiet time is over', async () => {
    const { portOf, restart } = switchOf('renegotiated');
    const speed = async () => (await netwatch.port('renegotiated/gi1'))?.speed_bps;
    await until('its speed is seen', async () => (await speed()) === 1e9);
    await restart();
    await netwatch.hears('switch.restarted switch/renegotiated');
    portOf('gi1').setSpeed(100);
    await netwatch.hears('port.speed-changed port/renegotiated/gi1');
    await looks('renegotiated', 12);
    expect(await said('renegotiated')).toEqual([
      'switch.restarted switch/renegotiated',
      'port.speed-changed port/renegotiated/gi1',
    ]);
    const [restarted, changed] = await Promise.all([
      netwatch.times('switch.restarted', 'switch/renegotiated'),
      netwatch.times('port.speed-changed', 'port/renegotiated/gi1'),
    ]);
    // The quiet time begins with the look that saw the restart, which is told later.
    expect(changed.told - restarted.told).toBeGreaterThan(quietMs / 2);
  });

  it('that numbers its ports anew at a restart keeps their ids and says nothing of them; rates begin anew', async () => {
    const sim = switchOf('renumbered');
    await until('there are rates', async () => isAbout(await rate('renumbered', 'gi1'), 8e6));
    const renumber = new Map([
      ['gi1', 2],
      ['gi2', 1],
      ['gi3', 7],
    ]);
    await sim.restart({ renumber });
    await until('their numbers are seen', async () => {
      const seen = await netwatch.ports('renumbered');
      return seen.every(({ id, ifIndex }) => renumber.get(id) === ifIndex);
    });
    await until('there are rates again', async () => {
      const wanted = { gi1: 8e6, gi2: 1.6e6, gi3: 4e6 };
      const seen = await Promise.all(Object.keys(wanted).map((port) => rate('renumbered', port)));
      return Object.values(wanted).every((bps, i) => isAbout(seen[i] ?? 0, bps));
    });
    await looks('renumbered', 20);
    sim.portOf('gi1').unplug();
    await netwatch.hears('port.down port/renumbered/gi1');
    expect(await said('renumbered')).toEqual([
      'switch.restarted switch/renumbered',
      'port.down port/renumbered/gi1',
    ]);
  });

  it('that restarts and whose list cannot be read at once is not judged by its old numbers', async () => {
    const sim = switchOf('unlisted');
    sim.portOf('gi2').unplug();
    await netwatch.hears('port.down port/unlisted/gi2');
    // Its state is read, but no answer comes that has a name in it.
    sim.faults.malformed = (answer) => (Buffer.from(answer).includes('gi1') ? undefined : answer);
    await sim.restart({
      renumber: new Map([
        ['gi1', 2],
        ['gi2', 1],
      ]),
    });
    await netwatch.hears('switch.restarted switch/unlisted');
    await looks('unlisted', 4);
    sim.faults.malformed = undefined;
    await until('their numbers are seen', async () => (await netwatch.port('unlisted/gi1'))?.ifIndex === 2);
    await looks('unlisted', 20);
    expect(await said('unlisted')).toEqual([
      'port.down port/unlisted/gi2',
      'switch.restarted switch/unlisted',
    ]);
  });

  it('whose sysUpTime wraps has not restarted; one that counts another boot has', async () => {
    const sim = switchOf('wrapping');
    sim.setUptime(2 ** 32 - 50);
    await until('it wrapped', async () => ((await netwatch.switch('wrapping'))?.uptime_s ?? 1e9) < 1_000);
    await looks('wrapping', 3);
    expect(await said('wrapping')).toEqual([]);
    sim.setEngine({ boots: 2 });
    await netwatch.hears('switch.restarted switch/wrapping');
    expect(await said('wrapping')).toEqual(['switch.restarted switch/wrapping']);
  });

  it('that loses a module: ports with a role are down, of the others nothing is known or said', async () => {
    const sim = switchOf('modular');
    for (const name of ['gi2', 'gi3', 'gi4']) sim.removePort(name);
    await netwatch.hears('port.down port/modular/gi2');
    expect((await netwatch.ports('modular')).map(({ id, state }) => `${id} ${state}`)).toEqual([
      'gi1 up',
      'gi2 down',
    ]);
    sim.addPort({ name: 'gi2', index: 12 });
    sim.addPort({ name: 'gi4', index: 14 });
    await netwatch.hears('port.up port/modular/gi2');
    expect((await netwatch.ports('modular')).map(({ id, state }) => `${id} ${state}`)).toEqual([
      'gi1 up',
      'gi2 up',
      'gi4 up',
    ]);
    expect(await said('modular')).toEqual(['port.down port/modular/gi2', 'port.up port/modular/gi2']);
  });
});

describe.concurrent('a port', () => {
  it('at another speed says so, once, between two ups', async () => {
    const port = switchOf('speedy').portOf('gi1');
    const speed = async () => (await netwatch.port('speedy/gi1'))?.speed_bps;
    await until('its speed is seen', async () => (await speed()) === 1e9);
    port.unplug();
    port.setSpeed(0);
    await netwatch.hears('port.down port/speedy/gi1');
    await looks('speedy', 12);
    port.setSpeed(100);
    port.plug();
    await netwatch.hears('port.speed-changed port/speedy/gi1');
    await netwatch.hears('port.up port/speedy/gi1');
    await looks('speedy', 12);
    const lines = (await said('speedy')).map((line) => line.split(' ')[0]);
    expect(lines.sort()).toEqual(['port.down', 'port.speed-changed', 'port.up']);
    expect((await netwatch.last('port.speed-changed', 'port/speedy/gi1'))?.data).toEqual({
      switch: 'speedy',
      port: 'gi1',
      from_bps: 1e9,
      to_bps: 1e8,
    });
  });

  it('with many errors says so once a day', async () => {
    const port = switchOf('dirty').portOf('gi1');
    await until('it was counted', async () => (await netwatch.port('dirty/gi1'))?.in_bps !== undefined);
    port.addTraffic({ inErrors: 90, inUcastPkts: 1_000 });
    await looks('dirty', 12);
    expect(await said('dirty')).toEqual([]);
    port.addTraffic({ inErrors: 110, inUcastPkts: 1_000 });
    await netwatch.hears('port.errors-rising port/dirty/gi1');
    expect((await netwatch.last('port.errors-rising', 'port/dirty/gi1'))?.data).toEqual({
      switch: 'dirty',
      port: 'gi1',
      errors: 200,
      packets: 2_000,
    });
    port.addTraffic({ inErrors: 500 });
    await looks('dirty', 12);
    expect(await said('dirty')).toEqual(['port.errors-rising port/dirty/gi1']);
  });

  it('that goes up and down says that once, and is one incident meanwhile', async () => {
    const sim = switchOf('flapping');
    await sim.flap('gi1', { everyMs: 500, times: 6 });
    await netwatch.hears('port.flapping port/flapping/gi1');
    await until('it is up', async () => (await netwatch.port('flapping/gi1'))?.state === 'up');
    expect(await said('flapping')).toEqual([
      'port.down port/flapping/gi1',
      'port.flapping port/flapping/gi1',
    ]);
    const { incident } = (await netwatch.port('flapping/gi1')) ?? {};
    expect(await netwatch.port('flapping/gi1')).toMatchObject({ state: 'up', flapping: true });
    expect(await netwatch.incident(incident ?? '')).toMatchObject({
      state: 'open',
      root: 'port/flapping/gi1',
    });
  });

  it('with the role ignore says nothing', async () => {
    const sim = switchOf('ignored');
    sim.portOf('gi1').unplug();
    sim.portOf('gi2').unplug();
    await netwatch.hears('port.down port/ignored/gi2');
    expect(await netwatch.port('ignored/gi1')).toMatchObject({ state: 'down', oper: 'down' });
    expect(await said('ignored')).toEqual(['port.down port/ignored/gi2']);
  });

  it('with a role is an incident, of which start and end are those of its looks', async () => {
    const port = switchOf('important').portOf('gi1');
    port.unplug();
    await netwatch.hears('port.down port/important/gi1');
    const { incident = '' } = (await netwatch.port('important/gi1')) ?? {};
    expect(await netwatch.incident(incident)).toMatchObject({
      core: true,
      root: 'port/important/gi1',
      members: [{ thing: 'port/important/gi1', state: 'down', core: true }],
    });
    port.plug();
    await netwatch.hears(`incident.closed incident/${incident}`);
    const [down, up, closed] = await Promise.all([
      netwatch.times('port.down', 'port/important/gi1'),
      netwatch.times('port.up', 'port/important/gi1'),
      netwatch.times('incident.closed', `incident/${incident}`),
    ]);
    expect(closed).toMatchObject({ since: down.since, until: up.since });
    // The 3 s that it had to be up are no part of it.
    expect(closed.told - up.since).toBeGreaterThanOrEqual(3_000);
  });

  it('that settings name by its number has its role and its incident also if netwatch starts while it is missing', async ({
    onTestFinished,
  }) => {
    const own = await tempSite('missing');
    const sim = await startSwitchSimulator({ credentials: { communities: ['public'] }, ports: portsOf(2) });
    const settings = { switches: [switchAt(sim.port, { ports: roles({ 2: 'uplink' }) })] };
    const start = () => startNetwatch({ site: own, settings });
    let running = await start();
    onTestFinished(async () => {
      await running.close();
      await Promise.all([sim.close(), own.remove()]);
    });
    const isUp = async () => (await running.port('sw1/gi2'))?.state === 'up';
    await until('it is up', isUp);
    sim.removePort('gi2');
    await running.hears('port.down port/sw1/gi2');
    const { incident } = (await running.port('sw1/gi2')) ?? {};
    await running.close();
    running = await start();
    await until('it is missing', async () => (await running.port('sw1/gi2'))?.state === 'down');
    expect(await running.port('sw1/gi2')).toMatchObject({ oper: 'not-present', role: 'uplink', incident });
    sim.addPort({ name: 'gi2', index: 2 });
    await until('it is up', isUp);
    await running.hears(`incident.closed incident/${incident}`);
  });

  it('without a role has events and no incident', async () => {
    switchOf('plain').portOf('gi1').unplug();
    await netwatch.hears('port.down port/plain/gi1');
    expect(await netwatch.port('plain/gi1')).not.toHaveProperty('incident');
    switchOf('plain').portOf('gi1').setAdmin('down');
    await until('it is no fault', async () => (await netwatch.port('plain/gi1'))?.state === 'unknown');
    expect(await said('plain')).toEqual(['port.down port/plain/gi1']);
  });
});

it('warns of nothing but a port that settings depend on and its switch never had, once', () => {
  expect(netwatch.warnings()).toEqual([
    expect.objectContaining({ switch: 'speedy', ports: ['port/speedy/gi9'] }),
  ]);
});
