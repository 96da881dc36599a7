import { handClock, skipWithout, waitFor } from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type SwitchSimulator, startSwitchSimulator } from '../../src/index.ts';
import { type Asking, ask, ifTable, ifXTable, impatient, logins, systemOid, users } from './net-snmp.ts';

const names = `${ifTable}.2`;
const bulk = (repetitions: number) => `-Cr${repetitions} ${names}`;

describe.skipIf(skipWithout('snmpget'))('a simulated switch that does wrong', () => {
  const clock = handClock();
  let simulator: SwitchSimulator;
  let healthy: SwitchSimulator['faults'];
  const walk = (what: string, more: Asking = {}) => ask(simulator, what, { tool: 'snmpbulkwalk', ...more });
  const once = (what: string) => ask(simulator, what, { tool: 'snmpbulkget' });
  const get = (what = `${systemOid}.5.0`, more: Asking = {}) => ask(simulator, what, more);
  const timedOut = async () => (await get(undefined, impatient)).join(' ').includes('Timeout');

  beforeAll(async () => {
    simulator = await startSwitchSimulator({
      clock,
      credentials: { communities: ['public'], users },
      ports: Array.from({ length: 30 }, (_, place) => ({ name: `p${place + 1}` })),
    });
    healthy = { ...simulator.faults };
  });
  afterEach(() => {
    Object.assign(simulator.faults, healthy);
  });
  afterAll(() => simulator.close());

  it('answers tooBig with no varbinds above so many repetitions', async () => {
    simulator.faults.tooBigAbove = 10;
    expect((await walk(bulk(11))).join(' ')).toMatch(/\(tooBig\)/);
    expect(await walk(bulk(10))).toHaveLength(30);
    expect(await ask(simulator, names, { tool: 'snmpwalk' })).toHaveLength(30);
  });

  it('is silent above so many repetitions', async () => {
    simulator.faults.silentAbove = 20;
    expect((await walk(bulk(21), impatient)).join(' ')).toMatch(/Timeout/);
    expect(await walk(bulk(20))).toHaveLength(30);
  });

  it('cuts a long answer to so many varbinds or bytes; a GET is too big then', async () => {
    simulator.faults.truncateAt = { varbinds: 4 };
    expect(await once(bulk(20))).toHaveLength(4);
    expect(await walk(bulk(20))).toHaveLength(30);
    simulator.faults.truncateAt = { bytes: 200 };
    expect((await once(bulk(20))).length).toBeLessThan(10);
    expect(await walk(bulk(20))).toHaveLength(30);
    const many = Array.from({ length: 10 }, (_, place) => `${names}.${place + 1}`);
    expect((await get(many.join(' '))).join(' ')).toMatch(/tooBig/);
    expect(await get(`${names}.1`)).toHaveLength(1);
  });

  it('has a column that repeats a row, or goes back to its first', async () => {
    simulator.faults.loopColumn = 'ifDescr';
    expect((await walk(bulk(10))).slice(-3).join(' ')).toMatch(/OID not increasing/);
    simulator.faults.loopColumn = undefined;
    simulator.faults.stepBackColumn = 'ifDescr';
    expect((await walk(bulk(10))).slice(-3).join(' ')).toMatch(/OID not increasing/);
    expect(await walk(`${ifTable}.1`)).toHaveLength(30);
  });

  it('lacks columns and tables, and repeats names', async () => {
    simulator.faults.omit = ['ifHCInOctets', 'ifTableLastChange'];
    expect((await get(`${ifXTable}.6.1`)).join(' ')).toMatch(/No Such Object/);
    expect((await get('.1.3.6.1.2.1.31.1.5.0')).join(' ')).toMatch(/No Such Object/);
    expect(await walk(`${ifXTable}.1`)).toHaveLength(30);
    simulator.faults.omit = ['ifXTable'];
    expect((await walk(ifXTable)).join(' ')).toMatch(/No Such Object/);
    expect(await walk(names)).toHaveLength(30);
    simulator.faults.repeatNames = ['ifDescr'];
    expect(new Set((await walk(names)).map((line) => line.split(' ')[1]))).toEqual(new Set(['"p1"']));
  });

  it('is dead, or drops every other request', async () => {
    simulator.faults.silent = true;
    expect(await timedOut()).toBe(true);
    simulator.faults.silent = false;
    simulator.faults.dropEvery = 2;
    const { lost } = simulator.requests;
    for (let at = 0; at < 2; at += 1)
      expect((await get(undefined, { timeoutS: 0.3, retries: 20 })).join(' ')).toContain('"switch"');
    expect(simulator.requests.lost).toBeGreaterThan(lost);
  });

  it('answers late, by its clock', async () => {
    simulator.faults.delayMs = 10_000;
    const { get: before } = simulator.requests;
    const late = ask(simulator, `${systemOid}.5.0`);
    await waitFor('the request', () => simulator.requests.get > before);
    clock.advance(10_000);
    expect((await late).join(' ')).toContain('"switch"');
    expect(await timedOut()).toBe(true);
  });

  it('reports every signed request of SNMPv3 as outside of the time window', async () => {
    simulator.faults.notInTimeWindow = true;
    const login = logins['v3 with SHA-256 and AES'];
    // The tools of net-snmp 5.9 ask once more with the time of the report, and then wait for ever.
    const enough = new AbortController();
    const asked = ask(simulator, `${systemOid}.5.0`, { login, signal: enough.signal });
    await waitFor('two reports', () => simulator.requests.reported.notInTimeWindows >= 2);
    enough.abort();
    expect((await asked).join(' ')).not.toContain('"switch"');
    const open = logins['v3 without authentication'];
    expect((await ask(simulator, `${systemOid}.5.0`, { login: open })).join(' ')).toContain('"switch"');
  });

  it('sends answers that are no SNMP, or none', async () => {
    simulator.faults.malformed = (answer) => answer.subarray(0, answer.length - 3);
    expect(await timedOut()).toBe(true);
    simulator.faults.malformed = () => undefined;
    expect(await timedOut()).toBe(true);
  });
});
