import { type Clock, createRatedClock, systemClock } from '@huismeester/clock';
import type { SwitchSettings } from '@huismeester/contracts';
import { type SwitchSimulator, startSwitchSimulator } from '@huismeester/simulators';
import { createSnmpClient } from '@huismeester/snmp';
import { afterEach, describe, expect, it } from 'vitest';
import type { Signal } from '../src/core/world.ts';
import type { Memory } from '../src/memory.ts';
import { readCounters } from '../src/switches/if-counters.ts';
import { WatchedSwitch } from '../src/switches/watched-switch.ts';
import { until } from './netwatch.ts';

type Port = Parameters<SwitchSimulator['addPort']>[0];

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function simulate(ports: readonly Port[]): Promise<SwitchSimulator> {
  const sim = await startSwitchSimulator({ credentials: { communities: ['public'] }, ports });
  open.push(sim);
  return sim;
}

interface Options {
  readonly ports: readonly Port[];
  readonly settings?: Partial<SwitchSettings>;
  readonly clock?: Clock;
  readonly timeoutMs?: number;
  readonly faults?: Partial<SwitchSimulator['faults']>;
}

/** Watches a simulated switch, and keeps what it reports. */
async function watch({ ports, settings = {}, clock = systemClock, timeoutMs = 2_000, faults = {} }: Options) {
  const sim = await simulate(ports);
  Object.assign(sim.faults, faults);
  const signals: Signal[] = [];
  const memories: [string, Memory][] = [];
  const seen = { looks: 0 };
  const watched = new WatchedSwitch({
    settings: {
      id: 'sw1',
      host: sim.host,
      port: sim.port,
      snmp: { version: '2c', community: 'public' },
      core: false,
      poweredBy: [],
      dependsOn: [],
      ports: {},
      poll: '50ms',
      counters: '1h',
      ...settings,
    },
    client: createSnmpClient({
      host: sim.host,
      port: sim.port,
      credentials: { version: '2c', community: 'public' },
      timeoutMs,
      clock,
    }),
    timing: { quietMs: 1_000 },
    here: false,
    memories: new Map(),
    said: () => undefined,
    identities: [],
    addIdentities: async () => undefined,
    needed: [],
    neverSeen: () => undefined,
    clock,
    reports: {
      post(more, remembered) {
        signals.push(...more);
        memories.push(...(remembered ?? []));
      },
      looked() {
        seen.looks += 1;
      },
    },
    around: { asked: () => undefined, lost: false },
    seen: () => undefined,
    listed: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  open.push(watched);
  watched.start();
  const looks = async (count: number) => {
    const before = seen.looks;
    await until(`${count} looks`, () => seen.looks >= before + count);
  };
  const sightOf = (thing: string, wanted: string) =>
    signals.find((each) => each.kind === 'sight' && each.thing === thing && each.sight === wanted);
  return { sim, watched, signals, memories, seen, looks, sightOf };
}

/** Answers in which ifHighSpeed is are lost: with them, the counters. */
const highSpeed = Buffer.from([0x2b, 6, 1, 2, 1, 31, 1, 1, 1, 15]);

describe('the state of a switch', () => {
  it('of 57 interfaces, of which 52 are ports, is read with 3 requests', async () => {
    const ports = Array.from({ length: 57 }, (_, i) => ({ name: `gi${i + 1}`, type: i < 52 ? 6 : 53 }));
    const { sim, seen, looks, watched } = await watch({ ports });
    await looks(2);
    const before = { looks: seen.looks, requests: sim.requests.getBulk };
    await looks(10);
    await watched.close();
    expect(watched.ports.size).toBe(52);
    expect((sim.requests.getBulk - before.requests) / (seen.looks - before.looks)).toBeLessThan(3.5);
  });

  it('is told before its counters are read, which may take long', async () => {
    const { sim, looks } = await watch({
      // With fewer of them the answers to other questions run on into these columns.
      ports: Array.from({ length: 30 }, (_, i) => ({ name: `gi${i + 1}` })),
      timeoutMs: 600_000,
      faults: { malformed: (answer) => (Buffer.from(answer).includes(highSpeed) ? undefined : answer) },
    });
    await looks(1);
    await until('the counters are asked for', () => sim.requests.getBulk > 3);
  });

  it('that cannot be read is asked for as often as before once that is known, and its ports are unknown since then', async () => {
    const clock = createRatedClock({ rate: 20 });
    const { sim, looks, sightOf } = await watch({
      ports: [{ name: 'gi1' }],
      settings: { poll: '30s' },
      clock,
    });
    await looks(1);
    sim.faults.silent = true;
    const of = await until('its ports are unknown', () => sightOf('port/sw1/gi1', 'unseen'));
    expect(of).toMatchObject({ since: (sightOf('switch/sw1', 'fails') as { since: unknown }).since });
    const before = sim.requests.lost;
    const ms = clock.monotonicMs();
    await until('20 s went by', () => clock.monotonicMs() > ms + 20_000);
    expect(sim.requests.lost - before).toBeLessThanOrEqual(2);
  });

  it('is stored of a port only when it changed', async () => {
    const { sim, memories, looks, sightOf } = await watch({ ports: [{ name: 'gi1' }] });
    await looks(2);
    sim.portOf('gi1').unplug();
    await until('it is down', () => sightOf('port/sw1/gi1', 'fails'));
    await looks(10);
    expect(memories.filter(([, { flaps }]) => flaps?.times.length)).toHaveLength(1);
  });
});

describe('counters', () => {
  const busy = [{ name: 'gi1', traffic: { inBitsPerSecond: 8e6 } }];

  it('that are answered no more have no rates, and are not asked for at each look', async () => {
    const { sim, watched, seen } = await watch({
      ports: busy,
      settings: { counters: '500ms' },
      timeoutMs: 100,
    });
    const rate = () => [...watched.ports.values()][0]?.rates.in_bps;
    await until('there is a rate', () => rate() !== undefined);
    const lostAt: number[] = [];
    sim.faults.malformed = (answer) => {
      if (!Buffer.from(answer).includes(highSpeed)) return answer;
      lostAt.push(seen.looks);
      return undefined;
    };
    await until('they were asked for twice', () => lostAt.length >= 3);
    expect(rate()).toBeUndefined();
    const [first = 0, , second = 0] = lostAt;
    // As many as come in half a second; on a busy machine that may be two.
    expect(second - first).toBeGreaterThan(1);
    sim.faults.malformed = undefined;
    await until('there is a rate again', () => rate() !== undefined);
  });

  /** Reads them once; `at` counts the answers. */
  async function readOnce(ports: readonly Port[], omit: readonly string[] = []) {
    const sim = await simulate(ports);
    sim.faults.omit = omit;
    sim.ports[0]?.addTraffic({ inUcastPkts: 5, inMulticastPkts: 70, outBroadcastPkts: 900 });
    const { host, port } = sim;
    const credentials = { version: '2c', community: 'public' } as const;
    const client = createSnmpClient({ host, port, credentials, clock: systemClock });
    open.push(client);
    let answers = 0;
    const now = () => {
      answers += 1;
      return { time: answers, ms: answers };
    };
    const wanted = ports.map((_, i) => i + 1);
    const { signal } = new AbortController();
    const read = await readCounters(client, { expected: ports.length, wanted, now, signal });
    return { found: [...read.ports.values()], requests: sim.requests.getBulk };
  }

  it('have the time at which their own table was read', async () => {
    const without = ['ifHCInOctets', 'ifHCOutOctets'];
    const { found } = await readOnce([{ name: 'gi1' }, { name: 'gi2', without }]);
    expect(found.map(({ wide, at }) => [wide, at.ms])).toEqual([
      [true, 1],
      [false, 2],
    ]);
    expect(found.map(({ inOctets }) => inOctets)).toEqual([0n, 0n]);
  });

  it.each([
    ['ifInNUcastPkts', [], 2],
    ['the columns of ifXTable where there is none', ['ifInNUcastPkts', 'ifOutNUcastPkts'], 3],
  ])('have packets to many by %s', async (_, omit, requests) => {
    expect(await readOnce([{ name: 'gi1' }], omit)).toMatchObject({ found: [{ packets: 975 }], requests });
  });

  it('have packets to one receiver alone where no others are counted', async () => {
    const casts = ['In', 'Out'].flatMap((way) => [
      `if${way}NUcastPkts`,
      `ifHC${way}MulticastPkts`,
      `ifHC${way}BroadcastPkts`,
    ]);
    expect(await readOnce([{ name: 'gi1' }], casts)).toMatchObject({ found: [{ packets: 5 }] });
  });

  it('have no speed above what ifSpeed can say', async () => {
    const ports = [{ name: 'te1', speedMbps: 10_000 }];
    expect((await readOnce(ports)).found[0]?.speed_bps).toBe(1e10);
    const [found] = (await readOnce(ports, ['ifHighSpeed'])).found;
    expect([found?.speed_bps, found?.isTooFast]).toEqual([undefined, true]);
    expect((await readOnce([{ name: 'gi1' }], ['ifXTable'])).found[0]?.speed_bps).toBe(1e9);
  });
});
