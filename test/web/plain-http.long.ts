import { skipWithout } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDisplay } from './harness/display.ts';
import { type Elsewhere, startElsewhere } from './harness/from-elsewhere.ts';
import { seenAfterMs } from './harness/live.ts';
import { fillLogIn } from './harness/log-in.ts';
import { password } from './harness/people.ts';
import { type SharedDemo, sharedDemo } from './harness/shared-demo.ts';
import { settled, show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* Over plain HTTP by a name that is not loopback a browser has no secure context: no Fetch Metadata, no clipboard, no brotli. Long, since a service has to
 * break and be mended, and is looked at every 2 s. */

describe.skipIf(skipWithout('chromium'))('over plain HTTP by another name than loopback', () => {
  let demo: SharedDemo;
  let elsewhere: Elsewhere;
  beforeAll(async () => {
    demo = await sharedDemo();
    elsewhere = await startElsewhere(demo);
  });
  afterAll(() => elsewhere.close());

  it('all works for who is on the same machine', async () => {
    const url = demo.url.replace('127.0.0.1', 'huismeester.test');
    const { page, context } = await visitAs('nobody', { demo: { url } });
    const main = page.waitForResponse(/\/assets\/main-/);
    await page.goto('/settings');
    expect((await (await main).allHeaders())['content-encoding']).toBe('gzip');
    expect(await page.evaluate('isSecureContext')).toBe(false);
    await fillLogIn(page, 'mira');
    await page.getByRole('button', { name: 'Zet iets op hold' }).waitFor();
    expect(await context.cookies()).toEqual([
      expect.objectContaining({ name: 'huismeester', secure: false, httpOnly: true, sameSite: 'Strict' }),
    ]);
    await show(page, '/settings');
    expect(await seenAfterMs([page], 'vm/112', 'looked at over plain HTTP')).toBeLessThan(3_000);

    // What acts is known by its Origin to come from this page.
    await page.getByRole('button', { name: 'Zet iets op hold' }).click();
    await page.getByLabel('Wat', { exact: true }).fill('vm/112');
    await page.getByLabel('Waarom').fill('held over plain HTTP');
    await page.getByRole('dialog').getByRole('button', { name: /hold/ }).click();
    await page.getByRole('button', { name: /^Ongedaan maken/ }).click();
    await page.getByRole('button', { name: 'Geef vrij: vm/112' }).waitFor({ state: 'detached' });

    await page.goto('/account');
    await settled(page);
    await page.getByRole('button', { name: 'Log uit' }).click();
    await page.getByLabel('Wachtwoord').waitFor();
    expect(await context.cookies()).toEqual([]);
  });

  it('from another machine nobody is asked for a password, but told what to do', async () => {
    const refused = /^answer: 403 POST \/api\/v1\/sessions/;
    const { page } = await visitAs('nobody', { demo: elsewhere, expected: [refused] });
    for (const path of ['/', '/vms/123']) {
      await page.goto(path);
      await page.getByText('Inloggen kan hier niet').waitFor();
      expect(await page.getByText('Open deze pagina met https://').isVisible()).toBe(true);
      expect(await page.locator('input').count()).toBe(0);
    }
    // Whoever sends one all the same is refused, and learns nothing of whether it is right.
    const answer = await page.evaluate(
      async (sent) => {
        const headers = { 'content-type': 'application/json' };
        const { status } = await fetch('/api/v1/sessions', { method: 'POST', headers, body: sent });
        return status;
      },
      JSON.stringify({ login: 'daan', password }),
    );
    expect(answer).toBe(403);
    const { page: english } = await visitAs('nobody', { demo: elsewhere, language: 'en-GB' });
    await english.goto('/');
    await english.getByText('You cannot log in here').waitFor();
  });

  it('from another machine a screen on the wall goes with what happens', async () => {
    const { local, socket } = demo;
    const wall = await openDisplay('plain', { url: elsewhere.url, socket, local });
    await wall.getByText('Core-infra doet het').waitFor();
    onTestFinished(async () => {
      await local.post('/api/v1/demo/mend', { service: 'website' });
    });
    await local.post('/api/v1/demo/break', { service: 'website' });
    await wall.getByText('Core-infra 1 ding doet het niet').waitFor();
    await local.post('/api/v1/demo/mend', { service: 'website' });
    await wall.getByText('Core-infra doet het').waitFor();
  });
});
