import { skipWithout, waitFor } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptFocus, undo, watch } from './harness/acting.ts';
import { type Demo, startDemo } from './harness/demo.ts';
import type { Somebody } from './harness/people.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* What is done once, and what cannot be taken back, in a demo of its own. Long, since somebody first has to apply, and a VM to start. */

const patient = { timeoutMs: 120_000 };
const button = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
const inDialog = (page: Page, name: string | RegExp) =>
  page.getByRole('dialog').getByRole('button', { name });

describe.skipIf(skipWithout('chromium'))('what cannot be taken back', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.close());
  const pageOf = async (who: Somebody) => (await visitAs(who, { demo })).page;

  it('is done once by two clicks: a VM of one’s own starts, and is renewed, which is taken back', async () => {
    const { local } = demo;
    const status = async () => (await local.get<{ status: string }>('/api/v1/vms/123')).status;
    const lease = async () => (await local.get<{ lease?: object }>('/api/v1/vms/123')).lease;
    const owner = async () => (await local.get<{ owner?: string }>('/api/v1/vms/123/owner')).owner;
    await waitFor('the VM is his', async () => (await owner()) !== undefined, patient);
    const page = await pageOf('daan');
    const starts = watch(page, 'POST', /\/acts$/);
    const renewals = watch(page, 'POST', /\/renewal$/);
    await show(page, '/vms');
    await button(page, /^Start: /).dblclick();
    await waitFor('it runs', async () => (await status()) === 'running', patient);
    await button(page, /^Verlengen: /).waitFor();
    const before = await lease();
    await button(page, /^Verlengen: /).dblclick();
    await page.locator('.notice').waitFor();
    expect(renewals).toEqual([200]);
    expect(starts).toHaveLength(1);
    expect(await lease()).toMatchObject({ renewals: 1 });
    await keptFocus(page);

    await undo(page);
    expect(await lease()).toEqual(before);
    await keptFocus(page);
  });

  it('is done once by two clicks: a vote', async () => {
    const fleur = await pageOf('fleur');
    await show(fleur, '/team');
    await button(fleur, /^Meld je aan/).click({ timeout: 120_000 });
    await inDialog(fleur, /^Meld je aan/).dblclick();
    await fleur.waitForURL(/\/team\/applications\/[0-9a-f-]+$/);
    const mira = await pageOf('mira');
    const votes = watch(mira, 'PUT', /\/vote$/);
    await show(mira, new URL(fleur.url()).pathname);
    await button(mira, /^Stem ja over Fleur/).dblclick();
    await mira.getByText(/^Je stemde: ja/).waitFor();
    await mira.getByText('1 van 3 gestemd').waitFor();
    expect(votes).toEqual([200]);
  });

  it('is done once by whoever asks again since no answer came: a hold', async () => {
    const { page } = await visitAs('mira', {
      demo,
      expected: [/^failed: POST .*holds/, /^console: .*ERR_FAILED/],
    });
    const keys: unknown[] = [];
    // The first one arrives, and its answer is lost.
    await page.route('**/api/v1/holds', async (route) => {
      if (route.request().method() !== 'POST') return await route.continue();
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return await route.continue();
      await route.fetch();
      return await route.abort();
    });
    await show(page, '/vms/112');
    await button(page, /^Zet op hold: /).click();
    await page.getByLabel('Waarom').fill('an answer that was lost');
    const act = inDialog(page, /hold/);
    await act.click();
    await page.getByRole('dialog').getByText('Er kwam geen antwoord').waitFor();
    expect(await page.getByLabel('Waarom').inputValue()).toBe('an answer that was lost');
    await act.click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { results } = await demo.local.get<{ results: readonly object[] }>('/api/v1/holds?target=vm%2F112');
    expect(results).toHaveLength(1);
    expect(keys).toEqual([expect.any(String), keys[0]]);

    // Its button is gone, now that it is on hold.
    await keptFocus(page);
    await undo(page);
    await button(page, /^Zet op hold: /).waitFor();
    await keptFocus(page);
  });

  it('asks whoever would leave the team without a board for their name', async () => {
    const page = await pageOf('saar');
    const left = watch(page, 'POST', /\/leaving$/);
    await show(page, '/team');
    await page.getByRole('main').getByRole('link', { name: /^Saar/ }).first().click();
    await button(page, /^Ga uit het team/).click();
    const act = inDialog(page, /^Ga uit het team/);
    const name = page.getByRole('dialog').getByLabel('Typ saar');
    await name.fill('koen');
    expect(await act.getAttribute('aria-disabled')).toBe('true');
    await name.press('Enter');
    await act.click({ force: true });
    expect(await page.getByRole('dialog').count()).toBe(1);
    expect(left).toEqual([]);
    await name.fill('saar');
    await act.click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(left).toEqual([204]);
  });
});
