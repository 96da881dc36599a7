import { systemClock } from '@huismeester/clock';
import { serveWikis, startMediaWiki, type WikiStep } from '@huismeester/testkit';
import { createWiki } from '@huismeester/wiki';
import { inSeconds, median, type Row } from './row.ts';

const pages = 500;
const atATime = 50;
const mostMs = 3_000;
const mostRequests = 12;
/** Of a page: as much as a short design decision. */
const text = 'Wij nemen een VLAN per groep van gebruikers, omdat dat te overzien is. '.repeat(40);

/** Whether 500 pages are there, asked of a real MediaWiki on SQLite, which answers one request at a time (CORE-5). */
export async function wikiPages(rounds: number): Promise<Row> {
  const run = await serveWikis();
  const titles = Array.from({ length: pages }, (_, index) => `Ontwerp ${index}`);
  const steps = titles.map((title): WikiStep => ['save', { title, text }]);
  const server = await startMediaWiki(steps);
  try {
    const took: number[] = [];
    let requests = 0;
    for (let round = 0; round < rounds; round += 1) {
      // A client of its own each time: it keeps nothing of the one before.
      const wiki = createWiki({ api: server.api, userAgent: 'bench', clock: systemClock });
      const before = server.requests();
      const began = performance.now();
      const states = await wiki.lookUp(titles);
      took.push(performance.now() - began);
      requests = server.requests() - before;
      await wiki.close();
      const found = [...states.values()].filter(({ state }) => state === 'found').length;
      if (found !== pages) throw new Error(`${found} of ${pages} pages were found`);
    }
    const bare = await medianOfBare(server.api, titles, rounds);
    return {
      what: `${pages} pages of a wiki looked up, ${text.length} characters each, a real MediaWiki on SQLite and PHP’s own server, median of ${rounds}`,
      measured: `${inSeconds(median(took))}, ${requests} requests`,
      target: `≤ 3 s, ≤ ${mostRequests} requests`,
      met: median(took) <= mostMs && requests <= mostRequests,
      reference: `the same titles, ${atATime} a request, without texts and unread: ${inSeconds(bare)}`,
    };
  } finally {
    await server.close();
    await run.close();
  }
}

async function medianOfBare(api: string, titles: readonly string[], rounds: number): Promise<number> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    for (let start = 0; start < titles.length; start += atATime) {
      const body = new URLSearchParams({
        action: 'query',
        format: 'json',
        prop: 'info',
        titles: titles.slice(start, start + atATime).join('|'),
      });
      await (await fetch(api, { method: 'POST', body })).text();
    }
    took.push(performance.now() - began);
  }
  return median(took);
}
