import { readFileSync } from 'node:fs';
import { skipWithout } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { elsewhere, inOtherStates } from './harness/not-pressed.ts';
import { acting, outcomeOf, routeOf } from './harness/offered.ts';
import { places } from './harness/places.ts';
import { pressAll } from './harness/press.ts';
import { sharedDemo } from './harness/shared-demo.ts';
import { show } from './harness/show.ts';
import { spotsOf } from './harness/spots.ts';
import { refusalsOf } from './harness/states.ts';
import { visitAs } from './harness/visit.ts';

/*
 * Role × page × button: whatever somebody can press on a page is for them by the roles that its route declares, and whatever a route lets people do can be
 * pressed somewhere. Long, since each page decides by itself what it offers to whom, so that every button of every page has to be used by each of them.
 */

const pages = new URL('../../packages/web/src/pages/', import.meta.url);
const logIn = 'POST /api/v1/sessions';

describe.skipIf(skipWithout('chromium'))('role × page × button', { timeout: 900_000 }, () => {
  const pressed = new Set([logIn]);

  it.each(['mira', 'saar', 'noor', 'koen', 'lisa', 'daan', 'fleur'] as const)(
    '%s is offered what they may do, and is told who may see what they may not',
    async (who) => {
      const { local } = await sharedDemo();
      // What is pressed is answered so, and what is on a page may be for others: of applications it is not even said that they are there.
      const { page } = await visitAs(who, { expected: [/^answer: 403 /, /^answer: 404 GET /] });
      await show(page, '/');
      const { roles } = await (await page.request.get('/api/v1/me')).json();
      const wrong: string[] = [];
      for (const { path } of await spotsOf(local)) {
        await show(page, path);
        for (const note of (await refusalsOf(page)).silent) wrong.push(`${path}: ${note}`);
        for (const [request, name] of await pressAll(page, path)) {
          const route = routeOf(request);
          const outcome = route === undefined ? 'there is no such route' : outcomeOf(route, roles);
          if (outcome !== 'in') wrong.push(`${path}, «${name}»: ${request} is ${outcome}`);
          if (route !== undefined) pressed.add(route);
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  it('nobody is offered anything but to log in', async () => {
    const { page } = await visitAs('nobody', { expected: [/^answer: 40[13] /] });
    const offered = new Map<string, string>();
    for (const { slug, path } of places.filter(({ path }) => !path.includes(':'))) {
      await show(page, path);
      for (const [request] of await pressAll(page, path)) if (request !== logIn) offered.set(slug, request);
    }
    expect([...offered]).toEqual([]);
  });

  it('what a route lets people do is pressed somewhere, or stands in a list with the reason', () => {
    const known = new Set([...pressed, ...Object.keys(elsewhere), ...Object.keys(inOtherStates)]);
    expect(acting.filter((route) => !known.has(route))).toEqual([]);
    // What is pressed now is no longer elsewhere.
    expect(Object.keys(elsewhere).filter((route) => pressed.has(route))).toEqual([]);
  });

  it.each(Object.entries(inOtherStates))('%s is offered in another state', (route, { file, words }) => {
    expect(acting).toContain(route);
    const source = readFileSync(new URL(file, pages), 'utf8');
    for (const each of words) expect(source).toContain(each);
  });
});
