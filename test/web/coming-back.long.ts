import { skipWithout } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from './harness/demo.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* The program dies while somebody fills in a form, and is started again: the page says so, waits, and goes on by itself. */

const staleMs = 30_000;
const backMs = 10_000;
/** After 30 s without an answer it is grey; the page looks each second. */
const greyMs = 33_000;
const away = [/^failed: .*net::ERR_/, /^answer: 503 /];
const stale = /Stand van \d\d:\d\d:\d\d/;

describe.skipIf(skipWithout('chromium'))('a page whose program was killed', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.close());

  it('goes on by asking where the stream is refused, and lets people act', async () => {
    const { page } = await visitAs('mira', { demo, expected: [...away, /^console: .*503/] });
    await show(page, '/vms/new');
    const chip = page.getByRole('status').filter({ hasText: stale });
    await page.route(/\/api\/v1\/live$/, (route) => route.fulfill({ status: 503 }));
    await demo.kill();
    await chip.waitFor({ timeout: staleMs });
    await demo.restart();
    await chip.waitFor({ state: 'detached', timeout: backMs });
    // Longer than what is shown counts without any answer: it asks each 5 s.
    for (let polls = 0; polls < 8; polls += 1) await page.waitForResponse(/\/api\/v1\/now$/);
    expect(await chip.count()).toBe(0);
    expect(await isOff(page.getByRole('button', { name: 'Maak hem' }))).toBe('false');
  });

  it('says how old it is, lets nobody act, and is live again when the program is', async () => {
    const { page } = await visitAs('mira', { demo, expected: away });
    await show(page, '/vms/new');
    await page.getByLabel('Naam').fill('typed-before');
    const chip = page.getByRole('status').filter({ hasText: stale });
    const act = page.getByRole('button', { name: 'Maak hem' });
    expect([await chip.count(), await isOff(act)]).toEqual([0, 'false']);

    await demo.kill();
    const killed = performance.now();
    await chip.waitFor({ timeout: staleMs });
    await chip.filter({ hasText: 'Geen verbinding' }).waitFor({ timeout: leftMs(killed, greyMs) });
    expect(await filterOf(page)).toBe('grayscale(1)');
    expect(await isOff(act)).toBe('true');
    await expect(act.getAttribute('title')).resolves.toContain('De verbinding is weg');
    // What was read before stands there, and one can type on.
    await page.getByLabel('Naam').fill('typed-meanwhile');
    await act.click({ force: true });

    await demo.restart();
    const back = performance.now();
    await chip.waitFor({ state: 'detached', timeout: backMs });
    await page.locator('main:not(.old)').waitFor({ timeout: leftMs(back, backMs) });
    expect(await filterOf(page)).toBe('none');
    expect(await isOff(act)).toBe('false');
    expect(await page.getByLabel('Naam').inputValue()).toBe('typed-meanwhile');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await demo.local.get('/api/v1/creations')).toMatchObject({ count: 0 });

    // What happens now is seen at once: a poll is 15 s away.
    await page.getByRole('link', { name: 'Nu', exact: true }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await demo.local.post('/api/v1/demo/power-cut', {})).toBeLessThan(300);
    await page.getByRole('alert').filter({ hasText: 'De stroom is uitgevallen' }).waitFor({ timeout: 5_000 });
  });
});

const isOff = (act: ReturnType<Page['getByRole']>) => act.getAttribute('aria-disabled');
const leftMs = (since: number, mostMs: number) => Math.max(1, mostMs - (performance.now() - since));

async function filterOf(page: Page): Promise<string> {
  return await page.evaluate("getComputedStyle(document.querySelector('main')).filter");
}
