import { skipWithout } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDemo } from './harness/demo.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* Somebody joins the team: four people, each at a browser of their own, and nobody reloads. Long, since the demo first has to refuse her, as it does. */

const patient = { timeout: 120_000 };

const button = (page: Page, name: RegExp) => page.getByRole('main').getByRole('button', { name });
const confirm = (page: Page, name: RegExp) => page.getByRole('dialog').getByRole('button', { name });
/** How far the application is, on the page. */
const phase = (page: Page) => page.locator('.phases [aria-current=step]');

describe.skipIf(skipWithout('chromium'))('an application', () => {
  it('goes from its opening to «geen bezwaar» in the browsers of three who decide', async () => {
    const demo = await startDemo();
    onTestFinished(() => demo.close());
    const pageOf = async (who: 'fleur' | 'mira' | 'teun' | 'saar') => (await visitAs(who, { demo })).page;
    const [fleur, mira, teun, saar] = await Promise.all([
      pageOf('fleur'),
      pageOf('mira'),
      pageOf('teun'),
      pageOf('saar'),
    ]);

    await show(fleur, '/team');
    await button(fleur, /^Meld je aan/).click(patient);
    await confirm(fleur, /^Meld je aan/).click();
    await fleur.waitForURL(/\/team\/applications\/[0-9a-f-]+$/);
    await phase(fleur).getByText('Stemmen').waitFor();
    const deciders = [mira, teun, saar];
    await Promise.all(deciders.map((page) => show(page, new URL(fleur.url()).pathname)));

    // One of three decides nothing yet, so that it is not asked about.
    await button(mira, /^Stem ja over Fleur/).click();
    await mira.getByText(/^Je stemde: ja/).waitFor();
    await Promise.all([fleur, teun, saar].map((page) => page.getByText('1 van 3 gestemd').waitFor()));

    await button(teun, /^Stem ja over Fleur/).click();
    await teun
      .getByRole('dialog')
      .getByText(/^Jouw stem \(ja\) beslist het/)
      .waitFor();
    expect(await phase(mira).textContent(), 'before it is confirmed').toContain('Stemmen');
    await confirm(teun, /^Stem ja/).click();
    await Promise.all([fleur, ...deciders].map((page) => phase(page).getByText('Bestuur').waitFor()));

    // Only she, of the board and the team, has the button.
    const none = /^Geen bezwaar tegen Fleur/;
    expect(await Promise.all([fleur, mira, teun].map((page) => button(page, none).count()))).toEqual([
      0, 0, 0,
    ]);
    await button(saar, none).click();
    await saar
      .getByRole('dialog')
      .getByText(/^Jij bent de laatste die gevraagd is/)
      .waitFor();
    await confirm(saar, none).click();
    const inTheTeam = (page: Page) =>
      page.locator('.phases li').last().getByText('klaar').waitFor({ state: 'attached' });
    await Promise.all([fleur, ...deciders].map(inTheTeam));
  });
});
