import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createRatedClock } from '@huismeester/clock';
import { createLogger } from '@huismeester/service';
import { type SwitchSimulator, startSwitchSimulator } from '@huismeester/simulators';
import { collectLines, freeUdpPort } from '@huismeester/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTraps, type Traps } from '../src/traps.ts';
import { until } from './netwatch.ts';

const hanging = () => new Promise<never>(() => undefined);
const snmp = { version: '2c' as const, community: 'public' };

/** Seconds of its clock are milliseconds. */
function trapsAt(port: number, names: Map<string, string>, hosts: readonly string[]) {
  const taken: string[] = [];
  const switches = hosts.map((host, index) => ({
    settings: { id: `sw${index}`, host, snmp },
    hints: { take: () => taken.push(host) },
    authenticationFailures: 0,
  }));
  let lookUps = 0;
  const lookUp = async (name: string) => {
    lookUps += 1;
    if (name === 'hanging.space') return hanging();
    const address = names.get(name);
    if (address === undefined) throw new Error('EAI_AGAIN');
    return [address];
  };
  const logged = collectLines();
  const logger = createLogger({ level: 'debug', destination: logged.stream });
  const settings = { host: '127.0.0.1', port };
  const clock = createRatedClock({ rate: 1_000 });
  const traps = createTraps({
    settings,
    switches,
    clock,
    logger,
    lookUp,
  });
  return { traps, taken, clock, lookUps: () => lookUps, logged: () => logged.lines() };
}

describe('traps of switches that are named', () => {
  let port: number;
  let senders: SwitchSimulator[];
  let traps: Traps | undefined;
  beforeEach(async () => {
    port = await freeUdpPort();
    senders = await Promise.all(
      ['127.0.0.2', '127.0.0.3', '127.0.0.4'].map((host) =>
        startSwitchSimulator({
          host,
          ports: [{ name: 'gi1' }],
          credentials: { communities: ['public'] },
          traps: { host: '127.0.0.1', port, version: '2c', community: 'public', automatic: false },
        }),
      ),
    );
  });
  afterEach(async () => {
    await traps?.close();
    await Promise.all(senders.map((each) => each.close()));
  });
  /** Sends traps from that sender until one is taken as that of the host. */
  const takes = (from: number, host: string, taken: string[]) => {
    taken.length = 0;
    return until(`a trap of ${host} is taken`, () => {
      senders[from]?.trap('coldStart');
      return taken.includes(host);
    });
  };

  it('are taken once the name is resolved, as long as it is not, and from its new address', async () => {
    const names = new Map<string, string>();
    const { taken, ...made } = trapsAt(port, names, ['hanging.space', 'switch.space', '127.0.0.4']);
    traps = made.traps;
    traps.start();
    await takes(2, '127.0.0.4', taken);
    senders[0]?.trap('coldStart');
    await until('it is refused', () => (traps?.counts()?.['unknown-sender'] ?? 0) > 0);
    names.set('switch.space', '127.0.0.2');
    await takes(0, 'switch.space', taken);
    names.delete('switch.space');
    const before = made.lookUps();
    await until('it was looked up several times', () => made.lookUps() > before + 3);
    await takes(0, 'switch.space', taken);
    names.set('switch.space', '127.0.0.3');
    await takes(1, 'switch.space', taken);
    expect(made.logged()).toEqual([]);
  });

  it('are taken as soon as the address can be bound; until then it is a problem, and said once', async () => {
    const other = createSocket('udp4').bind(port, '127.0.0.1');
    await once(other, 'listening');
    const { taken, ...made } = trapsAt(port, new Map(), ['127.0.0.2']);
    traps = made.traps;
    traps.start();
    await until('it is a problem', () => traps?.problem() !== undefined);
    expect(traps.problem()).toMatch(/cannot be received at 127\.0\.0\.1:\d+: .*EADDRINUSE.*trying again/);
    const failedMs = made.clock.monotonicMs();
    await until('it was tried several times', () => made.clock.monotonicMs() > failedMs + 200_000);
    other.close();
    await takes(0, '127.0.0.2', taken);
    expect(traps.problem()).toBeUndefined();
    expect(made.logged()).toHaveLength(1);
  });

  it('do not hold up the end while a name hangs', async () => {
    const { traps: made } = trapsAt(port, new Map(), ['hanging.space']);
    made.start();
    await until('it receives', () => made.counts() !== undefined);
    await made.close();
  });
});
