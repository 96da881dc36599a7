import { skipWithout, waitFor } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { describe, expect, it } from 'vitest';
import type { Somebody } from './harness/people.ts';
import { type SharedDemo, sharedDemo } from './harness/shared-demo.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* Two people change the same thing, each in a browser of their own: who is later sees both versions, and decides. Long, since each page that sends `If-Match` has a case. */

interface Case {
  readonly what: string;
  /** Who is first, and who is later. */
  readonly who: readonly [Somebody, Somebody];
  readonly path: (local: SharedDemo['local']) => Promise<string>;
  /** Opens the form. */
  readonly open: (page: Page) => Promise<void>;
  readonly field: string;
  readonly typed: readonly [string, string];
  readonly save: RegExp;
}

interface List {
  readonly results: readonly { readonly id: string; readonly state?: string }[];
}

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4';
const refused = /^answer: 412 /;
const press = (page: Page, name: RegExp | string) =>
  page.getByRole('main').getByRole('button', { name }).first().click();
const note = (page: Page) => page.getByRole('alert').filter({ hasText: 'Iemand anders' });

async function firstOf(local: SharedDemo['local'], list: string): Promise<string> {
  const { results } = await local.get<List>(`/api/v1/${list}`);
  const [first] = results;
  if (first === undefined) throw new Error(`the demo has none of ${list}`);
  return first.id;
}

const cases: readonly Case[] = [
  {
    what: 'what somebody chose, in two windows of their own',
    who: ['noor', 'noor'],
    path: async () => '/account',
    open: async () => {},
    field: 'Publieke sleutels, één per regel',
    typed: [`${key}f`, `${key}g`],
    save: /^Bewaar$/,
  },
  {
    what: 'a thing of the register',
    who: ['teun', 'mira'],
    path: async (local) => `/things/${await firstOf(local, 'items?limit=1')}`,
    open: (page) => press(page, /^Verander /),
    field: 'Notitie',
    typed: ['the fan is new', 'the fan is loud'],
    save: /^Bewaar /,
  },
  {
    what: 'a project',
    who: ['mira', 'daan'],
    path: async (local) => `/projects/${await firstOf(local, 'projects?limit=1')}`,
    open: (page) => press(page, /^Wijzig /),
    field: 'Waar het voor is',
    typed: ['to learn', 'to make things'],
    save: /^Bewaar$/,
  },
  {
    what: 'an advice that was not given yet',
    who: ['teun', 'mira'],
    async path(local) {
      await local.post('/api/v1/advice', {
        title: 'A second switch',
        text: 'The one that there is is full.',
      });
      return '/report';
    },
    open: (page) => press(page, 'Verander A second switch'),
    field: 'Wat je adviseert, en waarom',
    typed: ['It is full since May.', 'It is full, and it is old.'],
    save: /^Verander A second switch$/,
  },
];

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Two browsers, each with the form open. */
async function bothAt(at: string, who: Case['who'], open: Case['open']): Promise<[Page, Page]> {
  const [one, two] = [await pageOf(who[0]), await pageOf(who[1])];
  for (const page of [one, two]) {
    await show(page, at);
    await open(page);
  }
  return [one, two];
}

const pageOf = async (who: Somebody) => (await visitAs(who, { expected: [refused] })).page;

describe.skipIf(skipWithout('chromium'))('what somebody else changed meanwhile', () => {
  it.each(cases)('is shown beside what was typed: $what', async ({ who, path, open, field, typed, save }) => {
    const { local } = await sharedDemo();
    const at = await path(local);
    const [first, later] = await bothAt(at, who, open);
    const [theirs, own] = typed;
    await later.getByLabel(field).fill(own);
    await first.getByLabel(field).fill(theirs);
    await first.getByRole('button', { name: save }).last().click();
    await first.locator('.notice').waitFor();

    await later.getByRole('button', { name: save }).last().click();
    await note(later).waitFor();
    const said = await note(later).textContent();
    expect(said).toContain(theirs);
    expect(said).toContain(own);
    expect(await later.getByLabel(field).inputValue()).toBe(own);

    // Whoever saves after they saw that decides.
    await later.getByRole('button', { name: save }).last().click();
    await later.locator('.notice').waitFor();
    await show(first, at);
    await open(first);
    expect(await first.getByLabel(field).inputValue()).toBe(own);
  });

  it('is shown before a VM that was just offered is offered to somebody else', async () => {
    const give = 'Geef game-server een eigenaar';
    const [first, later] = await bothAt('/vms/121', ['teun', 'mira'], (page) => press(page, give));
    const offerTo = async (page: Page, person: string) => {
      await page.getByLabel('Aan wie').fill(person);
      await page.getByRole('button', { name: 'Bied hem aan' }).click();
    };
    await later.getByLabel('Aan wie').fill('fleur');
    await offerTo(first, 'noor');
    await first.getByText('Is aangeboden aan Noor Jansen').waitFor();
    await offerTo(later, 'fleur');
    await note(later).getByText('Noor').waitFor();
    await note(later).getByText('fleur').waitFor();
    await later.getByRole('button', { name: 'Laat maar' }).click();
    await press(later, 'Trek het aanbod in: game-server');
    await first.getByRole('button', { name: give }).waitFor();
  });

  it('is shown before a report that was just sent is sent again', async () => {
    const { local } = await sharedDemo();
    const [from, to] = [daysAgo(2), daysAgo(1)];
    expect(await local.post('/api/v1/reports', { from, to })).toBe(201);
    const at = `/report/${await firstOf(local, 'reports?limit=1')}`;
    const [first, later] = await bothAt(at, ['teun', 'mira'], (page) => press(page, /^Stuur /));
    const sendIt = (page: Page) =>
      page
        .getByRole('dialog')
        .getByRole('button', { name: /^Stuur / })
        .click();
    await sendIt(first);
    await first.locator('.notice').waitFor();
    await sendIt(later);
    // To whom it went by now.
    await note(later).locator('li').first().waitFor();
    // Each step of a delivery changes it as well, and is shown.
    await waitFor(
      'it is sent again',
      async () => {
        const dialog = later.getByRole('dialog');
        if ((await dialog.count()) === 0) return true;
        if ((await dialog.locator('[aria-busy=true]').count()) === 0)
          // It may go away under the mouse.
          await sendIt(later).catch(() => {});
        return false;
      },
      { everyMs: 200 },
    );
  });
});
