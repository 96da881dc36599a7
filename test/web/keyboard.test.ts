import { skipWithout, waitFor } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { describe, expect, it } from 'vitest';
import { password } from './harness/people.ts';
import { settled } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* Somebody who has no mouse: from login to logout by keys alone. */

const target = 'vm/112';
/** More often than there is anything to go to on a page. */
const atMost = 150;

interface Focused {
  readonly name: string;
  /** Its outline, width and style, as the browser draws it. */
  readonly outline: string;
  readonly isInSight: boolean;
}

/** Of a page, where the functions that are sent there run. */
declare const document: {
  readonly activeElement: Element | null;
};
declare const window: { readonly innerHeight: number };
declare function getComputedStyle(element: Element): { outlineStyle: string; outlineWidth: string };
interface Element {
  readonly tagName: string;
  readonly textContent: string;
  readonly labels?: ArrayLike<Element>;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { readonly top: number; readonly bottom: number; readonly width: number };
}

/** What has the focus; undefined: nothing that one can act on. */
function focused(page: Page): Promise<Focused | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element.tagName === 'BODY') return undefined;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, bottom, width } = element.getBoundingClientRect();
    const text =
      element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
    return {
      name: text.trim(),
      outline: `${outlineWidth} ${outlineStyle}`,
      isInSight: width > 1 && bottom > 0 && top < window.innerHeight,
    };
  });
}

/** Presses Tab until what is called so has the focus; all that has it on the way must be seen to have it. */
async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let count = 0; count < atMost; count += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (at === undefined) continue;
    expect(at, `the focus on «${at.name}»`).toMatchObject({ outline: '3px solid', isInSight: true });
    if (typeof name === 'string' ? at.name === name : name.test(at.name)) return;
    passed.push(at.name);
  }
  throw new Error(`no Tab leads to «${name}», but to: ${passed.join(' | ')}`);
}

const isFocused = (page: Page, name: string) =>
  waitFor(`«${name}» has the focus`, async () => (await focused(page))?.name === name);

describe.skipIf(skipWithout('chromium'))('by keyboard alone', () => {
  it('somebody logs in, puts something on hold and takes that back, and logs out', async () => {
    const { page } = await visitAs('nobody');
    await page.goto('/');
    await settled(page);
    await tabTo(page, 'Naam of mailadres');
    await page.keyboard.type('mira');
    await tabTo(page, 'Wachtwoord');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.getByText('Wat er van jou gevraagd wordt').waitFor();

    // The first thing that Tab comes to leads past the navigation.
    await page.goto('/vms');
    await settled(page);
    await tabTo(page, 'Naar de inhoud');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.locator('main :focus').count()).toBe(1);

    await tabTo(page, 'Meer', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Instellingen');
    await page.keyboard.press('Escape');
    await isFocused(page, 'Meer');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Instellingen');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Instellingen' }).waitFor();
    await settled(page);

    // A dialog that is closed gives the focus back.
    await tabTo(page, /^Zet .* op (scherp|dry-run)$/);
    const { name: opener = '' } = (await focused(page)) ?? {};
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await isFocused(page, opener);

    await tabTo(page, 'Zet iets op hold');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, 'Wat');
    await page.keyboard.type(target);
    await tabTo(page, 'Waarom');
    await page.keyboard.type('the keyboard test');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await isFocused(page, 'Zet iets op hold');
    await page.getByText(`${target} staat op hold`).waitFor();
    await tabTo(page, /^Ongedaan maken/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Geef vrij: ${target}` }).waitFor({ state: 'detached' });

    await tabTo(page, 'Meer');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Mijn account');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Mijn account' }).waitFor();
    await settled(page);
    await tabTo(page, 'Log uit');
    await page.keyboard.press('Enter');
    await page.getByLabel('Wachtwoord').waitFor();
  });
});
