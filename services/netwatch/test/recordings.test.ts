import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Snmpsim, skipWithout, startSnmpsim, type TestSite, tempSite } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNetwatch, switchAt, type TestNetwatch, until } from './netwatch.ts';
import { operStatusOf, recordedPorts } from './recorded.ts';

/** A switch of which Debian's package has a recording. */
const recording = '/usr/share/doc/snmpsim/examples/data/cisco_16_switch.snmprec.gz';
const skip = skipWithout('snmpsimd', 'snmpset') || (!process.env.CI && !existsSync(recording));
const flipped = operStatusOf(11003);

describe.skipIf(skip)('a recorded Cisco', () => {
  let text: string;
  let sim: Snmpsim;
  let site: TestSite;
  let netwatch: TestNetwatch;
  beforeAll(async () => {
    text = gunzipSync(readFileSync(recording)).toString();
    const cisco = text.replace(`${flipped}|2|1`, `${flipped}|2:writecache|value=1`);
    [sim, site] = await Promise.all([startSnmpsim({ recordings: { cisco } }), tempSite('cisco')]);
    await sim.set('cisco', flipped, 'i', '1');
    const snmp = { version: '2c', community: 'cisco' };
    netwatch = await startNetwatch({
      site,
      settings: { switches: [switchAt(sim.port, { snmp, poll: '500ms', counters: '1h' })] },
    });
  });
  afterAll(async () => {
    await netwatch.close();
    await Promise.all([sim.close(), site.remove()]);
  });

  it('has every port with its name and state', async () => {
    const expected = recordedPorts(text);
    expect(expected).toHaveLength(52);
    const seen = await until('all ports are seen', async () => {
      const ports = await netwatch.ports('sw1');
      return (
        ports.length > 0 && ports.every(({ state, admin_up }) => state !== 'unknown' || !admin_up) && ports
      );
    });
    expect(seen.map(({ ifIndex, name, id, state }) => ({ ifIndex, name, id, state }))).toEqual(expected);
    expect(await netwatch.switch('sw1')).toMatchObject({ state: 'up', ports: 52, uptime_s: 6_972_022.57 });
  });

  it('says when a port goes down and up, and nothing else', async () => {
    await sim.set('cisco', flipped, 'i', '2');
    await netwatch.hears('port.down port/sw1/fa3-0-3');
    await sim.set('cisco', flipped, 'i', '1');
    await netwatch.hears('port.up port/sw1/fa3-0-3');
    expect(await netwatch.lines()).toEqual([
      'switch.reachable switch/sw1',
      'port.down port/sw1/fa3-0-3',
      'port.up port/sw1/fa3-0-3',
    ]);
    expect(netwatch.warnings()).toEqual([]);
  });
});
