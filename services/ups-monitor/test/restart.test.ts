import { type NutSimulator, startNutSimulator } from '@huismeester/simulators';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Monitor, startMonitor } from './monitor.ts';

let simulator: NutSimulator;
let site: TestSite;
const cleanups: (() => Promise<void>)[] = [];
let monitor: Monitor | undefined;

beforeAll(async () => {
  const names = ['rack', 'attic', 'cellar'];
  simulator = await startNutSimulator({
    upses: names.map((name) => ({ name, vars: { 'ups.status': 'OL' } })),
  });
  cleanups.push(simulator.close);
  site = await tempSite('ups');
  cleanups.push(site.remove);
});

afterAll(async () => {
  await monitor?.close();
  for (const cleanup of cleanups) await cleanup();
});

/** Ends the monitor that runs, if any, and starts another on the same database with these UPSes. */
async function restart(...ids: string[]): Promise<Monitor> {
  await monitor?.close();
  monitor = undefined;
  const upses = ids.map((id) => ({ id, name: id, port: simulator.port }));
  monitor = await startMonitor({ upses, site });
  return monitor;
}

it('goes on after a restart where it was, and confirms what changed meanwhile', async () => {
  const before = await restart('rack');
  await before.hears('rack', 'on-mains');
  simulator.set('rack', 'ups.status', 'OB');
  await before.hears('rack', 'on-battery');
  const story = await before.story('rack');
  const { since } = (await before.ups('rack')) ?? {};

  const during = await restart('rack');
  expect(await during.ups('rack')).toMatchObject({ mains: 'on-battery', contact: 'ok', since });
  const readings = async () =>
    (await during.events()).filter(({ type }) => type === 'ups.battery-reading').length;
  const said = await readings();
  await waitFor('a reading after the restart', async () => (await readings()) > said);
  expect(await during.story('rack')).toEqual(story);

  await during.close();
  simulator.set('rack', 'ups.status', 'OL');
  const after = await restart('rack');
  await after.hears('rack', 'on-mains');
  expect(await after.story('rack')).toEqual([...story, 'on-mains']);
  const events = await after.events();
  const began = events.find(({ type }) => type === 'ups.on-battery');
  const ended = events.findLast(({ type }) => type === 'ups.on-mains');
  expect(ended).toMatchObject({ causationid: began?.id, correlationid: began?.correlationid });
});

it('forgets a UPS that left the settings', async () => {
  const before = await restart('attic', 'cellar');
  await Promise.all([before.hears('attic', 'on-mains'), before.hears('cellar', 'on-mains')]);

  const without = await restart('cellar');
  expect((await without.snapshot()).entities.map(({ subject }) => subject)).toEqual(['ups/cellar']);

  const again = await restart('attic', 'cellar');
  await waitFor('attic is found anew', async () => (await again.story('attic')).length >= 4);
  expect(await again.story('attic')).toEqual(['found', 'on-mains', 'found', 'on-mains']);
  expect(await again.story('cellar')).toEqual(['found', 'on-mains']);
});
