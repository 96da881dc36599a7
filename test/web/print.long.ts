import { skipWithout } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { describe, expect, it } from 'vitest';
import { printed, type Sheet } from './harness/paper.ts';
import { sharedDemo } from './harness/shared-demo.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* What comes out of a printer. Long, since only a PDF shows how a page is divided over sheets, and each takes half a second and other programs to read. */

const withoutTools = skipWithout('chromium', 'pdftotext', 'pdftoppm', 'zbarimg');

/** On the sheet, pt: the margin of 15 mm is 42.5, and a letter may stick out of its box by a hair. */
const margin = 42;
/** How high a line is at least, pt: that of small text of 8 pt. */
const smallestLine = 9;
/** Of the sheet: a page that goes on over another one is full at least so far. */
const fullTo = 0.75;

const textOf = (sheets: readonly Sheet[]): string =>
  sheets.flatMap(({ words }) => words.map(({ text }) => text)).join(' ');
/** Lines are broken anywhere on paper, and an address stands behind its link. */
const bare = (text: string): string => text.replaceAll(/\s+/g, '').replaceAll(/\(https?:[^)]*\)/g, '');

/** What of a sheet nobody can read: beyond its margins, or too small. */
const unreadable = ({ width, height, words }: Sheet): string[] =>
  words
    .filter(
      ({ left, right, top, bottom }) =>
        left < margin || right > width - margin || bottom > height - margin || bottom - top < smallestLine,
    )
    .map(({ text }) => text);

/** How far each sheet is filled, of its height. */
const filled = ({ height, words }: Sheet): number => Math.max(...words.map(({ bottom }) => bottom)) / height;

const ink = "getComputedStyle(document.querySelector('.report p')).color";

/** What a report says on the screen, block by block. */
const blocksOf = (page: Page): Promise<string[]> =>
  page.locator('h1, .report h2, .report p, .report li').allInnerTexts();

/** A report on paper is all that it says, readable, and nothing of the page around it. */
async function expectWhole(page: Page): Promise<string> {
  const blocks = await blocksOf(page);
  const sheets = await printed(page);
  const text = textOf(sheets);
  expect(blocks.filter((block) => !bare(text).includes(bare(block)))).toEqual([]);
  expect(sheets.flatMap(unreadable)).toEqual([]);
  const [first = ''] = blocks;
  expect(bare(text).slice(0, bare(first).length)).toBe(bare(first));
  for (const each of ['Druk af', 'Alle verslagen', 'Log uit']) expect(text).not.toContain(each);
  for (const sheet of sheets.slice(0, -1)) expect(filled(sheet)).toBeGreaterThan(fullTo);
  return text;
}

describe.skipIf(withoutTools)('on paper', () => {
  it('a report is whole, in a dark browser and on a phone as well', async () => {
    for (const [size, scheme] of [
      ['desktop', 'light'],
      ['phone', 'dark'],
    ] as const) {
      const { page } = await visitAs('koen', { size, scheme });
      await show(page, '/report/preview');
      const text = await expectWhole(page);
      expect(text).toMatch(/Infraverslag .* Nieuw en nog open: .* Toegang tot core-infra/);
      await page.emulateMedia({ media: 'print' });
      const around = page.locator('nav, button, .button').filter({ visible: true });
      expect(await around.allInnerTexts()).toEqual([]);
      expect(await page.evaluate(ink)).toBe('rgb(35, 33, 29)');
    }
  });

  it('a report of days of which nothing is known says so', async () => {
    const { local } = await sharedDemo();
    // It stays, and changes nothing that others look at.
    const made = await local.post('/api/v1/reports', { from: '2026-01-01', to: '2026-02-01' });
    expect([201, 409]).toContain(made);
    const { page } = await visitAs('koen');
    await show(page, '/report/2026-01');
    const text = await expectWhole(page);
    expect(text).toContain('Over de dagen daarvoor staat hier niets.');
    expect(text).toMatch(/Team Over deze dagen is niets bekend\./);
    // Who got it is no part of it.
    expect(text).not.toContain('Wie het kreeg');
  });

  it('the list of reports has no buttons', async () => {
    const { page } = await visitAs('mira');
    await show(page, '/report');
    const button = page.getByRole('button', { name: 'Maak een verslag' });
    expect(await button.isVisible()).toBe(true);
    const text = textOf(await printed(page));
    expect(text).toContain('Advies aan het bestuur');
    expect(text).not.toContain('Maak een verslag');
  });
});

interface Item {
  readonly id: string;
  readonly name: string;
  readonly life: string;
}

/** What a scanner reads on all sheets, in order. */
const scanned = (sheets: readonly Sheet[]): string[] => sheets.flatMap(({ codes }) => codes).toSorted();

describe.skipIf(withoutTools)('a sheet of labels', () => {
  it('leads from each code to its item', async () => {
    const { url, local } = await sharedDemo();
    const { results } = await local.get<{ results: readonly Item[] }>('/api/v1/items?limit=1000');
    const { page } = await visitAs('mira', { scheme: 'dark' });
    await show(page, '/things/labels');
    const codes = scanned(await printed(page, { codes: true }));
    expect(codes).toEqual(results.map(({ id }) => `${url}/things/${id}`).toSorted());
    // Where it leads is that item.
    const [first] = codes;
    await show(page, first ?? '');
    const found = results.find(({ id }) => first?.endsWith(`/${id}`));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(found?.name);
  });

  it('has the address where everybody reaches the page, and no code is cut where a sheet ends', async () => {
    const { page } = await visitAs('mira');
    const publicUrl = 'https://huismeester.space.example';
    await page.route('**/api/v1/site', async (route) => {
      const site = await (await route.fetch()).json();
      await route.fulfill({ json: { ...site, publicUrl } });
    });
    const ids = Array.from({ length: 70 }, (_, index) => `thing-with-quite-a-long-id-${100 + index}`);
    const { local } = await sharedDemo();
    const { results } = await local.get<{ results: readonly Item[] }>('/api/v1/items?limit=1');
    const items = ids.map((id) => ({
      ...results[0],
      id,
      name: `A thing whose name takes some lines, ${id}`,
    }));
    await page.route('**/api/v1/items*', (route) =>
      route.fulfill({ json: { results: items, next: null, count: items.length } }),
    );
    await show(page, '/things/labels');
    const sheets = await printed(page, { codes: true });
    expect(sheets.length).toBeGreaterThan(1);
    expect(scanned(sheets)).toEqual(ids.map((id) => `${publicUrl}/things/${id}`));
    expect(sheets.flatMap(unreadable)).toEqual([]);
  });
});
