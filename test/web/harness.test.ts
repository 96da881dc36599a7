import { readFileSync } from 'node:fs';
import { skipWithout } from '@huismeester/testkit';
import { VisitProblemsError } from '@huismeester/testkit/browser';
import { describe, expect, it } from 'vitest';
import { openBrowser } from './harness/open-browser.ts';
import { listedPages } from './harness/pages.ts';

it('finds every page of the list', () => {
  const list = readFileSync(new URL('../../packages/web/src/app/pages.ts', import.meta.url), 'utf8');
  expect(listedPages).toHaveLength(list.match(/\bpath: '/g)?.length ?? 0);
});

describe.skipIf(skipWithout('chromium'))('a browser at the demo', () => {
  it('has a problem when it is answered that there is no such thing', async () => {
    const visit = await openBrowser('nobody');
    await visit.page.goto('/api/v1/nothing-here');
    await expect(visit.close()).rejects.toThrow(VisitProblemsError);
  });
});
