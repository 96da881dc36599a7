import { skipWithout } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { openDisplay } from './harness/display.ts';

/* A screen on the wall that nobody looks after. Long, since what it shows counts for half a minute. */

const busy = { status: 503, contentType: 'application/problem+json', body: '{"status":503,"code":"busy"}' };
const patient = { timeout: 60_000 };

describe.skipIf(skipWithout('chromium'))('a display', () => {
  it('is grey with an age when the state is not known anew, though news goes on, and comes back by itself', async () => {
    const page = await openDisplay('wall', undefined, { expected: [/^answer: 503 GET /, /^console: .*503/] });
    expect(await page.locator('.display.old').count()).toBe(0);
    await page.route(/\/api\/v1\/now$/, (route) => route.fulfill(busy));
    await page.locator('.display.old').waitFor(patient);
    await page
      .getByRole('status')
      .getByText(/\d+ s geleden/)
      .waitFor();
    // What it knew last is still there.
    await page.locator('.sentence-line').waitFor();
    await page.unrouteAll();
    await page.locator('.display.old').waitFor({ state: 'detached', ...patient });
  });
});
