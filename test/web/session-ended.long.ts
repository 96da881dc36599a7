import { skipWithout } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { describe, expect, it } from 'vitest';
import { fillLogIn } from './harness/log-in.ts';
import type { Somebody } from './harness/people.ts';
import { sessionOf } from './harness/program-session.ts';
import { sharedDemo } from './harness/shared-demo.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* Somebody's session ends while they are busy: they log in where they are, and go on. */

const ended = { expected: [/^answer: 401 /, /^answer: 400 POST .*vms/], ownSession: true };
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Je sessie is voorbij' });

/** Ends the session of the browser from another one of the same person, as the account page does. */
async function endElsewhere(page: Page, who: Somebody): Promise<void> {
  const { url } = await sharedDemo();
  const cookies = await page.context().cookies();
  const [, id] = cookies.find(({ name }) => name === 'huismeester')?.value.split('_') ?? [];
  const headers = { authorization: `Bearer ${await sessionOf(who, url)}` };
  const answer = await fetch(`${url}/api/v1/sessions/${id}`, { method: 'DELETE', headers });
  expect(answer.ok).toBe(true);
}

async function logInAgain(page: Page, login: string): Promise<void> {
  const dialog = dialogOf(page);
  await fillLogIn(dialog, login);
  await dialog.waitFor({ state: 'detached' });
}

describe.skipIf(skipWithout('chromium'))('a session that was ended elsewhere', () => {
  it('is begun again in place: what was typed stays, and goes on', async () => {
    const { page } = await visitAs('daan', ended);
    await show(page, '/vms/new');
    await page.getByLabel('Naam').fill('half-typed');
    await endElsewhere(page, 'daan');
    await dialogOf(page).waitFor();
    expect(await page.evaluate('location.pathname')).toBe('/vms/new');

    // A wrong password is said there, and is no end of anything.
    const dialog = dialogOf(page);
    await fillLogIn(dialog, 'daan', 'wrong');
    await dialog.getByRole('alert').waitFor();
    await logInAgain(page, 'daan');

    const name = page.getByLabel('Naam');
    await name.waitFor({ timeout: 3_000 });
    expect(await name.inputValue()).toBe('half-typed');
    // What is sent now is sent by who is logged in.
    await page.getByLabel('Je SSH-sleutel').fill('no key');
    await page.getByRole('button', { name: 'Maak hem' }).click();
    await page.getByText('Dit is geen publieke sleutel').waitFor();
  });

  it('is noticed at the first act, of which the dialog with what was typed stays', async () => {
    const { page } = await visitAs('mira', ended);
    await show(page, '/settings');
    await page.getByRole('button', { name: 'Zet iets op hold' }).click();
    await page.getByLabel('Waarom').fill('maintenance of the rack');
    await endElsewhere(page, 'mira');
    await dialogOf(page).waitFor();
    await logInAgain(page, 'mira');
    expect(await page.getByLabel('Waarom').inputValue()).toBe('maintenance of the rack');
  });

  it('shows nobody else what was typed', async () => {
    const { page } = await visitAs('daan', ended);
    await show(page, '/vms/new');
    await page.getByLabel('Naam').fill('half-typed');
    await endElsewhere(page, 'daan');
    await dialogOf(page).waitFor();
    await logInAgain(page, 'lisa');
    const name = page.getByLabel('Naam');
    await name.waitFor({ timeout: 3_000 });
    expect(await name.inputValue()).toBe('');
  });
});
