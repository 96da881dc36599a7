import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import {
  accessibilityTree,
  axe,
  type Page,
  screenshot,
  sharedBrowser,
  sidewaysScroll,
  smallTouchTargets,
  startBrowser,
  type Visit,
  VisitProblemsError,
} from '../src/browser/index.ts';
import { skipWithout, waitFor } from '../src/index.ts';

const meta = '<meta name="viewport" content="width=device-width"><link rel="icon" href="/icon">';
const html = (body: string) =>
  `<!doctype html><html lang="nl"><head><title>T</title>${meta}</head><body><main><h1>Kop</h1>${body}</main></body></html>`;

/** A page with a fault each, by path. */
const pages: Record<string, string> = {
  '/fine': html('<p>Alles is goed.</p>'),
  '/console': html('<script src="/script?console.error(%27oh%27)"></script>'),
  '/error': html('<script src="/script?throw new Error(%27oh%27)"></script>'),
  '/csp': html('<script>let x = 1;</script>'),
  '/answer': html('<script src="/script?fetch(%27/nothing%27)"></script>'),
  '/foreign': html('<script src="/script?fetch(%27http://example.org/x%27).catch(()=>0)"></script>'),
  '/dialog': html('<script src="/script?alert(1)"></script>'),
  '/wide': html('<p style="width: 500px">breed</p>'),
  '/scroller': html('<div style="overflow-x: auto"><p style="width: 500px">breed</p></div>'),
  '/small': html('<button style="width: 30px; height: 20px; padding: 0">nee</button>'),
  '/labelled': html(
    '<label style="display: block; width: 60px; height: 60px"><input type="checkbox"></label>',
  ),
  '/in-text': html('<p>Lees <a href="/fine">dit</a> eerst.</p>'),
  '/no-label': html('<input>'),
};

describe.skipIf(skipWithout('chromium'))('a browser', () => {
  let server: Server;
  let origin: string;
  let visit: Visit;
  beforeAll(async () => {
    server = createServer(({ url = '' }, response) => {
      const page = pages[url];
      // The style attributes of these pages are allowed; scripts in them are not.
      response.setHeader(
        'content-security-policy',
        "default-src 'self'; style-src 'unsafe-inline'; connect-src *",
      );
      if (url === '/icon') return response.end();
      if (url.startsWith('/script?')) {
        response.setHeader('content-type', 'text/javascript');
        return response.end(decodeURIComponent(url.slice('/script?'.length)));
      }
      response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
      return response.end(page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    visit = await (await sharedBrowser()).open({ origin, size: 'phone' });
  });
  afterAll(async () => {
    await visit.context.close();
    server.closeAllConnections();
    server.close();
  });
  const show = async (path: string): Promise<Page> => {
    await visit.page.goto(path);
    return visit.page;
  };

  test.each([
    ['/console', /^console: oh \(\/script/],
    ['/error', /^error: Error: oh/],
    ['/csp', /^csp: script-src-elem blocked inline$/],
    ['/answer', /^answer: 404 GET \/nothing$/],
    ['/foreign', /^foreign: GET http:\/\/example\.org\/x$/],
    ['/dialog', /^dialog: alert 1$/],
  ])('of %s it says that %s', async (path, problem) => {
    await show(path);
    await waitFor('the problem is there', () => visit.problems().some((each) => problem.test(each)));
  });

  it('says all of it when it is closed', async () => {
    const own = await (await sharedBrowser()).open({ origin });
    await own.page.goto('/console');
    await waitFor('the problem is there', () => own.problems().length > 0);
    await expect(own.close()).rejects.toThrow(VisitProblemsError);
  });

  it('has no problem with a page that has none, nor with what was expected; reaches this machine by names below .test, and no other host', async () => {
    const named = origin.replace('127.0.0.1', 'huis.test');
    const own = await (await sharedBrowser()).open({ origin: named, expected: [/^(foreign|failed): /] });
    await own.page.goto('/fine');
    expect(own.problems()).toEqual([]);
    own.expect(/GET \/nothing$/);
    const answered = own.page.waitForResponse('**/nothing');
    await own.page.goto('/answer');
    await answered;
    expect(await own.page.evaluate('isSecureContext')).toBe(false);
    await expect(own.page.goto('http://10.0.0.1/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
    await own.close();
  });

  it('finds what sticks out, unless it scrolls in a box of its own', async () => {
    expect(await sidewaysScroll(await show('/fine'))).toEqual([]);
    expect(await sidewaysScroll(await show('/scroller'))).toEqual([]);
    expect(await sidewaysScroll(await show('/wide'))).toEqual([
      expect.stringMatching(/^<p .*«breed» ends at/),
    ]);
  });

  it('finds what a finger cannot hit, but no links within text', async () => {
    expect(await smallTouchTargets(await show('/in-text'))).toEqual([]);
    expect(await smallTouchTargets(await show('/labelled'))).toEqual([]);
    expect(await smallTouchTargets(await show('/small'))).toEqual([
      expect.stringMatching(/«nee»: 30 × 20 px$/),
    ]);
  });

  it('finds with axe-core what breaks WCAG, in spite of a content security policy', async () => {
    expect(await axe(await show('/fine'))).toEqual([]);
    expect(await axe(await show('/no-label'))).toEqual([expect.stringMatching(/^label \(critical\)/)]);
  });

  it('gives the accessibility tree as text', async () => {
    expect(await accessibilityTree(await show('/in-text'))).toContain('- link "dit"');
  });

  it('takes pictures as webp', async () => {
    const picture = await screenshot(await show('/fine'));
    expect(picture.subarray(8, 12).toString()).toBe('WEBP');
  });

  it('ends its process when it is closed', async () => {
    const own = await startBrowser();
    expect(() => process.kill(own.pid, 0)).not.toThrow();
    await own.close();
    expect(() => process.kill(own.pid, 0)).toThrow('ESRCH');
  });
});
