import type { Page } from '@huismeester/testkit/browser';
import { startBrowser } from '@huismeester/testkit/browser';
import { startDemo } from '../../web/harness/demo.ts';
import { openBrowser } from '../../web/harness/open-browser.ts';
import { show } from '../../web/harness/show.ts';
import { inMs, median, type Row } from '../row.ts';
import { slowCpu } from './slow-phone.ts';

const vms = 500;
const mostMs = 100;
/** Finds all of them, then ever fewer. */
const typed = 'web-12';

interface Vms {
  readonly results: readonly { readonly id: string; readonly name: string; readonly mine?: boolean }[];
}
interface Entry {
  readonly name: string;
  readonly duration: number;
}
/** Of a page, where the functions that are sent there run. */
declare const window: { slowestMs: number };
declare const PerformanceObserver: new (
  seen: (list: { getEntries(): readonly Entry[] }) => void,
) => { observe(options: { type: string; durationThreshold: number }): void };
declare function requestAnimationFrame(then: () => void): void;
declare function setTimeout(then: () => void, ms: number): void;

/** From a key to its paint, in the filter over so many VMs, on a processor as slow as an old phone's. */
export async function typing(rounds: number): Promise<Row> {
  const demo = await startDemo();
  const browser = await startBrowser();
  try {
    const visit = await openBrowser('mira', { demo, browser, size: 'phone' });
    await withMany(visit.page);
    const quick = await slowestKeys(rounds, visit.page);
    await slowCpu(visit.page);
    const slow = await slowestKeys(rounds, visit.page);
    await visit.close();
    return {
      what: `a key in the filter over ${vms} VMs → its paint (Event Timing, in steps of 8 ms), CPU ÷ 4, the slowest of ${typed.length} keys, median of ${rounds}`,
      measured: `${inMs(median(slow))}, worst ${inMs(Math.max(...slow))}`,
      target: `≤ ${mostMs} ms`,
      met: median(slow) <= mostMs,
      reference: `the same, not slowed down: ${inMs(median(quick))}, worst ${inMs(Math.max(...quick))}`,
    };
  } finally {
    await browser.close();
    await demo.close();
  }
}

/** The demo has a dozen VMs; the page is told of as many more like them, in one answer as from the API. */
async function withMany(page: Page): Promise<void> {
  await page.route(/\/api\/v1\/vms\?limit=1000$/, async (route) => {
    const answer = await route.fetch({ headers: { ...route.request().headers(), 'if-none-match': '' } });
    const { results } = (await answer.json()) as Vms;
    const others = results.filter(({ mine }) => mine !== true);
    const all = Array.from({ length: vms }, (_, index) => {
      const like = others[index % others.length];
      return { ...like, id: String(1000 + index), name: `web-${index}` };
    });
    await route.fulfill({ json: { count: vms, next: null, previous: null, results: all } });
  });
}

/** How long the slowest key took, each time; the first time, in which code runs for the first time, does not count. */
async function slowestKeys(rounds: number, page: Page): Promise<number[]> {
  const all: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    await show(page, '/vms');
    await page.getByRole('searchbox').focus();
    await page.evaluate(watch);
    for (const key of typed) {
      await page.keyboard.press(key);
      await page.evaluate(painted);
    }
    const slowest = await page.evaluate(() => window.slowestMs);
    if (round > 0) all.push(slowest);
  }
  return all;
}

/** Runs in the page: entries shorter than 16 ms are not told, and count as that. */
function watch(): void {
  window.slowestMs = 16;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.slowestMs = Math.max(window.slowestMs, duration);
  }).observe({ type: 'event', durationThreshold: 16 });
}

/** Runs in the page: until what was changed is painted, and the observer had its turn. A key that took less than 16 ms is told by nothing that could be waited for. */
const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
