import type { WebPage } from '@huismeester/service';
import { type Built, buildPage, cacheControl, isOfPage, securityHeaders } from '@huismeester/web/build';

/** The web page; it is being built, where its sources have changed since it was. */
export interface Page extends WebPage {
  readonly built: Promise<Built>;
}

/** Begins to build it, in a process of its own. */
export function openPage(): Page {
  const built = buildPage();
  // Whoever asks for the page is told why there is none; all else goes on.
  built.catch(() => undefined);
  return {
    built,
    has: isOfPage,
    headers: (path, asked) => ({ ...securityHeaders(asked), 'cache-control': cacheControl(path) }),
  };
}

/** Longer is worth a word: whoever started it waited for it. */
const longMs = 1_000;

/** Where the page is, for the banner, once it is built; or why it could not be. */
export async function pageLine({ url, page }: { url: string; page: Pick<Page, 'built'> }): Promise<string> {
  try {
    const { tookMs } = await page.built;
    return tookMs > longMs ? `${url}/   (built in ${(tookMs / 1_000).toFixed(1)} s)` : `${url}/`;
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `could not be built: ${line}; the log says more`;
  }
}
