import type { Page } from 'playwright-core';

export interface ScreenshotOptions {
  readonly format?: 'webp' | 'png';
  /** Of 100; for webp. */
  readonly quality?: number;
  /** All that can be scrolled to, up to this many CSS pixels high; the window alone if left out. */
  readonly upTo?: number;
}

/** A picture of what the page shows: webp, which is a third of what a png or a jpeg takes. */
export async function screenshot(page: Page, options: ScreenshotOptions = {}): Promise<Buffer> {
  const { format = 'webp', quality = 80, upTo } = options;
  const session = await page.context().newCDPSession(page);
  try {
    const { cssContentSize, cssLayoutViewport } = await session.send('Page.getLayoutMetrics');
    const { clientWidth: width, clientHeight } = cssLayoutViewport;
    const height = Math.min(upTo ?? clientHeight, Math.max(clientHeight, cssContentSize.height));
    const { data } = await session.send('Page.captureScreenshot', {
      format,
      ...(format === 'webp' && { quality }),
      clip: { x: 0, y: 0, width, height, scale: 1 },
      captureBeyondViewport: upTo !== undefined,
    });
    return Buffer.from(data, 'base64');
  } finally {
    await session.detach();
  }
}
