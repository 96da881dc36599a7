import { waitFor } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { forbidden } from './faults.ts';
import { show } from './show.ts';

/** What the buttons and forms of a page would change: `DELETE /api/v1/holds/7`, with what each is called that sent it. */
export type Sent = ReadonlyMap<string, string>;

/** They do something to this window alone. */
const local = /^(Kopieer|Druk af)/;
/** So many buttons that say the same, such as one for each violation, are used. */
const mostAlike = 2;
/** So that a page whose buttons bring more buttons comes to an end. */
const most = 120;

/**
 * Uses every button and form of the page at this path, which is shown, and fills in what they ask for; what each sends is noted. Nothing of it arrives: it is
 * answered as somebody is refused who may not do it.
 */
export async function pressAll(page: Page, path: string): Promise<Sent> {
  const sent = new Map<string, string>();
  let used = '';
  await page.route(/\/api\/v1\//, async (route) => {
    const request = route.request();
    if (request.method() === 'GET') return await route.fallback();
    const { pathname } = new URL(request.url());
    sent.set(`${request.method()} ${pathname}`, used);
    return await route.fulfill({
      status: forbidden.status,
      contentType: 'application/problem+json',
      body: JSON.stringify(forbidden),
    });
  });
  try {
    await fillIn(page, 'main');
    const done = new Set<string>();
    const alike = new Map<string, number>();
    for (let left = most; left > 0; left -= 1) {
      await page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))");
      const next = (await buttonsOf(page)).find(
        ({ name, text }) => !done.has(name) && !local.test(text) && (alike.get(text) ?? 0) < mostAlike,
      );
      if (next === undefined) break;
      done.add(next.name);
      alike.set(next.text, (alike.get(next.text) ?? 0) + 1);
      used = next.name;
      await use(page, next.index);
      if (new URL(page.url()).pathname !== new URL(path, page.url()).pathname) await show(page, path);
    }
    return sent;
  } finally {
    await page.unroute(/\/api\/v1\//);
  }
}

interface ButtonSeen {
  readonly index: number;
  readonly name: string;
  readonly text: string;
}

const usable = 'main button:not([aria-disabled=true])';

/** The buttons that can be used, by what they are called and say. */
async function buttonsOf(page: Page): Promise<ButtonSeen[]> {
  const all = await page.locator(usable).evaluateAll((found) =>
    found.map((each, index) => ({
      index,
      text: each.textContent ?? '',
      name: each.getAttribute('aria-label') ?? each.textContent ?? '',
      isSeen: each.checkVisibility(),
    })),
  );
  return all.filter(({ isSeen }) => isSeen);
}

async function use(page: Page, index: number): Promise<void> {
  const button = page.locator(usable).nth(index);
  await fillIn(page, 'main');
  await button.click({ timeout: 5_000 });
  await calm(page);
  for (let step = 0; step < 3 && (await page.locator('dialog[open]').count()) > 0; step += 1) {
    await fillIn(page, 'dialog[open]');
    const act = page.locator('dialog[open] button[type=submit]:not([aria-disabled=true])');
    if ((await act.count()) === 0) break;
    await act.first().click({ timeout: 5_000 });
    await calm(page);
  }
  for (let left = 3; left > 0 && (await page.locator('dialog[open]').count()) > 0; left -= 1) {
    await page.keyboard.press('Escape');
    await calm(page);
  }
}

async function calm(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
  );
  await waitFor('nothing is busy', async () => (await page.locator('[aria-busy=true]').count()) === 0);
}

/** Fills in each field in this part that is empty, with something of its kind. */
async function fillIn(page: Page, part: string): Promise<void> {
  for (const field of await page.locator(part).locator('input, textarea, select').all()) {
    const { tag, type, value, checked, label } = await field.evaluate((each) => ({
      tag: each.tagName,
      type: each.getAttribute('type') ?? 'text',
      value: Reflect.get(each, 'value') as string,
      checked: Reflect.get(each, 'checked') === true,
      label: (Reflect.get(each, 'labels') as { textContent: string }[] | null)?.[0]?.textContent ?? '',
    }));
    if (!(await field.isVisible())) continue;
    if (type === 'checkbox' && !checked) await field.check();
    else if (type === 'file')
      await field.setInputFiles({ name: 'items.csv', mimeType: 'text/csv', buffer: csv });
    else if (type === 'radio' || type === 'checkbox' || type === 'search' || value !== '') continue;
    else if (tag === 'SELECT') await field.selectOption({ index: 1 });
    else await field.fill(textFor(type, label));
  }
}

const csv = Buffer.from('id,name,kind\npress-all,Press all,other\n');

function textFor(type: string, label: string): string {
  const [, name] = /^Typ (.+) als je het zeker weet/.exec(label) ?? [];
  if (name !== undefined) return name;
  if (type === 'number') return '1';
  if (type === 'url') return 'https://wiki.test/pressed';
  if (type === 'date') return '2030-01-01';
  if (type === 'datetime-local') return '2030-01-01T12:00';
  return 'pressed';
}
