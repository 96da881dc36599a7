import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { systemClock } from '@huismeester/clock';
import { handClock, waitFor } from '@huismeester/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SwitchSimulator, type SwitchTrapTarget, startSwitchSimulator } from '../../src/index.ts';
import { decodeMessage } from '../../src/snmp/message.ts';
import type { Varbind } from '../../src/snmp/pdu.ts';
import { openData } from '../../src/snmp/usm.ts';
import { digestFits, localizeUser } from '../../src/snmp/usm-keys.ts';
import { users } from './net-snmp.ts';

/** `1.3.6.1.2.1.1.3.0=100`, of each varbind. */
function texts(varbinds: readonly Varbind[]): string[] {
  return varbinds.map(({ oid, value }) => {
    const shown = 'value' in value ? value.value : value.type;
    return `${oid.join('.')}=${Array.isArray(shown) ? shown.join('.') : String(shown)}`;
  });
}

const upTime = '1.3.6.1.2.1.1.3.0=100';
const trapOid = (last: number) => `1.3.6.1.6.3.1.1.4.1.0=1.3.6.1.6.3.1.1.5.${last}`;
const row = (index: number, admin: number, oper?: number) => [
  `1.3.6.1.2.1.2.2.1.1.${index}=${index}`,
  `1.3.6.1.2.1.2.2.1.7.${index}=${admin}`,
  ...(oper === undefined ? [] : [`1.3.6.1.2.1.2.2.1.8.${index}=${oper}`]),
];

describe('traps of the simulated switch', () => {
  let receiver: Socket;
  let simulator: SwitchSimulator;
  let received: Buffer[];
  const nth = (count: number) => waitFor(`${count} traps`, () => received[count - 1]);

  beforeEach(async () => {
    received = [];
    receiver = createSocket('udp4');
    receiver.on('message', (datagram, { port }) => {
      expect(port).toBe(simulator.port);
      received.push(datagram);
    });
    receiver.bind(0, '127.0.0.1');
    await once(receiver, 'listening');
  });
  afterEach(async () => {
    await simulator.close();
    receiver.close();
  });

  async function start(how: Omit<SwitchTrapTarget, 'host' | 'port'>, clock = handClock()) {
    simulator = await startSwitchSimulator({
      clock,
      upTicks: 100,
      boots: 3,
      credentials: { users },
      ports: [{ name: 'a' }, { name: 'b', index: 50 }],
      traps: { host: '127.0.0.1', port: receiver.address().port, ...how },
    });
    return clock;
  }

  async function community(count: number) {
    const message = decodeMessage(await nth(count));
    if (message.version === '3') throw new Error('a trap of SNMPv3');
    return message;
  }

  it('are of SNMPv2c: by themselves when a port or the switch changes, or by hand', async () => {
    await start({ version: '2c', community: 'traps' });
    const nextIs = async (...varbinds: string[]) => {
      const { version, community: name, pdu } = await community(received.length + 1);
      expect([version, name, pdu.type]).toEqual(['2c', 'traps', 'trap']);
      expect(texts(pdu.varbinds)).toEqual(varbinds);
    };
    const b = simulator.portOf('b');
    b.unplug();
    await nextIs(upTime, trapOid(3), ...row(50, 1, 2));
    b.setAdmin('down');
    b.setOper(1);
    await nextIs(upTime, trapOid(4), ...row(50, 2, 1));
    simulator.trap('linkDown', 'a', { operStatus: 'left-out' });
    await nextIs(upTime, trapOid(3), ...row(1, 1));
    simulator.trap('linkDown', 'a', { operStatus: 1, index: 7 });
    await nextIs(upTime, trapOid(3), ...row(7, 1, 1));
    simulator.trap('authenticationFailure');
    await nextIs(upTime, trapOid(5));
    await simulator.restart();
    await nextIs('1.3.6.1.2.1.1.3.0=0', trapOid(1));
    expect(simulator.trapsSent).toBe(6);
  });

  it('are of SNMPv1', async () => {
    await start({ version: '1' });
    simulator.portOf('a').unplug();
    expect((await community(1)).pdu).toMatchObject({
      type: 'trapV1',
      enterprise: [1, 3, 6, 1, 4, 1, 32_473, 1],
      agentAddress: Buffer.of(127, 0, 0, 1),
      genericTrap: 2,
      specificTrap: 0,
      timestamp: 100,
    });
    await simulator.restart({ kind: 'warmStart' });
    expect((await community(2)).pdu).toMatchObject({ genericTrap: 1, timestamp: 0, varbinds: [] });
  });

  it.each(users)('are of SNMPv3, as $name', async ({ name }) => {
    const clock = await start({ version: '3', user: name });
    clock.advance(2_000);
    simulator.trap('linkUp', 'b');
    const datagram = await nth(1);
    const message = decodeMessage(datagram);
    if (message.version !== '3') throw new Error('no trap of SNMPv3');
    const given = users.find((user) => user.name === name) ?? { name };
    const user = localizeUser(given, simulator.engineId);
    expect(message).toMatchObject({ user: name, boots: 3, time: 2, engineId: simulator.engineId });
    expect(message.flags).toBe((given.auth ? 1 : 0) + (given.priv ? 2 : 0));
    expect(!user.auth || digestFits(user.auth, datagram, message.digest)).toBe(true);
    const varbinds = texts(openData(message, user)?.pdu.varbinds ?? []);
    expect(varbinds).toEqual(['1.3.6.1.2.1.1.3.0=300', trapOid(4), ...row(50, 1, 1)]);
  });

  it('are not sent by themselves when that is not wanted, nor by one that is dead', async () => {
    await start({ version: '2c', automatic: false });
    simulator.portOf('a').unplug();
    await simulator.restart();
    simulator.faults.silent = true;
    simulator.trap('coldStart');
    expect(simulator.trapsSent).toBe(0);
    expect(() => simulator.trap('linkDown', 'x')).toThrow('no port x');
  });

  it('storm, and come from a port that flaps', async () => {
    await start({ version: '2c' }, { ...systemClock, advance: () => undefined });
    expect(await simulator.storm(2_000, 0.1)).toBe(200);
    await nth(200);
    await simulator.flap('a', { everyMs: 1, times: 3 });
    await nth(206);
    const kinds = received.slice(200).map((datagram) => {
      const message = decodeMessage(datagram);
      return message.version === '3' ? '' : texts(message.pdu.varbinds)[1];
    });
    expect(kinds).toEqual([3, 4, 3, 4, 3, 4].map(trapOid));
  });
});
