import { skipWithout } from '@huismeester/testkit';
import { axe, type Size, sidewaysScroll, sizes, smallTouchTargets } from '@huismeester/testkit/browser';
import { afterAll, describe, expect, it } from 'vitest';
import { arrivalOf, slowDown } from '../bench/page/slow-phone.ts';
import { createVisits } from './harness/open-browser.ts';
import { pathOf, places } from './harness/places.ts';
import { sharedDemo } from './harness/shared-demo.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

const schemes = ['light', 'dark'] as const;

describe.skipIf(skipWithout('chromium')).each<{ size: Size }>([{ size: 'phone' }, { size: 'desktop' }])(
  'every page, filled, on a $size',
  ({ size }) => {
    const visits = createVisits({ size });
    afterAll(() => visits.close());

    it.each(places.flatMap((place) => schemes.map((scheme) => ({ ...place, scheme }))))(
      '$slug, $scheme',
      async ({ path, who, scheme }) => {
        const { page } = await visits.of(who);
        await page.setViewportSize(sizes[size].viewport);
        await page.emulateMedia({ colorScheme: scheme, forcedColors: 'none' });
        await show(page, await pathOf({ path }, (await sharedDemo()).local));
        expect(await axe(page)).toEqual([]);
        expect(await sidewaysScroll(page)).toEqual([]);
        if (size === 'phone') expect(await smallTouchTargets(page)).toEqual([]);
        // Somebody whose system chooses the colours.
        await page.emulateMedia({ colorScheme: scheme, forcedColors: 'active' });
        expect(await axe(page), 'forced colours').toEqual([]);
      },
    );
  },
);

describe.skipIf(skipWithout('chromium'))('every page, as it comes to a slow phone', () => {
  it.each(places)('$slug: nothing moves', async ({ path, who }) => {
    const { page } = await visitAs(who, { size: 'phone' });
    await slowDown(page);
    const { layoutShift } = await arrivalOf(page, await pathOf({ path }, (await sharedDemo()).local));
    expect(layoutShift).toBeLessThanOrEqual(0.02);
  });
});
