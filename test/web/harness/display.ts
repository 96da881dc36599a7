import type { Page } from '@huismeester/testkit/browser';
import { onTestFinished } from 'vitest';
import { cli } from './cli.ts';
import type { Demo } from './demo.ts';
import type { VisitDemoOptions } from './open-browser.ts';
import { sharedDemo } from './shared-demo.ts';
import { visitAs } from './visit.ts';

const tokens = '/api/v1/tokens';

interface Tokens {
  readonly results: readonly { readonly id: string; readonly name: string }[];
}

/** A screen on the wall for one test, opened by the link that `huismeester display add` prints; the link is ended with the test. */
export async function openDisplay(
  name: string,
  demo?: Pick<Demo, 'url' | 'socket' | 'local'>,
  options: Pick<VisitDemoOptions, 'expected'> = {},
): Promise<Page> {
  const { url, socket, local } = demo ?? (await sharedDemo());
  const link = await cli(['--socket', socket, 'display', 'add', name]);
  onTestFinished(async () => {
    const { results } = await local.get<Tokens>(`${tokens}?role=display`);
    for (const each of results) if (each.name === name) await local.delete(`${tokens}/${each.id}`);
  });
  const { page } = await visitAs('nobody', { demo: { url }, ...options });
  await page.goto(link.trim());
  await page.locator('.sentence-line').waitFor();
  return page;
}
