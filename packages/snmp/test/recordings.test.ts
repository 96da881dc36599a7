import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { systemClock } from '@huismeester/clock';
import { type Snmpsim, skipWithout, startSnmpsim } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSnmpClient, type SnmpValue } from '../src/index.ts';

/** A switch of which Debian's package has a recording. */
const recording = '/usr/share/doc/snmpsim/examples/data/cisco_16_switch.snmprec.gz';
const skip = skipWithout('snmpsimd', 'snmpset') || (!process.env.CI && !existsSync(recording));

const ifEntry = '1.3.6.1.2.1.2.2.1';
const [admin, oper, lastChange, octets] = [7, 8, 9, 10].map((each) => `${ifEntry}.${each}`) as [
  string,
  string,
  string,
  string,
];
const [ifName, ifHcInOctets] = ['1.3.6.1.2.1.31.1.1.1.1', '1.3.6.1.2.1.31.1.1.1.6'];
const sysUpTime = '1.3.6.1.2.1.1.3.0';
const textOf = (value: SnmpValue | undefined) => Buffer.from(value as Uint8Array).toString();

describe.skipIf(skip)('a recorded switch', () => {
  let sim: Snmpsim;
  let lines: string[];
  beforeAll(async () => {
    const cisco = gunzipSync(readFileSync(recording)).toString();
    lines = cisco.split('\n');
    const small = [
      `${sysUpTime}|67|4294967000`,
      `${admin}.3|2|1`,
      `${admin}.2147483650|2|1`,
      `${oper}.3|2:writecache|value=1`,
      `${octets}.3|65|4294900000`,
    ];
    sim = await startSnmpsim({ recordings: { cisco, small: `${small.join('\n')}\n` } });
  });
  afterAll(() => sim.close());

  const clientOf = (community: string, version: '1' | '2c' = '2c') =>
    createSnmpClient({
      host: sim.host,
      port: sim.port,
      credentials: { version, community },
      clock: systemClock,
    });
  /** What is recorded of a column, by index. */
  const recorded = (column: string) =>
    new Map(
      lines
        .filter((line) => line.startsWith(`${column}.`))
        .map((line) => line.split('|'))
        .map(([oid = '', type, value = '']) => [
          oid.slice(column.length + 1),
          type === '4x' ? Buffer.from(value, 'hex').toString() : value,
        ]),
    );

  it('of 59 ports is read in three requests: all columns and the time', async () => {
    const client = clientOf('cisco');
    const { rows, scalars, complete, requests } = await client.columns([admin, oper, lastChange], {
      scalars: [sysUpTime],
      rows: 59,
    });
    expect([requests, complete, scalars]).toEqual([3, [true, true, true], [697_202_257]]);
    for (const [i, column] of [admin, oper, lastChange].entries()) {
      const read = [...rows].map(([index, row]) => [index, String(row[i])]);
      expect(read).toEqual([...recorded(column)]);
    }
    client.close();
  });

  it('has names and 64-bit counters', async () => {
    const client = clientOf('cisco');
    const { rows } = await client.columns([ifName, ifHcInOctets]);
    const names = new Map([...rows].map(([index, [name]]) => [index, textOf(name)]));
    expect(names).toEqual(recorded(ifName));
    // Four of its interfaces have none.
    const counters = [...rows].map(([index, [, counter]]) => [index, counter]);
    expect(counters.filter(([, counter]) => counter === undefined)).toHaveLength(4);
    const expected = [...recorded(ifHcInOctets)].map(([index, counter]) => [index, BigInt(counter)]);
    expect(counters.filter(([, counter]) => counter !== undefined)).toEqual(expected);
    client.close();
  });

  it.each(['1', '2c'] as const)(
    'is read in v%s where a column lacks a row, and an index is above 2^31',
    async (v) => {
      const client = clientOf('small', v);
      const read = () => client.columns([admin, oper, octets], { scalars: [sysUpTime] });
      await sim.set('small', `${oper}.3`, 'i', '1');
      expect(await read()).toMatchObject({ scalars: [4_294_967_000], complete: [true, true, true] });
      await sim.set('small', `${oper}.3`, 'i', '2');
      expect([...(await read()).rows]).toEqual([
        ['3', [1, 2, 4_294_900_000]],
        ['2147483650', [1, undefined, undefined]],
      ]);
      client.close();
    },
  );
});
