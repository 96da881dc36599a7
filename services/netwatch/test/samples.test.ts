import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { PortResource } from '@huismeester/contracts';
import { type Snmpsim, skipWithout, startSnmpsim, type TestSite, tempSite } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNetwatch, switchAt, type TestNetwatch, until } from './netwatch.ts';
import { recordedPorts } from './recorded.ts';

/** Recordings of eight makes, which are not part of this repository. */
const folder = new URL('../../../../shared/samples/switch/', import.meta.url);
const suffix = '.snmprec';
const names = existsSync(folder)
  ? readdirSync(folder).flatMap((file) => (file.endsWith(suffix) ? [file.slice(0, -suffix.length)] : []))
  : [];
/** A clone alone is whole, in CI, too. */
const skip = names.length === 0 || skipWithout('snmpsimd');

describe.skipIf(skip)('the recorded switches', () => {
  const recordings = Object.fromEntries(
    names.map((name) => [name, readFileSync(new URL(`${name}${suffix}`, folder), 'utf8')]),
  );
  let sim: Snmpsim;
  let site: TestSite;
  let netwatch: TestNetwatch;
  beforeAll(async () => {
    [sim, site] = await Promise.all([startSnmpsim({ recordings, quiet: true }), tempSite('samples')]);
    const switches = names.map((name) =>
      switchAt(sim.port, {
        id: name,
        snmp: { version: '2c', community: name },
        poll: '5s',
        counters: '1h',
      }),
    );
    netwatch = await startNetwatch({ site, settings: { switches } });
  });
  afterAll(async () => {
    await netwatch.close();
    await Promise.all([sim.close(), site.remove()]);
  });

  it('have every port with its name and state, and say nothing else', async () => {
    const expected = Object.entries(recordings).map(([name, text]) => [name, recordedPorts(text)] as const);
    expect([names.length, expected.flatMap(([, ports]) => ports).length]).toEqual([8, 210]);
    await until('all switches are read', async () => {
      const states = await Promise.all(
        names.map(async (name) => [await netwatch.switch(name), await netwatch.ports(name)] as const),
      );
      return states.every(
        ([sw, ports]) =>
          sw?.state === 'up' &&
          ports.length > 0 &&
          ports.every((port) => port.state !== 'unknown' || !port.admin_up),
      );
    });
    const seen = await Promise.all(
      names.map(async (id) => [id, (await netwatch.ports(id)).map(shownOf)] as const),
    );
    expect(seen).toEqual(expected);
    expect((await netwatch.lines()).toSorted()).toEqual(
      names.map((name) => `switch.reachable switch/${name}`).toSorted(),
    );
    expect(netwatch.warnings()).toEqual([]);
  });
});

const shownOf = ({ ifIndex, name, id, state }: PortResource) => ({ ifIndex, name, id, state });
