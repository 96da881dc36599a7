import { skipWithout, waitFor } from '@huismeester/testkit';
import { axe, type Page } from '@huismeester/testkit/browser';
import { afterAll, describe, expect, it } from 'vitest';
import { errorAt, keptFocus, undo, watch } from './harness/acting.ts';
import { createVisits } from './harness/open-browser.ts';
import { sharedDemo } from './harness/shared-demo.ts';
import { show } from './harness/show.ts';

/* What buttons, dialogs and forms do, whatever they are about. acting.long.ts has what takes more, and what cannot be taken back. */

const held = 'vm/111';
interface List<Item> {
  readonly results: readonly Item[];
}

const button = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
const inDialog = (page: Page, name: string | RegExp) =>
  page.getByRole('dialog').getByRole('button', { name });
/** In one look: of a dialog that is about to close, a button that was counted may be gone. */
const isFocused = (page: Page, name: string | RegExp) =>
  page.locator(':focus').and(page.getByRole('button', { name })).waitFor();

async function holdsOf(target: string): Promise<number> {
  const { local } = await sharedDemo();
  const { results } = await local.get<List<object>>(`/api/v1/holds?target=${encodeURIComponent(target)}`);
  return results.length;
}

describe.skipIf(skipWithout('chromium'))('what somebody does', () => {
  const visits = createVisits({ expected: [/^answer: 400 POST .*holds/] });
  afterAll(() => visits.close());

  it('is filled in once: what is wrong stands at its field, and what was typed stays over that and a reload', async () => {
    const { page } = await visits.of('mira');
    const asked = watch(page, 'POST', /\/holds$/);
    await show(page, '/settings');
    const opener = 'Zet iets op hold';
    const submit = (what: string) => inDialog(page, `Zet ${what} op hold`);
    await button(page, opener).click();
    await page.getByLabel('Wat', { exact: true }).fill('the rack');
    await page.getByLabel('Waarom').fill('x');
    await submit('the rack').click();
    await waitFor('both are said', async () => (await errorAt(page, 'Waarom')) !== undefined);
    expect(await errorAt(page, 'Waarom')).toContain('3');
    expect(await errorAt(page, 'Wat')).toContain('the rack');
    await page.locator('input:focus').waitFor();
    expect(await page.locator('input:focus').inputValue()).toBe('the rack');

    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await isFocused(page, opener);
    await show(page, '/settings');
    await button(page, opener).click();
    expect(await page.getByLabel('Waarom').inputValue()).toBe('x');
    await page.getByLabel('Wat', { exact: true }).fill(held);
    await page.getByLabel('Waarom').fill('the test of forms');

    // Two clicks make one hold.
    await submit(held).dblclick();
    await page.getByText(`${held} staat op hold`).waitFor();
    await isFocused(page, opener);
    expect(await holdsOf(held)).toBe(1);
    await undo(page);
    await keptFocus(page);
    expect(await holdsOf(held)).toBe(0);
    expect(asked).toEqual([400, 201]);
  });

  it('is undone within ten seconds: a release, at once and twice clicked', async () => {
    const { local } = await sharedDemo();
    await local.post('/api/v1/holds', { target: held, for: '2h', because: 'the test of undoing' });
    const { page } = await visits.of('mira');
    const ended = watch(page, 'DELETE', /\/holds\/[^/]+$/);
    await show(page, '/settings');
    const release = button(page, `Geef vrij: ${held}`);
    await release.dblclick();
    await release.waitFor({ state: 'detached' });
    expect(await holdsOf(held)).toBe(0);
    await keptFocus(page);
    expect(await axe(page), 'with what can be undone').toEqual([]);
    await undo(page);
    await release.waitFor();
    await keptFocus(page);
    expect(await holdsOf(held)).toBe(1);
    expect(ended).toEqual([204]);
    await release.click();
    await release.waitFor({ state: 'detached' });
  });

  it('is undone within ten seconds: what is put up with, and no longer', async () => {
    const { page } = await visits.of('mira');
    await show(page, '/violations');
    // By its row: what an account is called may come after the list.
    const first = page
      .locator('.violation', { has: page.getByRole('button', { name: /^Gedoog: / }) })
      .first();
    const row = page.locator(`[id="${await first.getAttribute('id')}"]`);
    const opener = row.getByRole('button', { name: /^Gedoog: / });
    await opener.click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await row.locator('button:focus').waitFor();

    await opener.click();
    await page.getByLabel('Waarom').fill('the test of undoing');
    await inDialog(page, /^Gedoog: /).click();
    const back = row.getByRole('button', { name: /^Gedoog niet meer: / });
    await back.waitFor();
    await keptFocus(page);
    await undo(page);
    await back.waitFor({ state: 'detached' });
    await keptFocus(page);
  });

  it('asks for the name of what cannot come back, and takes no other', async () => {
    const { page } = await visits.of('daan');
    const asked = watch(page, 'POST', /\/acts$/);
    await show(page, '/vms/123');
    await button(page, /^Verwijder: /).click();
    const act = inDialog(page, /^Verwijder: /);
    await page.getByRole('dialog').getByRole('textbox').fill('old');
    expect(await act.getAttribute('aria-disabled')).toBe('true');
    await act.click({ force: true });
    await page.getByRole('dialog').getByRole('textbox').press('Enter');
    await page.getByRole('dialog').getByRole('textbox').fill('old-experiment');
    expect(await act.getAttribute('aria-disabled')).toBe('false');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(asked).toEqual([]);
  });

  it('is seen before it is confirmed: what a rule would do, in the dialog that arms it', async () => {
    const { local } = await sharedDemo();
    const rule = 'keep-running/SPACE-3';
    const mode = async () => {
      const { results } = await local.get<List<{ rule: string; mode: string }>>('/api/v1/rules');
      return results.find((each) => rule.startsWith(`${each.rule}/`))?.mode;
    };
    expect(await local.put(`/api/v1/rules/${rule}`, { mode: 'dry-run' })).toBe(200);
    const { page } = await visits.of('mira');
    await show(page, '/settings');
    const answered = Promise.withResolvers<void>();
    await page.route(/\/api\/v1\/preview\b/, async (route) => {
      await answered.promise;
      await route.continue();
    });
    await button(page, `Zet ${rule} op scherp`).click();
    expect(await inDialog(page, `Zet ${rule} op scherp`).getAttribute('aria-disabled')).toBe('true');
    answered.resolve();
    await page
      .getByRole('dialog')
      .getByText(/^Er zou nu niets gebeuren|^Dan gebeur/)
      .waitFor();
    expect(await mode()).toBe('dry-run');
    await inDialog(page, `Zet ${rule} op scherp`).dblclick();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await mode()).toBe('enforce');
    await page.unrouteAll({ behavior: 'wait' });
    await isFocused(page, `Zet ${rule} op dry-run`);
  });

  it('stays typed over another page and another language', async () => {
    const visit = await visits.of('daan');
    const { page } = visit;
    await show(page, '/vms/new');
    await page.getByLabel('Naam').fill('half-typed');
    await page.getByRole('button', { name: 'Meer' }).click();
    await page.getByRole('link', { name: 'Mijn account' }).click();
    const place = page.getByLabel('Publieke sleutels, één per regel');
    await place.fill('half a key');
    // Texts that cannot be had leave the page as it is, and say so.
    visit.expect(/^failed: GET \/assets\/(first|words)-en-/);
    await page.route(/-en-[\w-]+\.js/, (route) => route.abort());
    await page.getByRole('radio', { name: 'English' }).click();
    await page.getByText('Er kwam geen antwoord').waitFor();
    expect(await page.getByRole('radio', { name: 'Nederlands' }).isChecked()).toBe(true);
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByRole('radio', { name: 'English' }).check();
    await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor();
    expect(await page.getByLabel('Public keys, one a line').inputValue()).toBe('half a key');
    await show(page, '/vms/new');
    expect(await page.getByLabel('Name').inputValue()).toBe('half-typed');
  });
});
