import { isDeepStrictEqual } from 'node:util';
import { systemClock } from '@huismeester/clock';
import type { PortResource } from '@huismeester/contracts';
import { type SwitchSimulator, startSwitchSimulator } from '@huismeester/simulators';
import { type TestSite, tempSite } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNetwatch, switchAt, type TestNetwatch, until } from './netwatch.ts';

type Port = Parameters<SwitchSimulator['addPort']>[0];
type Faults = Partial<SwitchSimulator['faults']>;

/** A switch that exists somewhere. Its second port is unplugged in the test. */
interface Oddity {
  readonly ports?: readonly Port[];
  readonly faults?: Faults;
  readonly version?: '1';
  /** Its uptime and counters stand still. */
  readonly stands?: true;
  /** The ids of its ports, with their states. */
  readonly seen: Readonly<Record<string, PortResource['state']>>;
}

const up = 'up' as const;
const three: Port[] = [1, 2, 3].map((n) => ({ name: `Gi1/0/${n}`, descr: `Port ${n}` }));
const many: Port[] = Array.from({ length: 50 }, (_, i) => ({ name: `Gi1/0/${i + 1}` }));
const byName = { 'gi1-0-1': up, 'gi1-0-2': up, 'gi1-0-3': up };
const byDescr = { 'port-1': up, 'port-2': up, 'port-3': up };
const byIndex = { 1: up, 2: up, 3: up };
const allOfMany = Object.fromEntries(many.map((_, i) => [`gi1-0-${i + 1}`, up]));

/** ifTableLastChange.0 follows ifStackTable: of what is asked for there nothing is answered. */
const afterStack = Buffer.from([0x1f, 0x01, 0x05, 0x00]);
function withoutStack(answer: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(answer);
  return bytes.includes(afterStack) && !bytes.includes('Gi1') ? undefined : answer;
}

const oddities = {
  'no-ifname': { faults: { omit: ['ifXTable'] }, seen: byDescr },
  'repeated-ifname': { faults: { repeatNames: ['ifName'] }, seen: byDescr },
  'repeated-ifdescr': { faults: { repeatNames: ['ifDescr'] }, seen: byName },
  'repeated-both': { faults: { repeatNames: ['ifName', 'ifDescr'] }, seen: byIndex },
  'no-names-at-all': { faults: { omit: ['ifXTable', 'ifDescr'] }, seen: byIndex },
  'sparse-index': {
    ports: three.map((port, i) => ({ ...port, index: [7, 2_147_483_650, 4_227_913_000][i] ?? 0 })),
    seen: byName,
  },
  'oper-status-0': {
    ports: three.map((port, i) => (i === 2 ? { ...port, oper: 0 } : port)),
    seen: { ...byName, 'gi1-0-3': 'unknown' },
  },
  'no-ifoperstatus-row': {
    ports: three.map((port, i) => (i === 2 ? { ...port, without: ['ifOperStatus'] } : port)),
    seen: { ...byName, 'gi1-0-3': 'unknown' },
  },
  'switched-off': {
    ports: three.map((port, i) => (i === 2 ? { ...port, admin: 'down' } : port)),
    seen: { ...byName, 'gi1-0-3': 'unknown' },
  },
  'lower-layer-down': {
    ports: three.map((port, i) => (i === 2 ? { ...port, oper: 7 } : port)),
    seen: { ...byName, 'gi1-0-3': 'down' },
  },
  'no-iflastchange': { faults: { omit: ['ifLastChange'] }, seen: byName },
  'no-uptime': { faults: { omit: ['sysUpTime'] }, seen: byName },
  'constant-uptime': { stands: true, seen: byName },
  'v1-alone': { version: '1', seen: byName },
  'too-big-above-10': { ports: many, faults: { tooBigAbove: 10 }, seen: allOfMany },
  'too-big-for-any-bulk': { ports: many, faults: { tooBigAbove: 1 }, seen: allOfMany },
  'silent-above-20': { ports: many, faults: { silentAbove: 20 }, seen: allOfMany },
  'cut-at-13': { ports: many, faults: { truncateAt: { varbinds: 13 } }, seen: allOfMany },
  'descr-loops': { ports: many, faults: { loopColumn: 'ifDescr' }, seen: allOfMany },
  'last-change-steps-back': { ports: many, faults: { stepBackColumn: 'ifLastChange' }, seen: allOfMany },
  'silent-stack-table': { faults: { malformed: withoutStack }, seen: byName },
  late: { faults: { delayMs: 400 }, seen: byName },
  'loses-every-fifth': { faults: { dropEvery: 5 }, seen: byName },
} satisfies Record<string, Oddity>;

const names = Object.keys(oddities) as (keyof typeof oddities)[];
let site: TestSite;
let netwatch: TestNetwatch;
const switches = new Map<string, SwitchSimulator>();

beforeAll(async () => {
  site = await tempSite('oddities');
  const all: Record<string, Oddity> = { ...oddities, 'begins-to-loop': { seen: byName } };
  for (const [id, { ports = three, faults, stands }] of Object.entries(all)) {
    const still = { ...systemClock, monotonicMs: () => 5_000_000 };
    const made = await startSwitchSimulator({
      credentials: { communities: ['public'] },
      ports,
      ...(stands && { clock: still }),
    });
    Object.assign(made.faults, faults);
    switches.set(id, made);
  }
  const settings = [...switches].map(([id, { port }]) => {
    const version = all[id]?.version ?? '2c';
    const snmp = { version, community: 'public' };
    return switchAt(port, { id, snmp, poll: '1s', counters: '1h' });
  });
  netwatch = await startNetwatch({ site, settings: { switches: settings } });
});

afterAll(async () => {
  await netwatch.close();
  await Promise.all([...switches.values()].map((each) => each.close()));
  await site.remove();
});

const switchOf = (id: string): SwitchSimulator => {
  const found = switches.get(id);
  if (!found) throw new Error(`no switch ${id}`);
  return found;
};

/** How many ports of a switch are up. */
const upOf = async (id: string) => (await netwatch.ports(id)).filter(({ state }) => state === 'up').length;

describe.concurrent('a switch with', () => {
  it.each(names)('%s has its ports by lasting ids, and says which goes down', async (id) => {
    const { seen }: Oddity = oddities[id];
    const states = async () =>
      Object.fromEntries((await netwatch.ports(id)).map(({ id: port, state }) => [port, state]));
    await until(`the ports of ${id}`, async () => isDeepStrictEqual(await states(), seen));
    const port = Object.keys(seen)[1] ?? '';
    switchOf(id).ports[1]?.unplug();
    await netwatch.hears(`port.down port/${id}/${port}`);
    const all = (await netwatch.lines()).filter((line) => line.includes(`/${id}`));
    expect(all).toEqual([`switch.reachable switch/${id}`, `port.down port/${id}/${port}`]);
    expect(await states()).toEqual({ ...seen, [port]: 'down' });
  });

  it('a column that begins to loop keeps what is known of its rows', async () => {
    const id = 'begins-to-loop';
    const { faults, requests, portOf } = switchOf(id);
    await until('its ports are up', async () => (await upOf(id)) === 3);
    faults.loopColumn = 'ifOperStatus';
    const before = requests.getBulk;
    portOf('Gi1/0/1').unplug();
    // The loop begins behind the second row.
    await netwatch.hears(`port.down port/${id}/gi1-0-1`);
    await until('it was read again', () => requests.getBulk > before + 3);
    expect(await netwatch.port(`${id}/gi1-0-3`)).toMatchObject({ state: 'up', oper: 'up' });
  });

  it.each([
    ['too-big-above-10', { next: 0 }],
    ['too-big-for-any-bulk', { bulk: 0 }],
  ])('%s is asked for no more than it answers, once that is known', async (id, expected) => {
    const { requests } = switchOf(id);
    await until('its ports are seen', async () => (await upOf(id)) > 40);
    const { getBulk, getNext } = requests;
    await until('more looks', () => requests.getBulk + requests.getNext > getBulk + getNext + 20);
    const asked = { bulk: requests.getBulk - getBulk, next: requests.getNext - getNext };
    expect(asked).toMatchObject(expected);
  });
});

it('warns of nothing', () => {
  expect(netwatch.warnings()).toEqual([]);
});
