import { setTimeout as pause } from 'node:timers/promises';
import { skipWithout, waitFor } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cutPower, cutSentence } from './harness/cut.ts';
import { openDisplay } from './harness/display.ts';
import { decided, peopled } from './harness/filled.ts';
import { startedDemo } from './harness/shared-demo.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* The first seconds of a power cut, on the screens that people have open; `cut.long.ts` has all of it. It is the cut that the other files find in the history. */

const atMostMs = 2_000;

/** How long after `since` the page says so, ms. */
async function saidAfter(page: Page, since: number): Promise<number> {
  await page.locator('main').getByText(cutSentence).first().waitFor({ timeout: 15_000 });
  return performance.now() - since;
}

/** Waits until a countdown on the page goes on by itself. */
async function countsDown(page: Page): Promise<void> {
  const countdown = page.locator('main').getByRole('timer').first();
  const first = await countdown.textContent();
  await waitFor('the countdown goes on', async () => {
    const [text] = await countdown.allTextContents();
    return text !== undefined && text !== first;
  });
}

describe.skipIf(skipWithout('chromium'))('a power cut', () => {
  it(`is on every screen within ${atMostMs / 1_000} s, and goes away by itself`, async () => {
    const demo = await startedDemo();
    const { local } = demo;
    const { page } = await visitAs('mira', { demo });
    const [wall] = await Promise.all([openDisplay('cut', demo), show(page, '/'), peopled(local)]);
    // A stream has one message a second at most, and these have just had one: people's pages are open for longer.
    await pause(1_000);
    const { since, end } = await cutPower(local);
    onTestFinished(end);
    const [now, display] = await Promise.all([saidAfter(page, since), saidAfter(wall, since)]);
    expect(now, 'Nu').toBeLessThan(atMostMs);
    expect(display, 'the display').toBeLessThan(atMostMs);
    await Promise.all([countsDown(page), countsDown(wall), decided(local)]);

    await local.post('/api/v1/demo/mains-back', {});
    for (const screen of [page, wall])
      await screen.locator('main').getByText(cutSentence).first().waitFor({ state: 'detached' });
  });
});
