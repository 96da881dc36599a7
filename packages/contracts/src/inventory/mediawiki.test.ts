import { expect, it } from 'vitest';
import { isUsableBotPassword, mediaWikiTitle, wikiPageUrl } from './mediawiki.ts';

it.each([
  ['0123456789abcdefghijklmnopqrstuv', true],
  ['0123456789abcdefghijklmnopqrstuvw', true],
  ['w'.repeat(200), true],
  ['0123456789abcdefghijklmnopqrstu', false],
  ['0123456789abcdefghijklmnopqrstux', false],
  ['0123456789ABCDEFGHIJKLMNOPQRSTUV', false],
  ['0123456789abcdefghijklmnopqrstuv\n', false],
  ['', false],
])('a bot password of %j can be used: %s', (password, expected) => {
  expect(isUsableBotPassword(password)).toBe(expected);
});

it.each([
  ['vLANs_(guests)', 'VLANs (guests)'],
  [' één_ding ', 'Één ding'],
  ['', ''],
])('the title of %j is %j', (text, title) => {
  expect(mediaWikiTitle(text)).toBe(title);
});

it('a page has its address beside api.php', () => {
  const url = 'https://hackalot.nl/w/index.php?title=VLANs_%26_more';
  expect(wikiPageUrl('https://hackalot.nl/w/api.php', 'VLANs & more')).toBe(url);
});
