import { skipWithout, waitFor } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { describe, expect, it } from 'vitest';
import { sessionOf } from './harness/program-session.ts';
import { sharedDemo } from './harness/shared-demo.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* How sessions of a browser begin and end. Long, since it logs in and out again and again, which takes a while by design. */

describe.skipIf(skipWithout('chromium'))('a session that somebody else put into a browser', () => {
  it.each(['nobody’s', 'a stranger’s'] as const)('is not what a login goes on with (%s)', async (whose) => {
    const { url } = await sharedDemo();
    const planted =
      whose === 'nobody’s' ? 'hms_aaaaaaaaaa_chosen-by-a-stranger' : await sessionOf('teun', url);
    const { page, context } = await visitAs('nobody', { expected: [/^answer: 401 GET /] });
    await context.addCookies([{ name: 'huismeester', value: planted, url, httpOnly: true }]);
    await show(page, '/account');
    if (whose === 'nobody’s') await logIn(page);
    // The page takes it for a session of his, as it is; she sees that she is not teun.
    else await context.request.post('/api/v1/sessions', { data: { login: 'mira', password: 'demo' } });
    await show(page, '/account');
    await page.getByRole('heading', { name: 'Mira de Wit' }).waitFor();
    const [cookie, ...others] = await context.cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(cookie?.value).not.toBe(planted);
    // Whoever knows it has nothing of it.
    for (const headers of [
      { cookie: `huismeester=${planted}` },
      { authorization: `Bearer ${planted}` },
    ] as const)
      expect((await fetch(`${url}/api/v1/me`, { headers })).status).toBe(401);
  });

  it('makes nobody of both, where it is beside one’s own', async () => {
    const { url } = await sharedDemo();
    const { context } = await visitAs('mira', { ownSession: true });
    const value = await sessionOf('teun', url);
    const domain = new URL(url).hostname;
    await context.addCookies([{ name: 'huismeester', value, domain, path: '/api/v1', httpOnly: true }]);
    const answer = await context.request.get('/api/v1/me');
    expect([answer.status(), (await answer.json()).code]).toEqual([401, 'session-ended']);
  });
});

describe.skipIf(skipWithout('chromium'))('logging out', () => {
  it('ends the stream, and leaves nothing of what was seen', async () => {
    const { url } = await sharedDemo();
    const { page, context } = await visitAs('mira', {
      ownSession: true,
      expected: [/^answer: 401 /, /^failed: GET \/api\/v1\/live/],
    });
    await show(page, '/vms/new');
    await page.getByLabel('Naam').fill('secret-plan');
    await page.getByRole('link', { name: 'VM’s' }).click();
    await page.getByText('old-experiment').first().waitFor();
    const other = await context.newPage();
    await show(other, '/vms');
    await other.getByText('old-experiment').first().waitFor();
    const stream = await fetch(`${url}/api/v1/live`, { headers: { cookie: await cookieOf(context) } });
    expect(stream.status).toBe(200);
    const ended = stream.text();

    await page.getByRole('button', { name: 'Meer' }).click();
    await page.getByRole('link', { name: 'Mijn account' }).click();
    await page.getByRole('button', { name: 'Log uit' }).click();
    await page.getByLabel('Wachtwoord').waitFor();
    // The server ends it: a browser that does not, hears nothing more.
    expect(await ended).toContain('event: heads');
    expect(await context.cookies()).toEqual([]);

    const seen = /old-experiment|secret-plan|Mira de Wit/;
    expect(await page.content()).not.toMatch(seen);
    await page.goBack();
    await page.getByLabel('Wachtwoord').waitFor();
    expect(await page.content()).not.toMatch(seen);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(seen);
    // Another tab asks again, and has nothing behind that.
    await other.getByRole('dialog').getByLabel('Wachtwoord').waitFor();
    await waitFor('nothing of it is left', async () => !seen.test(await other.content()));
  });
});

async function cookieOf(context: ReturnType<Page['context']>): Promise<string> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
}

async function logIn(page: Page): Promise<void> {
  await page.getByLabel('Naam of mailadres').fill('mira');
  await page.getByLabel('Wachtwoord').fill('demo');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByLabel('Wachtwoord').waitFor({ state: 'detached' });
}
