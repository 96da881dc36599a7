import { createSocket } from 'node:dgram';
import {
  type DaemonName,
  runSnmpTool,
  skipWithout,
  snmpUser,
  snmpUserOptions,
  waitFor,
  withSnmpOption,
} from '@huismeester/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHeader } from '../src/header.ts';
import {
  createTrapReceiver,
  type SnmpTrap,
  type TrapCounts,
  type TrapReceiver,
  type TrapSource,
} from '../src/index.ts';
import { datagramOf } from './datagram.ts';

const { name: user, auth, priv } = snmpUser;
const sources: TrapSource[] = [
  { id: 'old', addresses: ['127.0.0.1', '::1'], credentials: { version: '2c', community: 'c0mmunity' } },
  { id: 'new', addresses: ['127.0.0.3', '127.0.0.1'], credentials: { version: '3', user, auth, priv } },
  { id: 'other', addresses: ['127.0.0.4'], credentials: { version: '2c', community: 'another' } },
];
const engine = '-e0x8000000001020304';
const linkDown = ['', '1.3.6.1.6.3.1.1.5.3', '1.3.6.1.2.1.2.2.1.1.12', 'i', '12'];
const nothing: TrapCounts = {
  taken: 0,
  'unknown-sender': 0,
  'wrong-community': 0,
  'wrong-user': 0,
  malformed: 0,
  'socket-error': 0,
};

describe.skipIf(skipWithout('snmptrap', 'snmpinform')).each(['::', '127.0.0.1'])('bound to %s', (host) => {
  let receiver: TrapReceiver;
  let traps: SnmpTrap[];
  beforeEach(async () => {
    traps = [];
    receiver = await createTrapReceiver({
      host,
      port: 0,
      sources,
      onTrap: (trap) => traps.push(trap),
    });
  });
  afterEach(() => receiver.close());

  const send = (by: DaemonName, options: string[], values = linkDown, from = '127.0.0.1') =>
    runSnmpTool(by, [...options, `--clientaddr=${from}`, `127.0.0.1:${receiver.port}`, ...values]);
  const sent = async (count: number) => {
    const counted = () => Object.values(receiver.counts()).reduce((one, other) => one + other);
    await waitFor(`${count} datagrams are counted`, () => counted() >= count);
  };

  it('takes traps of v1, v2c and v3 from their sources', async () => {
    await send('snmptrap', ['-v2c', '-cc0mmunity']);
    await send('snmptrap', ['-v1', '-cc0mmunity'], ['', '', '3', '0', '', '1.3.6.1.2.1.2.2.1.8.9', 'i', '1']);
    await send('snmptrap', [...snmpUserOptions, engine]);
    await send('snmptrap', [...snmpUserOptions, engine], ['', '1.3.6.1.6.3.1.1.5.1'], '127.0.0.3');
    await send('snmptrap', ['-v2c', '-canother'], linkDown, '127.0.0.4');
    await sent(5);
    expect(traps).toEqual([
      { source: 'old', kind: 'link-down' },
      { source: 'old', kind: 'link-up' },
      { source: 'new', kind: 'link-down' },
      { source: 'new', kind: 'cold-start' },
      { source: 'other', kind: 'link-down' },
    ]);
    expect(receiver.counts()).toEqual({ ...nothing, taken: 5 });
  });

  it('takes informs, and acknowledges them: snmpinform fails without', async () => {
    await send('snmpinform', ['-v2c', '-cc0mmunity', '-r0', '-t5']);
    await send('snmpinform', [...snmpUserOptions, '-r0', '-t5']);
    await sent(2);
    expect(traps.map(({ source }) => source)).toEqual(['old', 'new']);
    expect(receiver.counts()).toEqual({ ...nothing, taken: 2 });
  });

  it('refuses the rest, by reason', async () => {
    await send('snmptrap', ['-v2c', '-canother']);
    await send('snmptrap', ['-v1', '-canother'], ['', '', '3', '0', '']);
    await send('snmptrap', ['-v2c', '-cc0mmunity'], linkDown, '127.0.0.3');
    await send('snmptrap', ['-v2c', '-cc0mmunity'], linkDown, '127.0.0.2');
    await send('snmptrap', [...snmpUserOptions, engine], linkDown, '127.0.0.2');
    await send('snmptrap', [...snmpUserOptions, engine], linkDown, '127.0.0.4');
    await send('snmptrap', [...withSnmpOption('-u', 'another'), engine], linkDown, '127.0.0.3');
    await send('snmptrap', [...withSnmpOption('-A', 'another password'), engine], linkDown, '127.0.0.3');
    await send('snmptrap', [...withSnmpOption('-X', 'another password'), engine], linkDown, '127.0.0.3');
    await send('snmptrap', ['-v3', '-usw', '-lnoAuthNoPriv', engine], linkDown, '127.0.0.3');
    await send('snmptrap', [...withSnmpOption('-l', 'authNoPriv'), engine], linkDown, '127.0.0.3');
    await sent(11);
    expect(traps).toEqual([]);
    const counts = { 'wrong-community': 3, 'unknown-sender': 2, 'wrong-user': 6 };
    expect(receiver.counts()).toEqual({ ...nothing, ...counts });
  });

  it('refuses informs that are not authenticated, without an acknowledgement', async () => {
    const options = ['-v3', '-usw', '-lnoAuthNoPriv', '-r0', '-t1'];
    await expect(send('snmpinform', options)).rejects.toThrow();
    expect(traps).toEqual([]);
    expect(receiver.counts()['wrong-user']).toBeGreaterThan(0);
  });

  it('takes other sources from now on', async () => {
    const named = sources.map((source) => ({ ...source, addresses: ['switch.space'] }));
    expect(() => receiver.setSources(named)).toThrow(TypeError);
    await send('snmptrap', ['-v2c', '-cc0mmunity']);
    await sent(1);
    receiver.setSources(sources.slice(1));
    await send('snmptrap', ['-v2c', '-cc0mmunity']);
    await sent(2);
    expect(receiver.counts()).toEqual({ ...nothing, taken: 1, 'wrong-community': 1 });
    await receiver.close();
  });

  it('has the same engine after other sources are set, so that informs go on', async () => {
    const known = await engineIdOf(receiver.port);
    receiver.setSources(sources.map((source) => ({ ...source, addresses: ['127.0.0.1'] })));
    expect(await engineIdOf(receiver.port)).toEqual(known);
  });

  it('lives through malformed datagrams, and takes the next good one', async () => {
    const good = await datagramOf(['-v2c', '-cc0mmunity'], linkDown);
    const good3 = await datagramOf([...snmpUserOptions, engine], linkDown);
    const socket = createSocket('udp4');
    const shoot = (message: Buffer) =>
      new Promise((resolve) => socket.send(message, receiver.port, '127.0.0.1', resolve));
    const heap = process.memoryUsage().heapUsed;
    for (let i = 0; i < 1_000; i += 1) {
      const message = Buffer.from(i % 2 === 0 ? good : good3);
      // Cut short, or changed; not in the length of the whole: that would be noticed at once.
      if (i % 3 === 0) await shoot(message.subarray(0, (i * 7) % message.length));
      else {
        for (let n = 0; n < 4; n += 1)
          message[2 + ((i * 31 + n * 17) % (message.length - 2))] = (i * 13 + n * 101) % 256;
        await shoot(message);
      }
      // The kernel keeps about 250 of them.
      if (i % 100 === 99) await sent(i + 1);
    }
    const before = traps.length;
    await shoot(good);
    await shoot(good3);
    await sent(1_002);
    socket.close();
    expect(traps.slice(before)).toEqual([
      { source: 'old', kind: 'link-down' },
      { source: 'new', kind: 'link-down' },
    ]);
    const { taken, malformed, ...others } = receiver.counts();
    expect(malformed).toBeGreaterThan(200);
    expect(taken + malformed + Object.values(others).reduce((one, other) => one + other)).toBe(1_002);
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(50 * 2 ** 20);
  });
});

/** As who sends an inform of v3 discovers it (RFC 3414 section 4): msgAuthoritativeEngineID of the report. */
async function engineIdOf(port: number): Promise<Buffer> {
  const discovery = Buffer.from(
    '303e020103301102040000000102030' +
      '0ffe30401040201030410300e0400020100020100040004000400' +
      '301404000400a00e0204000000010201000201003000',
    'hex',
  );
  const socket = createSocket('udp4');
  const answer = new Promise<Buffer>((resolve) => socket.once('message', resolve));
  socket.send(discovery, port, '127.0.0.1');
  const header = readHeader(await answer.finally(() => socket.close()));
  return header?.version === '3' ? header.engineId : expect.fail('it answered without an engine');
}

it('says that an address cannot be bound', async () => {
  const options = { host: '127.0.0.1', sources: [], onTrap: () => undefined };
  const first = await createTrapReceiver({ ...options, port: 0 });
  await expect(createTrapReceiver({ ...options, port: first.port })).rejects.toMatchObject({
    name: 'SnmpError',
    code: 'unreachable',
  });
  await first.close();
});
