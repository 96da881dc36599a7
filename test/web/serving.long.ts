import { skipWithout, waitFor } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Front, startFront } from './harness/behind-caddy.ts';
import { seenAfterMs } from './harness/live.ts';
import { fillLogIn } from './harness/log-in.ts';
import { type SharedDemo, sharedDemo } from './harness/shared-demo.ts';
import { settled, show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* The page behind a real Caddy that the command line set up, in a browser that believes in its headers and cookies. Long, since Caddy makes a certificate first,
 * and wrong logins are slow by design. */

const deepLink = '/vms/123';

/** What a server says of itself, its clock, its files and its connection, not of the page. */
const own =
  /^(date|connection|keep-alive|etag|last-modified|alt-svc|content-length|transfer-encoding|strict-transport-security)$/;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** How a browser is answered that opens the page at two addresses, by path. */
async function answersAt(url: string): Promise<ReadonlyMap<string, Answer>> {
  const { page } = await visitAs('nobody', { demo: { url } });
  const answers = new Map<string, Promise<Answer>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const status = response.status();
    answers.set(
      pathname,
      response.allHeaders().then((headers) => ({ status, headers })),
    );
  });
  for (const path of ['/', deepLink]) {
    await page.goto(path);
    await page.getByLabel('Wachtwoord').waitFor();
  }
  return new Map(
    await Promise.all([...answers].map(async ([path, answer]) => [path, await answer] as const)),
  );
}

const withoutOwn = ({ status, headers }: Answer) => ({
  status,
  ...Object.fromEntries(Object.entries(headers).filter(([name]) => !own.test(name))),
});

/** What a browser counts for an answer without a body, such as 304. */
const headersAlone = 300;

/** What came from the server at the last load, in bytes by path; what the browser had is 0. */
const transferred = (page: Page): Promise<readonly (readonly [string, number])[]> =>
  page.evaluate(
    "performance.getEntries().filter((each) => 'transferSize' in each).map((each) => [new URL(each.name).pathname, each.transferSize])",
  );

describe.skipIf(skipWithout('chromium', 'caddy'))('the page behind a real Caddy', () => {
  let demo: SharedDemo;
  let front: Front;
  beforeAll(async () => {
    demo = await sharedDemo();
    front = await startFront(demo);
  });
  afterAll(() => front.close());

  it('is answered as by the program itself, and says that it is HTTPS', async () => {
    const [alone, behind] = [await answersAt(demo.url), await answersAt(front.url)];
    expect(new Set(behind.keys())).toEqual(new Set(alone.keys()));
    const assets = [...behind.keys()].filter((path) => path.startsWith('/assets/'));
    expect(assets.length).toBeGreaterThan(2);
    for (const [path, answer] of behind) {
      const other = alone.get(path);
      expect([path, withoutOwn(answer)]).toEqual([path, other && withoutOwn(other)]);
      expect(other?.headers).not.toHaveProperty('strict-transport-security');
      if (path.startsWith('/api/')) continue;
      expect(answer.headers).toMatchObject({
        'strict-transport-security': 'max-age=15552000',
        'content-security-policy': expect.not.stringContaining('unsafe'),
        'cache-control': assets.includes(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        'content-encoding': 'br',
      });
    }
  });

  it('lets somebody in whose session only this host and no script can read, and is live', async () => {
    const { page, context, problems } = await visitAs('nobody', { demo: front });
    await page.goto('/settings');
    await fillLogIn(page, 'mira');
    await page.getByRole('button', { name: 'Zet iets op hold' }).waitFor();
    expect(await context.cookies()).toEqual([
      expect.objectContaining({
        name: '__Host-huismeester',
        domain: 'huismeester.test',
        path: '/',
        secure: true,
        httpOnly: true,
        sameSite: 'Strict',
      }),
    ]);
    expect(await page.evaluate('document.cookie')).toBe('');

    const stream = page.waitForResponse((response) => response.url().endsWith('/api/v1/live'));
    await show(page, '/settings');
    expect((await (await stream).allHeaders())['content-type']).toBe('text/event-stream');
    expect(await seenAfterMs([page], 'vm/112', 'looked at behind Caddy')).toBeLessThan(3_000);
    expect(await page.getByText('Stand van').count()).toBe(0);

    await page.goto('/account');
    await settled(page);
    await page.getByRole('button', { name: 'Log uit' }).click();
    await page.getByLabel('Wachtwoord').waitFor();
    expect(await context.cookies()).toEqual([]);
    expect(problems()).toEqual([]);
  });

  it('knows from where somebody guesses passwords, and lets all others in', async () => {
    const guess = () =>
      front.ask('/api/v1/sessions', {
        from: '127.0.0.2',
        method: 'POST',
        body: { login: `guess-${crypto.randomUUID()}`, password: 'wrong' },
      });
    await waitFor('the guesser is refused', async () => (await guess()) === 429, { everyMs: 1 });
    const { page } = await visitAs('nobody', { demo: front });
    await page.goto('/account');
    await fillLogIn(page, 'fleur');
    await page.getByRole('button', { name: 'Log uit' }).waitFor();
  });
});

// Of a certificate that it was told to accept all the same, Chromium keeps nothing: that Caddy answers 304 is in packages/cli.
it.skipIf(skipWithout('chromium'))('a reload asks only whether there is a new version', async () => {
  const { page } = await visitAs('nobody');
  await page.goto(deepLink);
  await page.getByLabel('Wachtwoord').waitFor();
  const files = (await transferred(page)).filter(([path]) => path.startsWith('/assets/'));
  expect(files.length).toBeGreaterThan(2);
  expect(files.filter(([, bytes]) => bytes === 0)).toEqual([]);
  await page.reload();
  await page.getByLabel('Wachtwoord').waitFor();
  const again = (await transferred(page)).filter(([path]) => !path.startsWith('/api/'));
  expect(again.filter(([path, bytes]) => bytes > (path === deepLink ? headersAlone : 0))).toEqual([]);
});
