import { skipWithout, waitFor } from '@huismeester/testkit';
import type { Page, Visit } from '@huismeester/testkit/browser';
import { describe, expect, it } from 'vitest';
import { seenAfterMs } from './harness/live.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* A browser opens six connections to a server, over all tabs: a stream for each of eight would leave none to fetch anything by. */

const target = 'vm/111';
const because = 'looked at in eight tabs';

type BrowserContext = Visit['context'];
type Request = Awaited<ReturnType<Page['waitForRequest']>>;

/** Which tabs have the stream open. */
function followStreams(context: BrowserContext): ReadonlySet<Page> {
  const open = new Set<Page>();
  const isStream = (request: Request) => new URL(request.url()).pathname === '/api/v1/live';
  const on = (request: Request, act: (page: Page) => void): void => {
    if (isStream(request)) act(request.frame().page());
  };
  context.on('request', (request) => on(request, (page) => open.add(page)));
  context.on('requestfailed', (request) => on(request, (page) => open.delete(page)));
  context.on('requestfinished', (request) => on(request, (page) => open.delete(page)));
  return open;
}

describe.skipIf(skipWithout('chromium'))('eight tabs of one browser', () => {
  it('all load, and all show within 3 s what happens, of which one of them hears', async () => {
    const { context, page, newTab } = await visitAs('mira');
    const streams = followStreams(context);
    const tabs = [page];
    while (tabs.length < 8) tabs.push(await newTab());
    await Promise.all(tabs.map((tab) => show(tab, '/settings')));
    await waitFor('one stream is left', () => streams.size === 1);
    expect(await seenAfterMs(tabs, target, because)).toBeLessThan(3_000);

    const [reader] = streams;
    await reader?.close();
    const others = tabs.filter((tab) => tab !== reader);
    await waitFor('another one reads the stream', () => [...streams].some((tab) => tab !== reader));
    expect(await seenAfterMs(others, target, because)).toBeLessThan(3_000);
  });
});
