import { type NutSimulator, startNutSimulator } from '@huismeester/simulators';
import { tempSite, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Monitor, startMonitor } from './monitor.ts';

const vars = { 'ups.status': 'OL', 'battery.charge': '90', 'battery.runtime': '0', 'ups.load': '30' };

let here: NutSimulator;
let there: NutSimulator;
let monitor: Monitor;
const cleanups: (() => Promise<void>)[] = [];

beforeAll(async () => {
  here = await startNutSimulator({ upses: ['one', 'two', 'three'].map((name) => ({ name, vars })) });
  cleanups.push(here.close);
  there = await startNutSimulator({ upses: [{ name: 'one', vars }] });
  cleanups.push(there.close);
  const site = await tempSite('ups');
  cleanups.push(site.remove);
  monitor = await startMonitor({
    site,
    upses: [
      ...['one', 'two'].map((name) => ({ id: name, name, port: here.port })),
      { id: 'three', name: 'three', port: here.port, pollStatus: '1h' },
      { id: 'other', name: 'one', port: there.port },
      { id: 'wrong', name: 'nameless', port: here.port },
    ],
  });
  cleanups.push(monitor.close);
  const ids = ['one', 'two', 'three', 'other'];
  await Promise.all(ids.map((id) => monitor.hears(id, 'on-mains')));
});

afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

it('does not mix up two UPSes on two upsds', async () => {
  here.set('one', 'ups.status', 'OB');
  await there.stop();
  await Promise.all([monitor.hears('one', 'on-battery'), monitor.hears('other', 'lost')]);
  expect(await monitor.ups('one')).toMatchObject({ mains: 'on-battery', contact: 'ok' });
  expect(await monitor.ups('other')).toMatchObject({ mains: 'on-mains', contact: 'unreachable' });
  const positions = (await monitor.events()).map(({ position }) => position);
  expect(positions).toEqual(positions.map((_, index) => index + 1));
});

it('leaves out a runtime that cannot be', async () => {
  const ups = await monitor.ups('two');
  expect(ups).toMatchObject({ charge_pct: 90, load_pct: 30 });
  expect(ups).not.toHaveProperty('runtime_s');
});

it('is refused where upsd has no such UPS', async () => {
  await monitor.hears('wrong', 'lost');
  expect(await monitor.ups('wrong')).toMatchObject({ contact: 'refused', mains: 'unknown' });
});

it('says what it saw when the database takes it again', async () => {
  const { orm } = monitor.running.database;
  await orm.execute(sql`alter table ups_monitor.ups rename to away`);
  const cutAt = Date.now();
  here.set('two', 'ups.status', 'OB');
  // Long enough for the first sight within 0.5 s, the confirming look, and a failure to store what it means; on a busy machine too.
  await waitFor('5 s have passed', () => Date.now() - cutAt > 5_000);
  await orm.execute(sql`alter table ups_monitor.away rename to ups`);
  await monitor.hears('two', 'on-battery');
  const said = (await monitor.events()).filter(
    ({ type, subject }) => type === 'ups.on-battery' && subject === 'ups/two',
  );
  expect(said).toHaveLength(1);
  const [event] = said;
  const { since } = { since: '', ...(event?.data ?? {}) };
  expect(Date.parse(since) - cutAt).toBeLessThan(5_000);
  expect(Date.parse(event?.time ?? '') - cutAt).toBeGreaterThanOrEqual(5_000);
});

it('confirms a first sight at once, whenever the next look is due, with the variables read before that', async () => {
  const events = (await monitor.events()).filter(({ subject }) => subject === 'ups/three');
  expect(events.map(({ type, data }) => ({ type, data }))).toMatchObject([
    { type: 'ups.found' },
    { type: 'ups.on-mains', data: { charge_pct: 90 } },
  ]);
});
