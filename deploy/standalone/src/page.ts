import type { OpenedPage } from '@huismeester/web/build';

/** Longer is worth a word: whoever started it waited for it. */
const longMs = 1_000;

/** Where the page is, for the banner, once it is built; or why it could not be. */
export async function pageLine({
  url,
  page,
}: {
  url: string;
  page: Pick<OpenedPage, 'built'>;
}): Promise<string> {
  try {
    const { tookMs } = await page.built;
    return tookMs > longMs ? `${url}/   (built in ${(tookMs / 1_000).toFixed(1)} s)` : `${url}/`;
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `could not be built: ${line}; the log says more`;
  }
}
