import { join } from 'node:path';
import { rows } from '@huismeester/database';
import { create } from '@huismeester/inventory';
import { graphOf } from '@huismeester/inventory/core/graph';
import { impactOf } from '@huismeester/inventory/core/impact';
import type { Item } from '@huismeester/inventory/core/item';
import { createLogger, runServices } from '@huismeester/service';
import { startPostgres, tempDir } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { inMs, median, quantile, type Row } from '../row.ts';
import { settingsOf } from '../settings-of-bench.ts';

const many = 2_000;
const links = 5_000;
const groups = 4;
/** In which code runs for the first time. */
const warmingUp = 30;
const since = new Date('2026-12-02T12:00:00.000Z');

/** A register of 2,000 items with 5,000 links, by HTTP in one process, the caller in it too: what goes with one that much needs, and pages of the list. */
export async function register(requests: number): Promise<Row[]> {
  const items = filled();
  const [folder, postgres] = await Promise.all([tempDir('bench'), startPostgres()]);
  const running = await runServices(
    settingsOf({
      site: { id: 'bench', name: 'Bench' },
      http: { port: 0, socket: join(folder.path, 'h.sock') },
      broker: { embedded: { port: 0 } },
      database: { url: await postgres.createDatabase() },
    }),
    { inventory: create },
    { version: '1', logger: createLogger({ level: 'silent' }) },
  );
  try {
    await fill(running.database, items);
    const { firstToken: token } = running;
    if (token === undefined) throw new Error('the first start of a space makes a token');
    const ask = async (path: string) => {
      const sent = performance.now();
      const answer = await fetch(`${running.url}/api/v1${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const body = await answer.json();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(body)}`);
      return { ms: performance.now() - sent, body };
    };
    return [await impactRow(ask, items, requests), await listRow(ask, requests)];
  } finally {
    await running.close();
    await Promise.all([postgres.close(), folder.remove()]);
  }
}

type Ask = (path: string) => Promise<{ readonly ms: number; readonly body: unknown }>;

async function impactRow(ask: Ask, items: ReadonlyMap<string, Item>, requests: number): Promise<Row> {
  const took: number[] = [];
  let goes = 0;
  for (let index = -warmingUp; index < requests; index += 1) {
    const { ms, body } = await ask(`/impact/item/${idOf(Math.abs(index) % groups)}`);
    goes = Math.max(goes, (body as { goes: object[] }).goes.length);
    if (index >= 0) took.push(ms);
  }
  const alone = Array.from({ length: requests + warmingUp }, () => {
    const began = performance.now();
    impactOf(graphOf(items, []), `item/${idOf(0)}`);
    return performance.now() - began;
  });
  return {
    what: `impact by HTTP, ${many.toLocaleString('en')} items and ${links.toLocaleString('en')} links, median of ${requests}`,
    measured: `${inMs(median(took))}, p99 ${inMs(quantile(took, 0.99))}; ${goes} items go`,
    target: '≤ 10 ms',
    met: median(took) <= 10 && goes > 100,
    reference: `the graph made anew and gone through, nothing else: ${inMs(median(alone.slice(warmingUp)))}`,
  };
}

async function listRow(ask: Ask, requests: number): Promise<Row> {
  const page = (index: number) => ask(`/items?limit=50&offset=${(((index % 40) + 40) % 40) * 50}`);
  const took: number[] = [];
  for (let index = -warmingUp; index < requests; index += 1) {
    const { ms, body } = await page(index);
    if ((body as { count: number }).count !== many) throw new Error('not all items are in the list');
    if (index >= 0) took.push(ms);
  }
  const bare: number[] = [];
  for (let index = 0; index < requests; index += 1) bare.push((await ask('/cables')).ms);
  const p99 = quantile(took, 0.99);
  return {
    what: `pages of 50 of a list of ${many.toLocaleString('en')} items, p99 of ${requests}`,
    measured: `${inMs(p99)}, median ${inMs(median(took))}`,
    target: '≤ 50 ms',
    met: p99 <= 50,
    reference: `an empty list: p99 ${inMs(quantile(bare, 0.99))}`,
  };
}

const idOf = (index: number) => `item-${index}`;

/** Four groups, in each of which everything needs its first one in the end: two others each, and some a third one. */
function filled(): ReadonlyMap<string, Item> {
  const targets = Array.from({ length: many }, (_, index) => {
    const place = Math.floor(index / groups);
    const others = [place - 1, Math.floor(place / 2), Math.floor(place / 3)];
    return [...new Set(others)]
      .filter((each) => each >= 0 && each < place)
      .map((each) => each * groups + (index % groups));
  });
  let thirds = links - targets.reduce((sum, each) => sum + Math.min(2, each.length), 0);
  return new Map(
    targets.map((all, index): [string, Item] => {
      const own = all.slice(0, thirds > 0 ? 3 : 2);
      thirds -= Math.max(0, own.length - 2);
      return [
        idOf(index),
        {
          since,
          fields: {
            name: `Item ${index}`,
            kind: 'other',
            layer: '7',
            life: 'in-use',
            core: 'no',
            space_wide: false,
          },
          links: own.map((each) => ({ kind: 'depends-on', to: `item/${idOf(each)}` })),
        },
      ];
    }),
  );
}

async function fill(
  { orm }: Parameters<typeof create>[0]['database'],
  items: ReadonlyMap<string, Item>,
): Promise<void> {
  const all = [...items].map(([id, item]) => ({ id, version: 1, ...item }));
  await orm.execute(sql`
    insert into inventory.item (id, version, since, fields, links)
    select id, version, since, fields, links
    from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as i(id text, version integer, since timestamptz, fields jsonb, links jsonb)`);
  const [found] = rows<{ count: number; links: number }>(
    await orm.execute(
      sql`select count(*)::integer as count, sum(jsonb_array_length(links))::integer as links from inventory.item`,
    ),
  );
  if (found?.count !== many || found.links !== links)
    throw new Error(`${found?.count} items with ${found?.links} links were written`);
}
