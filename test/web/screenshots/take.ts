import { waitFor } from '@huismeester/testkit';
import {
  type Page,
  type Size,
  screenshot,
  sizes,
  type TestBrowser,
  type Visit,
} from '@huismeester/testkit/browser';
import type { Demo } from '../harness/demo.ts';
import { isCutOver } from '../harness/filled.ts';
import { openBrowser } from '../harness/open-browser.ts';
import { type Place, pathOf, places } from '../harness/places.ts';
import { settled, show } from '../harness/show.ts';

/** A picture of a page as somebody sees it. */
export interface Picture {
  readonly slug: string;
  /** What the page calls itself. */
  readonly title: string;
  /** Where it is, or the moment that it shows: titles alone are not one of a kind. */
  readonly at: string;
  readonly size: Size;
  readonly scheme: Scheme;
  readonly file: string;
  readonly bytes: Buffer;
}

type Scheme = 'light' | 'dark';

export interface How {
  /** Only these pages; all of them if there is none. */
  readonly names: readonly string[];
  readonly format: 'webp' | 'png';
  readonly isWhole: boolean;
}

/** What a picture shows: a page, or a page at a moment that is brought about before and taken back after. */
interface Shown extends Omit<Place, 'who'> {
  readonly who: Place['who'] | 'nobody';
  /** The moment, in a few words. */
  readonly moment?: string;
  before?(demo: Demo, page: Page): Promise<void>;
  after?(demo: Demo): Promise<void>;
}

const moments: readonly Shown[] = [
  { slug: 'log-in', path: '/vms', who: 'nobody', moment: 'before somebody logged in' },
  {
    slug: 'cut',
    path: '/',
    who: 'mira',
    moment: 'in a power cut',
    async before({ local }, page) {
      await local.post('/api/v1/demo/power-cut', {});
      await page.locator('[role=alert]').first().waitFor();
    },
    async after({ local }) {
      await local.post('/api/v1/demo/mains-back', {});
      await waitFor('the cut is over', () => isCutOver(local), { timeoutMs: 180_000, everyMs: 500 });
    },
  },
];

/** A picture of each page and moment, light and dark, on a phone and on a desktop. */
export async function* takePictures(demo: Demo, browser: TestBrowser, how: How): AsyncGenerator<Picture> {
  const isWanted = ({ slug }: Shown): boolean => how.names.length === 0 || how.names.includes(slug);
  const shown = [...places, ...moments].filter(isWanted);
  for (const size of ['phone', 'desktop'] as const) {
    const visits = new Map<Shown['who'], Visit>();
    for (const what of shown) {
      const visit =
        visits.get(what.who) ??
        (await openBrowser(what.who, { demo, browser, size, expected: [/^answer: /] }));
      visits.set(what.who, visit);
      yield* picturesOf(what, visit.page, { demo, size, how });
    }
    for (const visit of visits.values()) await visit.close();
  }
}

async function* picturesOf(
  what: Shown,
  page: Page,
  { demo, size, how }: { demo: Demo; size: Size; how: How },
): AsyncGenerator<Picture> {
  const { slug } = what;
  await page.emulateMedia({ colorScheme: 'light' });
  await show(page, await pathOf(what, demo.local));
  const at = what.moment ?? `\`${what.path}\``;
  await what.before?.(demo, page);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await settled(page);
    const title = (await page.locator('h1').first().textContent()) ?? slug;
    const mostHigh = 6 * sizes[size].viewport.height;
    const bytes = await screenshot(page, {
      format: how.format,
      quality: 65,
      ...(how.isWhole && { upTo: mostHigh }),
    });
    const file = `${slug}-${size}-${scheme}.${how.format}`;
    yield { slug, title: title.trim(), at, size, scheme, file, bytes };
  }
  await what.after?.(demo);
}
