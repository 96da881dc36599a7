import type { Locator, Page } from 'playwright-core';

/** What differs from one look to the next, and what stands for it. */
const unsteady: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'UUID'],
  [/\b(127\.0\.0\.1|localhost|[\w-]+\.test):\d+/g, 'HOST'],
  [/\b\d{4}-\d\d-\d\d\b/g, 'DATE'],
  [/\b(ma|di|wo|do|vr|za|zo) \d\d? (jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)\b/g, 'DATE'],
  // A folder of `tempDir`, wherever this machine has them.
  [/(\/[\w.-]+)*\/hm-[\w-]+/g, 'TEMP'],
  [/\b\d\d?:\d\d(:\d\d)?\b/g, 'TIME'],
  [/\d+([.,]\d+)?(?= ?%)/g, 'N'],
  [
    /\d+([.,]\d+)?(?= (s|sec|min|h|u|uur|W|V|seconds?|seconden?|minutes?|minu(ut|ten)|hours?|days?|dag(en)?)\b)/g,
    'N',
  ],
];

/**
 * What assistive technology is given of a page or a part of it, as YAML (Playwright's aria snapshot), without what differs each time: times, days,
 * lengths of time, percentages, ids, and what `also` names. For `toMatchFileSnapshot`.
 */
export async function accessibilityTree(
  part: Page | Locator,
  also: readonly (readonly [RegExp, string])[] = [],
): Promise<string> {
  const root = 'context' in part ? part.locator('body') : part;
  const tree = await root.ariaSnapshot();
  return `${[...also, ...unsteady].reduce((text, [what, instead]) => text.replaceAll(what, instead), tree)}\n`;
}
