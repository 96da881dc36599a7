import type { BrowserContextOptions } from 'playwright-core';

type Window = Required<Pick<BrowserContextOptions, 'viewport' | 'isMobile' | 'hasTouch'>> &
  Pick<BrowserContextOptions, 'deviceScaleFactor'>;

const mouse = { isMobile: false, hasTouch: false };
const touch = { isMobile: true, hasTouch: true };

/** Windows that the page has to fit in, in CSS pixels. */
export const sizes = {
  phone: { viewport: { width: 390, height: 844 }, ...touch },
  /** The narrowest phone that is in use. */
  narrow: { viewport: { width: 360, height: 740 }, ...touch },
  desktop: { viewport: { width: 1280, height: 800 }, ...mouse },
  /** A window of 1280 × 1024 at a zoom of 400 % (WCAG 2.2, 1.4.10). */
  zoomed: { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, ...mouse },
} satisfies Record<string, Window>;

export type Size = keyof typeof sizes;
