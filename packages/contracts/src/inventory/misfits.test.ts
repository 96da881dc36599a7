import { expect, it } from 'vitest';
import { misfits } from './misfits.ts';

const found = (given: object) =>
  misfits(given as never).map(({ path, found: what, allowed }) => `${path.join('.')}: ${what}, ${allowed}`);

const api = 'https://hackalot.nl/api.php';
const bot = { username: 'Huismeester@huismeester', password: '0123456789abcdefghijklmnopqrstuv' };

it.each([
  {},
  { wiki: { api } },
  { wiki: { api, bot, writes: 'pages', every: '1h' } },
  { wiki: { api, every: '7d' }, policy: { text: { url: 'https://hackalot.nl/Infrateam' } } },
  { policy: { text: { file: 'policy.md' } } },
  { wiki: { api, users: 'directory' }, directory: { file: 'people.yaml' } },
])('fits: %j', (given) => {
  expect(found(given)).toEqual([]);
});

const password =
  'wiki.bot.password: a password with which MediaWiki would never let it in, one that Special:BotPasswords made: 32 or more of 0–9 and a–w';

it.each([
  [{ wiki: { api, bot: { ...bot, password: `${bot.password}x` } } }, password],
  [{ wiki: { api, bot: { ...bot, password: bot.password.slice(1) } } }, password],
  [{ wiki: { api, bot: { ...bot, password: bot.password.toUpperCase() } } }, password],
  [{ wiki: { api, writes: 'pages' } }, 'wiki.bot: nothing, a bot, where wiki.writes is pages'],
  [{ wiki: { api, users: 'directory' } }, 'wiki.users: directory, own, where settings name no directory'],
  [{ wiki: { api, every: '59m' } }, 'wiki.every: 59m, 1h to 7d'],
  [{ wiki: { api, every: '8d' } }, 'wiki.every: 8d, 1h to 7d'],
  [
    { wiki: { api }, policy: { text: { url: 'https://example.org/Infrateam' } } },
    'policy.text.url: a page at example.org, one of the wiki at hackalot.nl, or a file: policy.text.file',
  ],
  [
    { policy: { text: { url: 'https://hackalot.nl/Infrateam' } } },
    'policy.text.url: a page, and no wiki, a page of the wiki that `wiki` names, or a file: policy.text.file',
  ],
])('does not fit: %j', (given, misfit) => {
  expect(found(given)).toEqual([misfit]);
});
