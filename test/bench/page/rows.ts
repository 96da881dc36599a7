import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tempDir } from '@huismeester/testkit';
import { startBrowser, type TestBrowser } from '@huismeester/testkit/browser';
import { type Demo, startDemo } from '../../web/harness/demo.ts';
import { fill } from '../../web/harness/filled.ts';
import { openBrowser } from '../../web/harness/open-browser.ts';
import { inSeconds, median, medianOf, type Row } from '../row.ts';
import { type Arrival, arrivalOf, slowDown } from './slow-phone.ts';

const most = { firstPaintMs: 1_500, dataMs: 2_500, layoutShift: 0.02, buildMs: 2_000 };

/** The first page on a slow phone, and how long it takes to build it. */
export async function page(rounds: number): Promise<Row[]> {
  // One after the other: a demo has things to do as well.
  return [await arrivalRow(rounds), await buildRow(rounds)];
}

async function arrivalRow(rounds: number): Promise<Row> {
  const demo = await startDemo();
  const browser = await startBrowser();
  try {
    await fill(demo.local);
    // The rule of thumb for this machine and browser: how soon they show a page that needs nothing.
    const quick = await arrivals(rounds, demo, browser, { isSlow: false });
    const slow = await arrivals(rounds, demo, browser, { isSlow: true });
    return rowOf(slow, quick);
  } finally {
    await browser.close();
    await demo.close();
  }
}

/** Each time in a browser that has nothing of it yet. */
async function arrivals(
  rounds: number,
  demo: Demo,
  browser: TestBrowser,
  { isSlow }: { isSlow: boolean },
): Promise<Arrival> {
  const all: Arrival[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const visit = await openBrowser('mira', { demo, browser, size: 'phone' });
    if (isSlow) await slowDown(visit.page);
    all.push(await arrivalOf(visit.page, '/'));
    await visit.close();
  }
  const of = (part: keyof Arrival) => median(all.map((each) => each[part]));
  return { firstPaintMs: of('firstPaintMs'), dataMs: of('dataMs'), layoutShift: of('layoutShift') };
}

function rowOf(slow: Arrival, quick: Arrival): Row {
  const said = ({ firstPaintMs, dataMs, layoutShift }: Arrival): string =>
    `first paint ${inSeconds(firstPaintMs)}, data ${inSeconds(dataMs)}, layout shift ${layoutShift.toFixed(3)}`;
  return {
    what: 'the page «Nu» on a slow phone (CPU ÷ 4, 150 ms, 1.6 Mbit/s), nothing cached',
    measured: said(slow),
    target: `≤ ${inSeconds(most.firstPaintMs)}, ≤ ${inSeconds(most.dataMs)}, ≤ ${most.layoutShift}`,
    met:
      slow.firstPaintMs <= most.firstPaintMs &&
      slow.dataMs <= most.dataMs &&
      slow.layoutShift <= most.layoutShift,
    reference: `the same, not slowed down: ${said(quick)}`,
  };
}

const run = promisify(execFile);
const make = fileURLToPath(new URL('../../../packages/web/build/make.ts', import.meta.url));

/** In a process of its own, as at a start. */
async function buildRow(rounds: number): Promise<Row> {
  const took = (script: string) =>
    timed(() => run(process.execPath, ['--input-type=module', '--eval', script]));
  // Each time into an empty folder, as `make` wants it.
  const ms = await medianOf(rounds, async () => {
    const dir = await tempDir('page');
    try {
      return await took(
        `const { make } = await import(${JSON.stringify(make)}); await make(${JSON.stringify(dir.path)})`,
      );
    } finally {
      await dir.remove();
    }
  });
  const importing = await medianOf(rounds, () => took(`await import(${JSON.stringify(make)})`));
  return {
    what: `build of the page, median of ${rounds}`,
    measured: inSeconds(ms),
    target: `≤ ${inSeconds(most.buildMs)}`,
    met: ms <= most.buildMs,
    reference: `a process that only loads the bundler: ${inSeconds(importing)}`,
  };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}
