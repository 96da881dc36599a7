import { type MediaWiki, skipWithout, startMediaWiki } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWiki } from '../src/things/check-wiki.ts';

const password = '0123456789abcdefghijklmnopqrstuv';
const bot = { username: 'Huismeester@huismeester', password };

describe.skipIf(skipWithout('php', 'mediawiki'))('check-config --connect, of the wiki', () => {
  let server: MediaWiki;

  beforeAll(async () => {
    server = await startMediaWiki([
      ['user', { name: 'Huismeester', groups: [] }],
      ['bot', { name: 'Huismeester', app: 'huismeester', password, grants: ['basic'] }],
    ]);
  });
  afterAll(() => server.close());

  async function check(wiki: object, policy: object = {}) {
    const settings = { wiki: { api: server.api, writes: 'off', ...wiki }, policy };
    const findings = await checkWiki({ ...settings, site: { name: 'Space' }, http: {} } as never);
    return findings.map(({ what, problem, remedy }) => [what.replace(/127\S*/, 'HOST'), problem, remedy]);
  }
  const page = (title: string) => ({ text: { url: `${server.url}/index.php/${title}` } });
  const answers = ['wiki: the API at HOST answers', undefined, undefined];
  const admins = ['wiki: who administers it can be read (CORE-4)', undefined, undefined];

  it('says nothing without one, and that all is well where it is', async () => {
    expect(await checkWiki({ wiki: undefined, policy: {} } as never)).toEqual([]);
    expect(await check({ bot }, page('Hoofdpagina'))).toEqual([
      answers,
      admins,
      ['wiki: http://HOST is a page', undefined, undefined],
      ['wiki: the bot is let in', undefined, undefined],
    ]);
  });

  it('says what is wrong with a page and a bot, and what to do', async () => {
    expect(await check({ bot, writes: 'pages' }, page('Infrateam'))).toEqual([
      answers,
      admins,
      ['wiki: http://HOST is a page', 'missing', 'correct `policy.text.url` in space.yaml'],
      [
        'wiki: the bot is let in, and may make pages',
        'it may not make pages',
        expect.stringContaining('Special:BotPasswords'),
      ],
    ]);
    const other = { ...bot, password: 'a'.repeat(32) };
    expect((await check({ bot: other })).at(-1)).toEqual([
      'wiki: the bot is let in',
      'the wiki refuses the login of the bot',
      expect.not.stringContaining(other.password),
    ]);
  });

  it('says what a private one needs, and an address where there is none', async () => {
    await server.configure("$wgGroupPermissions['*']['read'] = false;");
    expect(await check({})).toEqual([
      [answers[0], 'the wiki refuses: readapidenied', expect.stringContaining('`wiki.bot`')],
    ]);
    expect(await check({ bot })).toEqual([
      answers,
      admins,
      ['wiki: the bot is let in', undefined, undefined],
    ]);
    expect(await check({ api: `${server.url}/index.php` })).toEqual([
      [
        answers[0],
        'what answers is not MediaWiki’s API: it gives HTML',
        expect.stringContaining('`wiki.api`'),
      ],
    ]);
  });
});
