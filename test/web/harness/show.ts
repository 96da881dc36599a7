import { waitFor } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';

/** Opens a page anew, as somebody who follows a link from elsewhere, and waits until it is {@link settled}. */
export async function show(page: Page, path: string): Promise<Page> {
  await page.goto(path);
  await settled(page);
  return page;
}

/** Waits until the page has its heading, and all that it asked for: nothing is busy. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await waitFor(
    'nothing on the page is busy',
    async () => (await page.locator('[aria-busy=true]').count()) === 0,
  );
}
