import { skipWithout, waitFor } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { describe, expect, it } from 'vitest';
import { settled, show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* A participant makes a VM by phone, and is rid of it again: the demo is as it was. */

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f daan@laptop';
const name = 'story-1';
const refused = /^answer: (400|409) POST \/api\/v1\/vms/;
const consoleError = /Failed to load resource/;

/** Presses a button of the page, or of the dialog that is open. */
const press = (page: Page, text: string | RegExp) => page.getByRole('button', { name: text }).last().click();
const isThere = (page: Page, text: string) =>
  waitFor(`«${text}» on the page`, () => page.getByText(text).first().isVisible(), { timeoutMs: 60_000 });

describe.skipIf(skipWithout('chromium'))('a VM of one’s own', () => {
  it('takes four fields and a minute, goes on while nobody looks, and is deleted by its name', async () => {
    const visit = await visitAs('daan', { size: 'phone', expected: [refused, consoleError] });
    const { page } = visit;
    await show(page, '/vms/new');
    // Name, system, size, key.
    expect(await page.locator('main form .field > label, main form .choice > legend').count()).toBe(4);

    await page.getByLabel('Naam').fill(name);
    await page.getByLabel('Je SSH-sleutel').fill('no key');
    await press(page, 'Maak hem');
    await isThere(page, 'Dit is geen publieke sleutel');
    expect(await page.getByLabel('Naam').inputValue()).toBe(name);
    await page.getByLabel('Je SSH-sleutel').fill(key);
    await press(page, 'Maak hem');
    await isThere(page, 'Je mag deze pagina sluiten');
    await page.close();

    const again = await visit.newTab();
    await show(again, '/vms/new');
    await again.getByRole('link', { name: `Kijk hoe het maken van ${name} gaat` }).click();
    await isThere(again, 'ssh debian@');

    await show(again, '/vms/new');
    // The key of the last time is known.
    await isThere(again, 'daan@laptop');
    await again.getByLabel('Naam').fill(name);
    await press(again, 'Maak hem');
    await isThere(again, `Je hebt al een VM die ${name} heet`);
    await again.getByLabel('Naam').fill('story-2');
    await again.getByRole('radio', { name: /Groot/ }).check();
    await press(again, 'Maak hem');
    await isThere(again, 'Dat is meer dan je mag hebben van: cores');

    await show(again, '/vms');
    await again.getByRole('link', { name, exact: true }).click();
    await settled(again);
    await press(again, `Zet hard uit: ${name}`);
    await again.getByLabel(`Typ ${name}`).fill(name);
    await press(again, `Zet hard uit: ${name}`);
    await isThere(again, 'staat uit');
    await press(again, `Verwijder: ${name}`);
    await again.getByLabel(`Typ ${name}`).fill(name);
    visit.expect(/^answer: 404 GET \/api\/v1\/vms\//);
    await press(again, `Verwijder: ${name}`);
    // The page goes there when the request was taken: to go earlier could end it.
    await again.waitForURL('**/vms');
    await settled(again);
    await waitFor(
      'it is gone',
      async () => (await again.getByRole('link', { name, exact: true }).count()) === 0,
      {
        timeoutMs: 30_000,
      },
    );
  });
});
