import { pause, systemClock } from '@huismeester/clock';
import { type SwitchSimulator, startSwitchSimulator } from '@huismeester/simulators';
import {
  type DaemonName,
  freeUdpPort,
  runSnmpTool,
  skipWithout,
  snmpUser,
  snmpUserOptions,
  type TestSite,
  tempSite,
  withSnmpOption,
} from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNetwatch, switchAt, type TestNetwatch, until } from './netwatch.ts';

const { name: user, auth, priv } = snmpUser;
const ports = Array.from({ length: 12 }, (_, i) => ({ name: `gi${i + 1}` }));
/** Each has an address of its own, by which its traps are told apart. */
const hosts = {
  old: '127.0.0.2',
  new: '127.0.0.3',
  stormy: '127.0.0.4',
  restarting: '127.0.0.5',
  warm: '127.0.0.6',
};
type Id = keyof typeof hosts;
const plain = ['-v2c', '-cc0mmunity'];
const v1 = ['-v1', '-cc0mmunity'];
const engine = '-e0x8000000001020304';

describe.skipIf(skipWithout('snmptrap', 'snmpinform'))('traps, with a look an hour', () => {
  let site: TestSite;
  let netwatch: TestNetwatch;
  let trapPort: number;
  const switches = new Map<string, SwitchSimulator>();
  beforeAll(async () => {
    [site, trapPort] = await Promise.all([tempSite('traps'), freeUdpPort()]);
    const traps = { host: '127.0.0.1', port: trapPort, version: '2c', community: 'c0mmunity' } as const;
    for (const [id, host] of Object.entries(hosts)) {
      const users = [snmpUser];
      const made = await startSwitchSimulator({
        host,
        ports,
        upTicks: 8_640_000,
        credentials: { communities: ['c0mmunity'], users },
        traps: { ...traps, automatic: id === 'restarting' },
      });
      switches.set(id, made);
    }
    const settings = [...switches].map(([id, { host, port }]) => {
      const snmp =
        id === 'new' ? { version: 3, user, auth, priv } : { version: '2c', community: 'c0mmunity' };
      return switchAt(port, { id, host, snmp, poll: '1h', counters: '1h' });
    });
    netwatch = await startNetwatch({
      site,
      settings: { switches: settings, traps: { host: '127.0.0.1', port: trapPort } },
    });
    await until('all ports are seen', async () => {
      const seen = await Promise.all([...switches.keys()].map(netwatch.ports));
      return seen.every((each) => each.length > 0 && each.every(({ state }) => state === 'up'));
    });
  });
  afterAll(async () => {
    await netwatch.close();
    await Promise.all([...switches.values()].map((each) => each.close()));
    await site.remove();
  });

  const switchOf = (id: Id): SwitchSimulator => {
    const found = switches.get(id);
    if (!found) throw new Error(`no switch ${id}`);
    return found;
  };
  const send = (by: DaemonName, options: readonly string[], values: readonly string[], from: string) =>
    runSnmpTool(by, [...options, `--clientaddr=${from}`, `127.0.0.1:${trapPort}`, ...values]);
  const index = (n: number) => [`1.3.6.1.2.1.2.2.1.1.${n}`, 'i', String(n)];
  const linkDown = (n: number) => ['', '1.3.6.1.6.3.1.1.5.3', ...index(n)];
  const said = async (id: Id) => (await netwatch.lines()).filter((line) => line.includes(`/${id}`));
  /** Outcomes of what came in, by name. */
  const counts = async (): Promise<Record<string, number>> => {
    const text = await (await fetch(`${netwatch.running.url}/metrics`)).text();
    const found = [...text.matchAll(/^huismeester_traps_total\{.*outcome="([^"]+)".*\} (\d+)$/gm)];
    return Object.fromEntries(found.map(([, outcome = '', count]) => [outcome, Number(count)]));
  };

  it.each<[string, Id, number, DaemonName, readonly string[]]>([
    ['a trap of v1', 'old', 1, 'snmptrap', v1],
    ['a trap of v2c', 'old', 2, 'snmptrap', plain],
    ['an inform of v2c', 'old', 3, 'snmpinform', plain],
    ['a trap of v3', 'new', 4, 'snmptrap', [...snmpUserOptions, engine]],
    ['an inform of v3', 'new', 5, 'snmpinform', snmpUserOptions],
  ])('has a port down seen long before the next look at its switch: %s', async (_, id, n, by, options) => {
    const values = options === v1 ? ['', '', '2', '0', '', ...index(n)] : linkDown(n);
    switchOf(id).portOf(`gi${n}`).unplug();
    const unpluggedAt = Date.now();
    await send(by, options, values, hosts[id]);
    await netwatch.hears(`port.down port/${id}/gi${n}`);
    const { told } = await netwatch.times('port.down', `port/${id}/gi${n}`);
    // How soon it is on a quiet machine is in the benchmarks.
    expect(told - unpluggedAt).toBeLessThan(60_000);
  });

  it.each([
    ['says that it is up', 6, { operStatus: 1 }],
    ['has no ifOperStatus', 7, { operStatus: 'left-out' }],
  ] as const)('a linkDown that %s, 400 ms early: one port.down, by the look', async (_, n, options) => {
    const { trap, portOf } = switchOf('old');
    trap('linkDown', `gi${n}`, options);
    // The agent's table is behind its traps.
    await pause(systemClock, 400);
    portOf(`gi${n}`).unplug();
    await netwatch.hears(`port.down port/old/gi${n}`);
    expect((await said('old')).filter((line) => line.endsWith(`/gi${n}`))).toHaveLength(1);
  });

  it('a linkDown that the table contradicts for 1.5 s says nothing', async () => {
    const { trap, requests } = switchOf('old');
    const before = requests.getBulk;
    const lines = await said('old');
    trap('linkDown', 'gi8');
    await until('it was looked at four times', () => requests.getBulk >= before + 4);
    expect(await said('old')).toEqual(lines);
    expect(requests.getBulk).toBeLessThan(before + 8);
  });

  it('a linkUp has the port seen up, after its 3 s', async () => {
    const port = switchOf('old').portOf('gi2');
    port.plug();
    await send('snmptrap', plain, ['', '1.3.6.1.6.3.1.1.5.4', ...index(2)], hosts.old);
    await netwatch.hears('port.up port/old/gi2');
  });

  it('a coldStart has the restart seen', async () => {
    await switchOf('restarting').restart();
    await netwatch.hears('switch.restarted switch/restarting');
    expect(await said('restarting')).toEqual([
      'switch.reachable switch/restarting',
      'switch.restarted switch/restarting',
    ]);
  });

  it('a warmStart has the restart seen', async () => {
    await switchOf('warm').restart();
    await send('snmptrap', plain, ['', '1.3.6.1.6.3.1.1.5.2'], hosts.warm);
    await netwatch.hears('switch.restarted switch/warm');
  });

  it('of others, and with a wrong community or key, are counted and cause no look', async () => {
    const { requests } = switchOf('new');
    const asked = () => requests.get + requests.getBulk + requests.getNext;
    const [before, beforeCounts] = [asked(), await counts()];
    const tried = 'what-was-tried';
    await send('snmptrap', ['-v2c', `-c${tried}`], linkDown(9), hosts.new);
    await send('snmptrap', plain, linkDown(9), hosts.new);
    await send('snmptrap', plain, linkDown(9), '127.0.0.9');
    await send('snmptrap', [...snmpUserOptions, engine], linkDown(9), '127.0.0.9');
    await send('snmptrap', [...withSnmpOption('-u', tried), engine], linkDown(9), hosts.new);
    await send('snmptrap', [...withSnmpOption('-A', tried), engine], linkDown(9), hosts.new);
    await send('snmptrap', [...withSnmpOption('-X', tried), engine], linkDown(9), hosts.new);
    const grown = async () => {
      const now = await counts();
      return Object.fromEntries(Object.entries(now).map(([key, n]) => [key, n - (beforeCounts[key] ?? 0)]));
    };
    await until('all are counted', async () => (await grown())['wrong-user'] === 3);
    expect(await grown()).toMatchObject({
      'wrong-community': 2,
      'unknown-sender': 2,
      'wrong-user': 3,
      taken: 0,
    });
    expect(asked()).toBe(before);
    for (const secret of [tried, 'c0mmunity', auth.password, priv.password])
      expect(netwatch.logged()).not.toContain(secret);
  });

  it('authenticationFailure is counted and causes no look', async () => {
    const { requests } = switchOf('new');
    const before = requests.getBulk;
    await send('snmptrap', [...snmpUserOptions, engine], ['', '1.3.6.1.6.3.1.1.5.5'], hosts.new);
    await until('it is counted', async () => (await netwatch.switch('new'))?.traps.refused === 1);
    expect(requests.getBulk).toBe(before);
  });

  it('a storm of them is bounded', async () => {
    const { storm, requests, portOf, trap } = switchOf('stormy');
    const before = requests.getBulk;
    const beganMs = performance.now();
    const sent = await storm(500, 2);
    const traps = async () => (await netwatch.switch('stormy'))?.traps ?? { taken: 0, dropped: 0 };
    await until('many were dropped', async () => (await traps()).dropped > 100);
    const seconds = Math.ceil((performance.now() - beganMs) / 1000) + 1;
    const { taken, dropped } = await traps();
    expect(taken + dropped).toBeLessThanOrEqual(sent);
    expect(taken).toBeLessThanOrEqual(10 * seconds);
    // A look for each that was taken, and those that follow the last.
    expect(requests.getBulk - before).toBeLessThanOrEqual(taken + 10);
    portOf('gi1').unplug();
    await until('a trap is taken', async () => {
      trap('linkDown', 'gi1');
      return (await said('stormy')).includes('port.down port/stormy/gi1');
    });
  });

  it('warns of nothing', () => {
    expect(netwatch.warnings()).toEqual([]);
  });
});
