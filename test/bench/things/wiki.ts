import { systemClock } from '@huismeester/clock';
import { serveWikis, startMediaWiki } from '@huismeester/testkit';
import { createWiki } from '@huismeester/wiki';
import { inSeconds, medianOf, type Row } from '../row.ts';

const many = 500;
const mostMs = 3_000;
const mostRequests = 12;
/** As long as a short design decision. */
const text = 'Wij nemen een VLAN per groep van gebruikers, omdat dat is wat de switches kunnen. '.repeat(20);

/** Pages of design decisions looked up on a real MediaWiki (CORE-5), which has one process of PHP and SQLite. */
export async function wikiPages(times: number): Promise<Row> {
  const titles = Array.from({ length: many }, (_, index) => `Besluit ${index}`);
  const installed = await serveWikis();
  const server = await startMediaWiki(titles.map((title) => ['save', { title, text }]));
  const wiki = createWiki({ api: server.api, userAgent: 'bench (bench@space.example)', clock: systemClock });
  try {
    let requests = 0;
    const took = await medianOf(times, async () => {
      const [before, sent] = [server.requests(), performance.now()];
      const found = await wiki.lookUp(titles);
      const ms = performance.now() - sent;
      const wrong = [...found].find(([, { state }]) => state !== 'found');
      if (found.size !== many || wrong) throw new Error(`not all pages were found: ${JSON.stringify(wrong)}`);
      requests = Math.max(requests, server.requests() - before);
      return ms;
    });
    const one = await medianOf(times, async () => {
      const sent = performance.now();
      await fetch(`${server.api}?action=query&titles=Besluit%200&format=json`).then((answer) =>
        answer.text(),
      );
      return performance.now() - sent;
    });
    return {
      what: `${many} pages looked up on a MediaWiki with SQLite, median of ${times}`,
      measured: `${inSeconds(took)}, ${requests} requests at most`,
      target: `≤ ${mostMs / 1_000} s, ≤ ${mostRequests} requests`,
      met: took <= mostMs && requests <= mostRequests,
      reference: `one request for the title of one page: ${inSeconds(one)}`,
    };
  } finally {
    await wiki.close();
    await server.close();
    await installed.close();
  }
}
