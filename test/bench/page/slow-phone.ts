import type { Page } from '@huismeester/testkit/browser';

/** What the page's users have at worst: an old phone on a bad mobile network. */
const slow = {
  cpu: 4,
  latencyMs: 150,
  /** 1.6 Mbit/s down and half of that up, in bytes. */
  down: 200_000,
  up: 100_000,
};

/** Makes this tab as slow as that, from now on. */
export async function slowDown(page: Page): Promise<void> {
  const session = await slowCpu(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: slow.latencyMs,
    downloadThroughput: slow.down,
    uploadThroughput: slow.up,
  });
}

/** Makes its processor as slow, and leaves its network as it is. */
export async function slowCpu(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slow.cpu });
  return session;
}

/** How a page came, in ms since it was asked for; the shift is the sum of all layout shifts, without a unit. */
export interface Arrival {
  readonly firstPaintMs: number;
  readonly dataMs: number;
  readonly layoutShift: number;
}

interface Entry {
  readonly name: string;
  readonly startTime: number;
  readonly value?: number;
}
/** Of a page, where the functions that are sent there run: as much of the DOM as they use. */
declare const document: { querySelector(selector: string): object | null };
declare const window: { arrival: { firstPaintMs: number; dataMs: number; layoutShift: number } };
declare const performance: { now(): number };
declare function requestAnimationFrame(then: () => void): void;
declare const PerformanceObserver: new (
  seen: (list: { getEntries(): readonly Entry[] }) => void,
) => { observe(options: { type: string; buffered: boolean }): void };

/** Loads the page, and measures until the data that it asked for are painted. */
export async function arrivalOf(page: Page, path: string): Promise<Arrival> {
  await page.addInitScript(watch);
  await page.goto(path);
  await page.waitForFunction(() => window.arrival.dataMs > 0 && window.arrival.firstPaintMs > 0);
  return await page.evaluate(() => window.arrival);
}

/** Runs in the page before all of its own. */
function watch(): void {
  const arrival = { firstPaintMs: 0, dataMs: 0, layoutShift: 0 };
  window.arrival = arrival;
  const observe = (type: string, seen: (entry: Entry) => void): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(seen)).observe({ type, buffered: true });
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') arrival.firstPaintMs = startTime;
  });
  observe('layout-shift', ({ value = 0 }) => {
    arrival.layoutShift += value;
  });
  const look = (): void => {
    const isThere =
      document.querySelector('h1') !== null && document.querySelector('[aria-busy=true]') === null;
    if (isThere) arrival.dataMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
