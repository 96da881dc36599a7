import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const script = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
/** WCAG 2.2 AA, and what axe holds for good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Of a page, where the functions that are sent there run. */
declare function matchMedia(query: string): { readonly matches: boolean };
declare const window: { readonly axe: { run(options: RunOptions): Promise<AxeResults> } };

/**
 * What axe-core finds against WCAG 2.2 AA or good practice in what the page shows now: a rule each, with the elements and how to repair them. In forced
 * colours it is not asked about contrast: it would take `-webkit-text-fill-color`, which Chromium leaves alone there, for what is painted.
 */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(script, 'utf8'));
  const isForced = await page.evaluate(() => matchMedia('(forced-colors: active)').matches);
  const { violations } = await page.evaluate((options) => window.axe.run(options), {
    runOnly: { type: 'tag', values: tags },
    rules: {
      'color-contrast': { enabled: !isForced },
      // WCAG 2.5.3; axe has it among what it still tries out.
      'label-content-name-mismatch': { enabled: true },
    },
    resultTypes: ['violations'],
  } satisfies RunOptions);
  return violations.map(({ id, impact, help, nodes }) => {
    const where = nodes.map(({ target, html, failureSummary }) =>
      [`  ${target.join(' ')}   ${html.slice(0, 160)}`, indented(failureSummary ?? '')].join('\n'),
    );
    return [`${id} (${impact}): ${help}`, ...where].join('\n');
  });
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
