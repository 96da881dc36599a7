import { skipWithout } from '@huismeester/testkit';
import {
  accessibilityTree,
  axe,
  sidewaysScroll,
  sizes,
  smallTouchTargets,
} from '@huismeester/testkit/browser';
import { afterAll, describe, expect, it } from 'vitest';
import { arrivalOf, slowDown } from '../bench/page/slow-phone.ts';
import { createVisits } from './harness/open-browser.ts';
import { pathOf, places } from './harness/places.ts';
import { sharedDemo } from './harness/shared-demo.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/** Pages whose accessibility tree is golden text. */
const golden = new Set(['now', 'vms', 'vms-new', 'settings', 'team']);
const mostRequests = 9;
const mostShift = 0.02;

describe.skipIf(skipWithout('chromium'))('every page, filled, on a phone', () => {
  const visits = createVisits({ size: 'phone' });
  afterAll(() => visits.close());

  // Light and dark by turns: `looks.long.ts` has all of them.
  it.each(places.map((place, index) => ({ ...place, scheme: index % 2 === 0 ? 'light' : 'dark' }) as const))(
    '$slug, $scheme',
    async ({ slug, path, who, scheme }) => {
      const { page } = await visits.of(who);
      await page.setViewportSize(sizes.phone.viewport);
      await page.emulateMedia({ colorScheme: scheme });
      await show(page, await pathOf({ path }, (await sharedDemo()).local));
      expect(await page.locator('h1').count(), 'headings of the page').toBe(1);
      expect(await page.locator('[data-early]').count(), 'what still keeps back what follows').toBe(0);
      expect(await axe(page)).toEqual([]);
      expect(await smallTouchTargets(page)).toEqual([]);
      if (golden.has(slug)) {
        const tree = await accessibilityTree(page.locator('main'), [
          // What happened last depends on who was faster in the power cut; how long settings are, on where this runs.
          [/(?<=Wat er laatst gebeurde"[\s\S]*?- list:\n)(?: {4,}.*\n?)+/g, '    - listitem: …'],
          [/(?<=definition: )"\d+"|(?<=group: [\w-]+ )\d+/g, 'N'],
        ]);
        await expect(tree).toMatchFileSnapshot(`golden/${slug}.yaml`);
      }
      for (const { viewport } of [sizes.narrow, sizes.zoomed]) {
        await page.setViewportSize(viewport);
        expect(await sidewaysScroll(page), `${viewport.width} px wide`).toEqual([]);
      }
    },
  );

  it(`asks at most ${mostRequests} times for the first view`, async () => {
    const { context, page } = await visitAs('mira', { size: 'phone' });
    const asked: string[] = [];
    context.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await show(page, '/');
    expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(mostRequests);
  });

  it('has nothing that moves while it comes slowly', async () => {
    const { page } = await visitAs('mira', { size: 'phone' });
    await slowDown(page);
    expect((await arrivalOf(page, '/')).layoutShift).toBeLessThanOrEqual(mostShift);
  });
});
