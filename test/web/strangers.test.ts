import { skipWithout } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SharedDemo, sharedDemo } from './harness/shared-demo.ts';
import { show } from './harness/show.ts';
import { type Strangers, startStrangers } from './harness/strangers.ts';
import { visitAs } from './harness/visit.ts';

/* Pages of others, which a browser with a session happens to open, change nothing and learn nothing. */

/** What is refused, what the browser says of it, and that a stranger's page is not the demo's. */
const refused = [/^foreign: /, /^answer: (401|403|405) /, /^console: .*CORS policy/, /^failed: .*ERR_FAILED/];
const hold = { target: 'vm/123', for: '1h', because: 'a stranger says so' };
const crossSite = { status: 403, code: 'cross-site' };
/** An answer to another page's request that no script of it reads. */
const unread = 'not readable';

describe.skipIf(skipWithout('chromium'))('a page of somebody else', () => {
  let demo: SharedDemo;
  let strangers: Strangers;
  beforeAll(async () => {
    [demo, strangers] = await Promise.all([sharedDemo(), startStrangers()]);
  });
  afterAll(() => strangers.close());

  const state = async () => ({
    holds: await demo.local.get('/api/v1/holds'),
    rules: await demo.local.get('/api/v1/rules'),
  });

  it.each(['otherPort', 'otherSite'] as const)('does nothing and reads nothing (%s)', async (which) => {
    const { page, context } = await visitAs('mira', { expected: refused });
    const before = await state();
    const stranger = strangers[which];
    // On the same host the browser sends the session along; elsewhere it does not.
    const isKnown = which === 'otherPort';
    const refusal = isKnown ? crossSite : { status: 401, code: 'not-authenticated' };
    const path = `${demo.url}/api/v1/holds`;
    expect(await submitted(page, stranger, path, hold)).toEqual(refusal);
    const login = { login: 'teun', password: 'demo' };
    expect(await submitted(page, stranger, `${demo.url}/api/v1/sessions`, login)).toEqual(crossSite);

    await page.goto(stranger);
    const body = JSON.stringify(hold);
    // Without a question before it, as a form would be sent.
    const answered = page.waitForResponse(path);
    expect(await fetched(page, path, { method: 'POST', mode: 'no-cors', body })).toBe(unread);
    expect((await answered).status()).toBe(refusal.status);
    expect(await fetched(page, path, { method: 'POST', body })).toBe(unread);
    // With one, which nobody answers.
    const json = { 'content-type': 'application/json' };
    expect(await fetched(page, path, { method: 'POST', headers: json, body })).toBe(unread);
    expect(await fetched(page, `${demo.url}/api/v1/sessions/current`, { method: 'DELETE' })).toBe(unread);
    for (const what of ['me', 'vms', 'now', 'live'])
      expect(await fetched(page, `${demo.url}/api/v1/${what}`, {})).toBe(unread);

    expect(await state()).toEqual(before);
    // She is who she was.
    expect(await (await context.request.get('/api/v1/me')).json()).toMatchObject({ uid: 'mira' });
  });

  it('shows nothing of it in a frame', async () => {
    const visit = await visitAs('mira', {
      expected: [...refused, /frame-ancestors/, /ERR_BLOCKED_BY_RESPONSE/],
    });
    const { page } = visit;
    const framed = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await page.goto(`${strangers.otherPort}/frame?src=${encodeURIComponent(demo.url)}`);
    await framed;
    expect(page.frames().every((frame) => !frame.url().startsWith(demo.url))).toBe(true);
  });
});

describe.skipIf(skipWithout('chromium'))('what somebody else wrote', () => {
  const evil = `<img src=x onerror="document.title='taken over'">`;
  const rename = {
    vms: (vm: object) => ({ ...vm, name: evil }),
    items: (item: object) => ({ ...item, name: evil }),
    holds: (one: object) => ({ ...one, because: evil }),
  };
  const held = { id: 'h-1', target: 'vm/123', by: 'service:policy', created: '2026-01-01T00:00:00Z' };

  it('is text, whatever it looks like, and the policy of the page would not run it either', async () => {
    const visit = await visitAs('mira');
    const { page } = visit;
    for (const [what, changed] of Object.entries(rename)) {
      await page.route(new RegExp(`/api/v1/${what}(/[^/]+)?([?]|$)`), async (route) => {
        const response = await route.fetch();
        if (response.status() !== 200) return route.fulfill({ response });
        const answer = await response.json();
        const until = new Date(Date.now() + 3_600_000).toISOString();
        if (what === 'holds') Object.assign(answer, { results: [{ ...held, until }], count: 1 });
        const json = Array.isArray(answer.results)
          ? { ...answer, results: answer.results.map(changed) }
          : changed(answer);
        return route.fulfill({ response, json });
      });
    }
    for (const path of ['/vms', '/vms/123', '/things', '/things/bar-pc', '/settings']) {
      await show(page, path);
      await page.getByText(evil).first().waitFor();
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.title()).not.toBe('taken over');
    }
    const file = await page.request.get('/vms/123');
    expect(file.headers()['content-security-policy']).toContain("script-src 'self'");
    expect(visit.problems()).toEqual([]);

    // A page that were so wrong as to take it for HTML.
    visit.expect(/^(csp: script-src-attr|console: .*inline event handler|answer: 404 GET .*\/x$)/);
    const violated = page.waitForEvent('console', (message) =>
      message.text().includes('inline event handler'),
    );
    await page.evaluate(`document.querySelector('main').innerHTML = ${JSON.stringify(evil)}`);
    await violated;
    expect(await page.title()).not.toBe('taken over');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
});

/** Sent by a form of a stranger's page, which is left for the answer. */
async function submitted(page: Page, stranger: string, action: string, body: object) {
  const text = JSON.stringify(body);
  const name = `${text.slice(0, -1)},"x":"`;
  await page.goto(`${stranger}/form?${new URLSearchParams({ action, name, value: '"}' })}`);
  const answered = page.waitForResponse(action);
  await page.getByRole('button').click();
  const answer = await answered;
  const { code } = (await answer.json()) as { code: string };
  return { status: answer.status(), code };
}

/** What a stranger's script sends. */
interface Sent {
  readonly method?: string;
  readonly mode?: 'cors' | 'no-cors';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a script of the page reads of the answer, with the cookies that the browser has. */
async function fetched(page: Page, url: string, init: Sent): Promise<string> {
  return await page.evaluate(
    async ({ url, init, unread }) => {
      try {
        const answer = await fetch(url, { ...init, credentials: 'include' });
        return answer.type === 'opaque' && (await answer.text()) === '' ? unread : await answer.text();
      } catch {
        return unread;
      }
    },
    { url, init, unread },
  );
}
