import { waitFor } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';

/** Of a page, where the functions that are sent there run. */
declare const document: {
  readonly activeElement: { readonly tagName: string } | null;
};

/** The requests of this method and path that the page makes from now on, with how each was answered. */
export function watch(page: Page, method: string, path: RegExp): readonly number[] {
  const answered: number[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.request().method() === method && path.test(pathname)) answered.push(response.status());
  });
  return answered;
}

/** Takes back what was just done. */
export async function undo(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Ongedaan maken/ })
    .last()
    .click();
  await waitFor('what it was said by is gone', async () => (await page.locator('.notice').count()) === 0);
}

/** Waits until something has the focus, and not the page as a whole. */
export async function keptFocus(page: Page): Promise<void> {
  await waitFor('something has the focus', async () => (await focusedTag(page)) !== 'BODY');
}

const focusedTag = (page: Page) => page.evaluate(() => document.activeElement?.tagName);

/** What is said below a field, by `aria-describedby`; undefined where the field is in order. */
export async function errorAt(page: Page, label: string): Promise<string | undefined> {
  const field = page.getByLabel(label, { exact: true });
  if ((await field.getAttribute('aria-invalid')) !== 'true') return undefined;
  const id = await field.getAttribute('aria-describedby');
  return (await page.locator(`[id="${id}"] .error`).textContent()) ?? undefined;
}
