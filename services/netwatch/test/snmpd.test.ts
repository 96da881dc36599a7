import { readdirSync, readFileSync } from 'node:fs';
import { type Snmpd, skipWithout, startSnmpd, type TestSite, tempSite } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNetwatch, switchAt, type TestNetwatch, until } from './netwatch.ts';

const passwords = { auth: 'the auth password', priv: 'the priv password', other: 'another password' };
const auth = { protocol: 'sha256', password: passwords.auth };
const priv = { protocol: 'aes', password: passwords.priv };
const userOf = (name: string, password: string) => [
  `createUser ${name} SHA-256 "${password}" AES "${passwords.priv}"`,
  `rouser ${name} priv`,
];
const config = (password: string, ...more: string[]) => [
  'rocommunity c0mmunity',
  'engineID huismeester',
  ...userOf('monitor', passwords.auth),
  ...userOf('turned', password),
  ...more,
];
const downAtLo = 'override 1.3.6.1.2.1.2.2.1.8.1 integer 2';
/** The same agent in v2c, in v3, and with a user whose password changes there. */
const ids = ['plain', 'secure', 'turned'] as const;

describe.skipIf(skipWithout('snmpd'))('with snmpd', () => {
  let snmpd: Snmpd;
  let site: TestSite;
  let netwatch: TestNetwatch;
  beforeAll(async () => {
    [snmpd, site] = await Promise.all([startSnmpd({ config: config(passwords.auth) }), tempSite('snmpd')]);
    const ports = { lo: { role: 'core' } };
    const switched = (id: string, snmp: object) => switchAt(snmpd.port, { id, snmp, ports });
    netwatch = await startNetwatch({
      site,
      timing: { quietMs: 2_000 },
      settings: {
        switches: [
          switched('plain', { version: '2c', community: 'c0mmunity' }),
          switched('secure', { version: 3, user: 'monitor', auth, priv }),
          switched('turned', { version: 3, user: 'turned', auth, priv }),
        ],
      },
    });
  });
  afterAll(async () => {
    await netwatch.close();
    await Promise.all([snmpd.close(), site.remove()]);
  });

  const of = async (kind: string) =>
    (await netwatch.lines()).filter((line) => line.startsWith(`${kind}.`)).sort();
  const ofSwitches = () => of('switch');
  const ofPorts = () => of('port');
  const all = (type: string, ...which: readonly string[]) => which.map((id) => `${type} switch/${id}`);

  it('has every port with its name and state', async () => {
    const expected = interfaces();
    for (const id of ids) {
      await netwatch.hears(`switch.reachable switch/${id}`);
      const seen = await until(`the ports of ${id}`, async () => {
        const ports = await netwatch.ports(id);
        return ports.some(({ state }) => state === 'up') && ports;
      });
      expect(seen.map(({ name, ifIndex, state }) => ({ name, ifIndex, state }))).toEqual(expected);
    }
    expect(await netwatch.port('plain/lo')).toMatchObject({ oper: 'up', admin_up: true, role: 'core' });
    await until('all are said', async () => (await ofSwitches()).length === ids.length);
    expect(await ofSwitches()).toEqual(all('switch.reachable', ...ids));
    expect(await ofPorts()).toEqual([]);
  });

  it('is refused where its password is another now, and restarted without a word of its ports', async () => {
    const before = await ofSwitches();
    await snmpd.stop();
    // It has kept the user with the password that it was created with.
    await snmpd.forget();
    await snmpd.start(config(passwords.other));
    for (const id of ['plain', 'secure']) await netwatch.hears(`switch.restarted switch/${id}`);
    await netwatch.hears('switch.refused switch/turned');
    const added = [...all('switch.refused', 'turned'), ...all('switch.restarted', 'plain', 'secure')];
    expect(await ofSwitches()).toEqual([...before, ...added]);
    expect(await netwatch.switch('turned')).toMatchObject({ state: 'unknown', reason: 'wrong-secret' });
    await until('its ports are unknown', async () =>
      (await netwatch.ports('turned')).every(({ state }) => state === 'unknown'),
    );
    expect((await netwatch.ports('secure')).some(({ state }) => state === 'up')).toBe(true);
    expect(await ofPorts()).toEqual([]);
  });

  it('is unreachable once when it is gone, after 6 s at least, and says nothing of its ports', async () => {
    await snmpd.stop();
    for (const id of ids) {
      await netwatch.hears(`switch.unreachable switch/${id}`);
      const { told, since } = await netwatch.times('switch.unreachable', `switch/${id}`);
      expect(told - since).toBeGreaterThanOrEqual(6_000);
    }
    const ports = (await Promise.all(ids.map(netwatch.ports))).flat();
    expect(new Set(ports.map(({ state }) => state))).toEqual(new Set(['unknown']));
    expect(await netwatch.port('plain/lo')).toMatchObject({ because: 'switch/plain' });
    expect(await ofPorts()).toEqual([]);
  });

  it('is back, and only the port that is another than before speaks, when the switch has settled', async () => {
    await snmpd.forget();
    await snmpd.start(config(passwords.auth, downAtLo));
    for (const id of ids) await netwatch.hears(`port.down port/${id}/lo`);
    for (const id of ids) {
      const lines = (await netwatch.lines(`switch/${id}`)).map((line) => line.split(' ')[0]);
      const [first, last] = [
        'switch.reachable',
        ['switch.unreachable', 'switch.restarted', 'switch.reachable'],
      ];
      const between = id === 'turned' ? 'switch.refused' : 'switch.restarted';
      expect(lines).toEqual([first, between, ...last]);
      const spoke = await netwatch.times('port.down', `port/${id}/lo`);
      const back = await netwatch.times('switch.restarted', `switch/${id}`);
      expect(spoke.told - back.told).toBeGreaterThan(1_000);
    }
    expect(await ofPorts()).toEqual(ids.map((id) => `port.down port/${id}/lo`));
    expect(netwatch.warnings()).toEqual([]);
    for (const password of Object.values(passwords)) expect(netwatch.logged()).not.toContain(password);
    expect(netwatch.logged()).not.toContain('c0mmunity');
  });
});

/** This machine's own Ethernet interfaces and `lo`, as the kernel has them: one that is switched off has no state of its own. */
function interfaces(): { name: string; ifIndex: number; state: string }[] {
  const read = (name: string, what: string) => readFileSync(`/sys/class/net/${name}/${what}`, 'utf8').trim();
  return readdirSync('/sys/class/net')
    .filter((name) => name === 'lo' || read(name, 'type') === '1')
    .map((name) => {
      const isOn = (Number(read(name, 'flags')) & 1) === 1;
      const state = !isOn ? 'unknown' : read(name, 'operstate') === 'down' ? 'down' : 'up';
      return { name, ifIndex: Number(read(name, 'ifindex')), state };
    })
    .toSorted((one, other) => one.ifIndex - other.ifIndex);
}
