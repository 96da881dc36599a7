import { skipWithout } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from './harness/demo.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* Proxmox goes away while a VM is made: the page says so in words, and it goes on by itself. Long, since what failed is tried again after a pause that grows,
 * and a demo of its own is needed, whose VMs are unknown meanwhile. */

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f lisa@laptop';
const away = 'Proxmox, de server van de VM’s, antwoordt niet.';
const soon = { timeout: 30_000 };
const later = { timeout: 90_000 };

/** Fills in what is asked for, and sends it. */
async function ask(page: Page, name: string): Promise<void> {
  await show(page, '/vms/new');
  await page.getByLabel('Naam').fill(name);
  const field = page.getByLabel('Je SSH-sleutel');
  // That of the last time is known.
  if (await field.isVisible()) await field.fill(key);
  await page.getByRole('button', { name: 'Maak hem' }).click();
  await page.getByText('Je mag deze pagina sluiten').waitFor(soon);
}

const saysWhy = async (page: Page): Promise<void> => {
  await page.getByRole('status').filter({ hasText: away }).waitFor(soon);
  expect(await page.getByText('Het gaat vanzelf verder: je hoeft niets te doen.').isVisible()).toBe(true);
};

describe.skipIf(skipWithout('chromium'))('while Proxmox is away', () => {
  let demo: Demo;
  const hypervisor = (act: 'break' | 'mend') =>
    demo.local.post(`/api/v1/demo/${act}`, { service: 'hypervisor' });
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.close());

  it('a VM that was half made waits, is found again in another tab, and is finished', async () => {
    const visit = await visitAs('lisa', { demo, size: 'phone' });
    const { page } = visit;
    await ask(page, 'away-1');
    await page.locator('.steps .now', { hasText: 'Het template wordt gekopieerd' }).waitFor(soon);
    expect(await hypervisor('break')).toBe(200);
    await saysWhy(page);
    await page.close();

    const again = await visit.newTab();
    await show(again, '/vms');
    await again.getByRole('link', { name: 'Kijk hoe het maken van away-1 gaat' }).click();
    await saysWhy(again);
    // How a VM is that nobody can ask is unknown, and not off.
    const other = await visit.newTab();
    await show(other, '/vms');
    await other.getByText('onbekend of die draait').first().waitFor(soon);
    await show(other, '/power');
    await other.getByRole('table', { name: 'Nodes' }).getByText('onbekend').first().waitFor(soon);

    expect(await hypervisor('mend')).toBe(200);
    await again.getByText('ssh debian@').waitFor(later);
    expect(await again.getByText(away).count()).toBe(0);
    expect(await again.getByRole('heading', { level: 1 }).textContent()).toBe('away-1 is klaar');
  });

  it('one that is asked for now is made when it is back', async () => {
    const { page } = await visitAs('daan', { demo });
    expect(await hypervisor('break')).toBe(200);
    await ask(page, 'away-2');
    await saysWhy(page);
    expect(await hypervisor('mend')).toBe(200);
    await page.getByText('ssh debian@').waitFor(later);
  });

  it('what could not be made says in words what to do, and beside it what was found', async () => {
    const { page } = await visitAs('lisa', { demo });
    const { results } = await demo.local.get<{ results: readonly { readonly id: string }[] }>(
      '/api/v1/creations?limit=1',
    );
    const [made] = results;
    const failed = { step: 'failed', failure: 'unreachable', error: 'Proxmox could not be asked (timeout)' };
    await page.route(`**/api/v1/creations/${made?.id}`, (route) =>
      route.fulfill({ json: { ...made, ...failed } }),
    );
    await show(page, `/vms/new?making=${made?.id}`);
    const note = page.getByRole('alert').filter({ hasText: away });
    await note.getByText('Probeer het later opnieuw, of vraag het infrateam wat er is.').waitFor();
    await note.getByText('«Proxmox could not be asked (timeout)»').waitFor();
    expect(await note.getByRole('button').allTextContents()).toEqual(['Probeer het opnieuw', 'Laat het']);
  });
});
