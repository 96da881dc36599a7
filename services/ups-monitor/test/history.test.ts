import type { UpsHistory } from '@huismeester/contracts';
import { type NutSimulator, startNutSimulator } from '@huismeester/simulators';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHistoryStore } from '../src/history/store.ts';
import { sample } from '../src/schema.ts';
import { type Monitor, startMonitor } from './monitor.ts';

let simulator: NutSimulator;
let site: TestSite;
let monitor: Monitor;

const start = () =>
  startMonitor({ upses: [{ id: 'rack', name: 'ups', port: simulator.port, pollVariables: '500ms' }], site });

beforeAll(async () => {
  const vars = { 'ups.status': 'OL', 'battery.charge': '98', 'ups.load': '23', 'ups.realpower': '210' };
  simulator = await startNutSimulator({ upses: [{ name: 'ups', vars }] });
  site = await tempSite('ups');
  monitor = await start();
});

afterAll(async () => {
  await monitor?.close();
  await simulator.close();
  await site.remove();
});

async function ask(path: string, headers: Record<string, string> = {}) {
  const { url, firstToken = '' } = monitor.running;
  token ||= firstToken;
  const answer = await fetch(`${url}/api/v1/ups${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  const body = answer.status === 304 ? undefined : ((await answer.json()) as UpsHistory & { code: string });
  return { status: answer.status, etag: answer.headers.get('etag') ?? '', body };
}
let token = '';

const points = async () => (await ask('/rack/history')).body?.points ?? [];
const newest = (mains: string) =>
  waitFor(`${mains} in the history`, async () => {
    const point = (await points()).at(-1);
    return point?.mains === mains ? point : undefined;
  });

it('has a power cut and a lost contact in it, and keeps them over a restart', async () => {
  await newest('on-mains');
  simulator.set('ups', 'ups.status', 'OB DISCHRG');
  expect(await newest('on-battery')).toMatchObject({ charge_pct: 98, load_pct: 23, power_w: 210 });
  simulator.set('ups', 'ups.status', 'OL');
  await newest('on-mains');
  const before = await points();

  const { etag } = await ask('/rack/history');
  expect((await ask('/rack/history', { 'if-none-match': etag })).status).toBe(304);

  await monitor.close();
  monitor = await start();
  await waitFor('a point after the restart', async () => (await points()).length > before.length);
  expect((await points()).slice(0, before.length)).toEqual(before);

  await simulator.close();
  const { at: _, ...unknown } = await newest('unknown');
  expect(unknown).toEqual({ mains: 'unknown' });
});

it('refuses what is not allowed, and knows no other UPS', async () => {
  expect(await ask('/attic/history')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect((await ask('/rack/history?hours=49')).body).toMatchObject({
    code: 'invalid-request',
    errors: [{ field: 'query.hours' }],
  });
});

it('keeps the newest samples of each UPS, and none of one that left the settings', async () => {
  const { orm } = monitor.running.database;
  const store = createHistoryStore({ orm }, 60);
  const at = (nth: number) => Date.parse('2026-01-01T00:00:00.000Z') + nth * 60_000;
  const many = (ups: string, count: number) =>
    Array.from({ length: count }, (_, nth) => ({ ups, atMs: at(nth), mains: 'on-mains' as const }));
  await store.add(many('cellar', 70));
  await store.add(many('attic', 3));
  await store.prune(['cellar', 'rack']);
  const kept = await store.read('cellar', at(0), at(100));
  expect(kept).toHaveLength(60);
  expect(kept[0]).toEqual({ atMs: at(10), mains: 'on-mains' });
  expect(await orm.select().from(sample).where(eq(sample.ups, 'attic'))).toEqual([]);
});
