import { createSocket } from 'node:dgram';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startSwitchSimulator } from '@huismeester/simulators';
import { skipWithout, snmpUser, snmpUserOptions, waitFor } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { createSnmpClient, createTrapReceiver, type SnmpCredentials, SnmpError } from '../src/index.ts';
import { datagramOf } from './datagram.ts';
import { createGarbler, randomOf } from './garble.ts';
import { createSilence } from './silence.ts';

const count = 10_000;
/** The kernel keeps about 90 large ones. */
const atOnce = 50;
/** 10,000 datagrams that are kept are more; they are not on the heap, but memory of their own. */
const mostGrownBytes = 2 ** 20;
const community: SnmpCredentials = { version: '2c', community: 'c0mmunity' };
const { name, auth, priv } = snmpUser;
const user: SnmpCredentials = { version: '3', user: name, auth, priv };
const versions: [string, SnmpCredentials, string[]][] = [
  ['v2c', community, ['-v2c', '-cc0mmunity']],
  ['v3', user, [...snmpUserOptions, '-e0x8000000001020304']],
];

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** What is in use, the contents of buffers included (`arrayBuffers` is a part of `external`). */
async function usedBytes(): Promise<number> {
  // What finalizers free is free after the next turn of the event loop.
  for (let times = 0; times < 3; times += 1) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe.skipIf(skipWithout('snmptrap')).each(versions)('%s', (_, credentials, options) => {
  it(`${count} malformed packets to the trap port: the next good one is taken, and nothing is kept`, {
    timeout: 300_000,
  }, async () => {
    const garble = createGarbler(4711);
    const values = ['', '1.3.6.1.6.3.1.1.5.3', '1.3.6.1.2.1.2.2.1.1.12', 'i', '12'];
    const good = await datagramOf(options, values);
    const traps: string[] = [];
    const receiver = await createTrapReceiver({
      host: '127.0.0.1',
      port: 0,
      sources: [{ id: 'sw', addresses: ['127.0.0.1'], credentials }],
      onTrap: ({ kind }) => traps.push(kind),
    });
    const socket = createSocket('udp4');
    const shoot = (message: Buffer) =>
      new Promise((resolve) => socket.send(message, receiver.port, '127.0.0.1', resolve));
    const counted = () => Object.values(receiver.counts()).reduce((one, other) => one + other);
    /** What came before a good one was read by then. */
    const taken = async () => {
      const before = traps.length;
      await shoot(good);
      await waitFor('the good one is taken', () => traps.length > before, { everyMs: 5, timeoutMs: 30_000 });
    };
    try {
      const shootUntil = async (enough: number) => {
        // What asks for our engine is counted as nothing, and a busy kernel loses some.
        while (counted() < enough) {
          for (let index = 0; index < atOnce; index += 1) await shoot(garble(good));
          await taken();
        }
      };
      // The first ones run code for the first time.
      await shootUntil(count / 10);
      const used = await usedBytes();
      await shootUntil(count + count / 10);
      expect(receiver.counts().malformed).toBeGreaterThan(count / 4);
      expect(receiver.counts()['socket-error']).toBe(0);
      expect((await usedBytes()) - used).toBeLessThan(mostGrownBytes);
    } finally {
      socket.close();
      await receiver.close();
    }
  });

  it(`${count} malformed answers: each request ends, the next good one counts, and nothing is kept`, {
    timeout: 300_000,
  }, async () => {
    const silence = createSilence();
    const garble = createGarbler(42);
    const random = randomOf(7);
    const simulator = await startSwitchSimulator({
      credentials: { communities: ['c0mmunity'], users: [snmpUser] },
      ports: Array.from({ length: 12 }, (_each, index) => ({ name: `gi${index}` })),
    });
    const { host, port, faults } = simulator;
    const client = createSnmpClient({ host, port, credentials, clock: silence.clock, timeoutMs: 60_000 });
    const read = () => client.columns(['1.3.6.1.2.1.2.2.1.7', '1.3.6.1.2.1.2.2.1.8'], { rows: 12 });
    let garbled = 0;
    // Some are good, so that v3 comes beyond the discovery.
    const malformed = (answer: Uint8Array) => {
      if (random() < 0.3) return answer;
      garbled += 1;
      // No other answer follows: a request that does not take this one times out.
      setImmediate(silence.begins());
      return garble(answer);
    };
    const codes = new Map<string, number>();
    const readGarbled = async (until: number) => {
      faults.malformed = malformed;
      while (garbled < until) {
        const code = await read().then(() => 'read', codeOf);
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
      faults.malformed = undefined;
      expect((await read()).rows.size).toBe(12);
    };
    try {
      await readGarbled(count / 10);
      const used = await usedBytes();
      for (let until = count / 5; until <= count + count / 10; until += count / 10) await readGarbled(until);
      expect((await usedBytes()) - used).toBeLessThan(mostGrownBytes);
      expect([...codes.keys()]).toEqual(expect.arrayContaining(['protocol', 'timeout']));
    } finally {
      client.close();
      await simulator.close();
    }
  });
});

function codeOf(error: unknown): string {
  if (error instanceof SnmpError) return error.code;
  throw error;
}
