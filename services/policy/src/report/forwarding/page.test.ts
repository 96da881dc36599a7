import { expect, test } from 'vitest';
import { results } from './link.ts';
import { forwardingPage } from './page.ts';

test.each(results)('the page has words for %s, in both languages', (result) => {
  const [, json = ''] = /const texts = (.*);/.exec(forwardingPage.html) ?? [];
  const { nl, en } = JSON.parse(json) as Record<'nl' | 'en', Record<string, string>>;
  expect(nl[result]).toMatch(/\w{3,}/);
  expect(en[result]).toMatch(/\w{3,}/);
  expect(nl[result]).not.toBe(en[result]);
});
