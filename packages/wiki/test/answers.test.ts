import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@huismeester/clock';
import { handClock, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWiki, type Wiki, type WikiOptions, WikiSettingsError } from '../src/index.ts';

type Answer = (response: ServerResponse, params: URLSearchParams, asked: IncomingMessage) => void;

const siteInfo = {
  query: {
    general: { server: 'http://wiki.space', articlepath: '/$1', scriptpath: '', mainpage: 'Hoofdpagina' },
    namespaces: {
      0: { id: 0, name: '', content: true },
      2: { id: 2, name: 'Gebruiker', canonical: 'User', content: false },
      8: { id: 8, name: 'MediaWiki', canonical: 'MediaWiki', content: false },
      14: { id: 14, name: 'Categorie', canonical: 'Category', content: false },
    },
    namespacealiases: [{ id: 8, alias: 'mw' }],
  },
};
const missing = (titles: string) => ({
  query: { pages: titles.split('|').map((title) => ({ ns: 0, title, missing: true })) },
});

const json: (body: object) => Answer = (body) => (response) => response.end(JSON.stringify(body));
const status: (code: number, headers?: Record<string, string>, body?: string) => Answer =
  (code, headers = {}, body = '') =>
  (response) =>
    response.writeHead(code, headers).end(body);

describe('what a server may answer', () => {
  let asked: URLSearchParams[] = [];
  let agents: (string | undefined)[] = [];
  let atOnce = { now: 0, most: 0 };
  /** To questions about pages, one after the other; the last one again and again. */
  let answers: Answer[] = [];
  /** To the question about the wiki itself. */
  let itself: Answer = json(siteInfo);
  const wikis: Wiki[] = [];

  const server = createServer(async (request, response) => {
    atOnce.now += 1;
    atOnce.most = Math.max(atOnce.most, atOnce.now);
    response.once('close', () => {
      atOnce.now -= 1;
    });
    const params = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
    agents.push(request.headers['user-agent']);
    if (params.get('meta') === 'siteinfo') {
      itself(response, params, request);
      return;
    }
    asked.push(params);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response, params, request);
  });

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  beforeEach(() => {
    asked = [];
    agents = [];
    atOnce = { now: 0, most: 0 };
    itself = json(siteInfo);
    answers = [(response, params) => response.end(JSON.stringify(missing(params.get('titles') ?? '')))];
  });
  afterAll(async () => {
    await Promise.all(wikis.map((wiki) => wiki.close()));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function connect(more: Partial<WikiOptions> = {}): Wiki {
    const { port } = server.address() as AddressInfo;
    const api = `http://127.0.0.1:${port}/api.php`;
    const wiki = createWiki({ api, userAgent: 'Huismeester (space)', clock: systemClock, ...more });
    wikis.push(wiki);
    return wiki;
  }
  async function stateOf(title = 'A', wiki = connect()) {
    return (await wiki.lookUp([title])).get(title);
  }

  it.each<[string, Answer, string]>([
    [
      'HTML',
      (response) => response.end('<!DOCTYPE html><p>secret-token</p>'),
      'what answers is not MediaWiki’s API: it gives HTML',
    ],
    [
      'no JSON',
      (response) => response.end('ok'),
      'what answers is not MediaWiki’s API: it gives no JSON object',
    ],
    ['a list', json([]), 'what answers is not MediaWiki’s API: it gives no JSON object'],
    ['nothing', (response) => response.end(), 'what answers is not MediaWiki’s API: it gives no JSON object'],
    ['502', status(502, {}, '<p>secret-token</p>'), 'the wiki answers with HTTP 502'],
    ['503', status(503), 'the wiki answers with HTTP 503'],
    ['404', status(404), 'the wiki answers with HTTP 404'],
    ['a way elsewhere', status(302, { location: 'http://127.0.0.1:1/' }), 'the wiki answers with HTTP 302'],
    [
      'an error with 200',
      json({ error: { code: 'internal_api_error_DBQueryError', info: 'secret-token' } }),
      'the wiki refuses: internal_api_error_DBQueryError',
    ],
    [
      'an error that is none of MediaWiki’s',
      json({ error: 'secret token' }),
      'the wiki refuses: an error without a code',
    ],
    [
      'an error whose code is a text',
      json({ error: { code: 'the password was secret-token' } }),
      'the wiki refuses: an error without a code',
    ],
    ['none of the titles', json({ batchcomplete: true }), 'the wiki left it out of its answer'],
    [
      'another shape',
      json({ query: { pages: { 1: { title: 'A', missing: '' } } } }),
      'the wiki gives an answer that MediaWiki’s API does not give',
    ],
    [
      'the same part for ever',
      json({ continue: { rvcontinue: '1', continue: '||' }, query: { pages: [] } }),
      'the answer of the wiki does not end',
    ],
    ['half an answer', (response) => response.destroy(), 'the wiki cannot be reached (UND_ERR_SOCKET)'],
  ])('%s: unknown, of the page alone while the wiki answers about itself', async (_, answer, why) => {
    answers = [answer];
    const of = why.includes('without a code') ? 'wiki' : 'page';
    expect(await stateOf()).toEqual({ state: 'unknown', of, why });
    itself = answer;
    expect(await stateOf()).toMatchObject({ state: 'unknown', of: 'wiki' });
  });

  it('one that stops answering about itself is unknown, and why is of what was asked first', async () => {
    answers = [
      (response) => {
        itself = status(502);
        response.writeHead(500).end();
      },
    ];
    const why = 'the wiki answers with HTTP 500';
    expect(await stateOf()).toEqual({ state: 'unknown', of: 'wiki', why });
  });

  it('one that refuses us is not asked about itself', async () => {
    answers = [json({ error: { code: 'readapidenied' } })];
    expect(await stateOf()).toMatchObject({ state: 'unknown', of: 'wiki' });
  });

  it('says whether it answers, each time it is asked', async () => {
    const wiki = connect();
    expect(await wiki.silence()).toBeUndefined();
    itself = status(503);
    expect(await wiki.silence()).toBe('the wiki answers with HTTP 503');
  });

  it('says who asks, in formatversion 2, with redirects, 50 titles a request, one at a time', async () => {
    const titles = Array.from({ length: 120 }, (_, index) => `Pagina ${index}`);
    const wiki = connect();
    const [states, more] = await Promise.all([wiki.lookUp(titles), wiki.lookUp(['Nog een'])]);
    expect([...states.keys()]).toEqual(titles);
    expect(new Set([...states.values(), ...more.values()].map(({ state }) => state))).toEqual(
      new Set(['missing']),
    );
    expect(
      asked.map((params) => params.get('titles')?.split('|').length ?? 0).toSorted((a, b) => a - b),
    ).toEqual([1, 20, 50, 50]);
    for (const params of asked) {
      expect(Object.fromEntries(params)).toMatchObject({ formatversion: '2', redirects: '1', maxlag: '5' });
    }
    expect(new Set(agents)).toEqual(new Set(['Huismeester (space)']));
    expect(atOnce.most).toBe(1);
  });

  it('is asked one thing at a time by all that ask it, and left alone by all for as long as it says', async () => {
    const clock = handClock();
    const [one, other] = [connect({ clock }), connect({ clock })];
    await Promise.all([one.lookUp(['A']), other.lookUp(['B']), one.lookUp(['C'])]);
    expect(atOnce.most).toBe(1);
    answers = [status(503, { 'retry-after': '600' }), ...answers];
    await one.lookUp(['A']);
    const before = asked.length;
    expect(await stateOf('B', other)).toMatchObject({ why: 'the wiki asks us to wait 600 s' });
    expect(asked).toHaveLength(before);
  });

  it('one that gives no answer is not asked for the other titles', async () => {
    answers = [
      (response) => {
        itself = status(500);
        response.writeHead(500).end();
      },
    ];
    const states = await connect().lookUp(Array.from({ length: 200 }, (_, index) => `Pagina ${index}`));
    expect(new Set([...states.values()].map(({ state }) => state))).toEqual(new Set(['unknown']));
    expect(states.size).toBe(200);
    expect(asked).toHaveLength(1);
  });

  it('an error about some titles says nothing of the others', async () => {
    const refuse = json({ error: { code: 'internal_api_error_x' } });
    answers = [refuse, ...answers];
    const states = await connect().lookUp(Array.from({ length: 60 }, (_, index) => `Pagina ${index}`));
    expect([states.get('Pagina 0')?.state, states.get('Pagina 59')?.state]).toEqual(['unknown', 'missing']);
  });

  it.each<[string, Answer, number]>([
    ['maxlag', json({ error: { code: 'maxlag', lag: 7 } }), 5_000],
    [
      'maxlag and how long',
      (response) =>
        response.writeHead(200, { 'retry-after': '7' }).end(JSON.stringify({ error: { code: 'maxlag' } })),
      7_000,
    ],
    ['503 and how long', status(503, { 'retry-after': '20' }), 20_000],
    ['429', status(429), 5_000],
    ['503 and until when', status(503, { 'retry-after': new Date(1_040_000).toUTCString() }), 40_000],
  ])('%s: it is asked again then, and not before', async (_, later, ms) => {
    const hand = handClock();
    const waits: number[] = [];
    const after: typeof hand.after = (wait, run) => {
      waits.push(wait);
      return hand.after(wait, run);
    };
    answers = [later, ...answers];
    const looked = stateOf('A', connect({ clock: { ...hand, after } }));
    await waitFor('it waits', () => waits.includes(ms));
    hand.advance(ms - 1);
    expect(asked).toHaveLength(1);
    hand.advance(1);
    expect(await looked).toEqual({ state: 'missing' });
  });

  it('one that asks for more than a minute is unknown, and is left alone until then', async () => {
    const clock = handClock();
    answers = [status(503, { 'retry-after': '600' }), ...answers];
    const wiki = connect({ clock });
    const why = 'the wiki asks us to wait 600 s';
    expect(await stateOf('A', wiki)).toEqual({ state: 'unknown', of: 'wiki', why });
    clock.advance(500_000);
    expect(await stateOf('A', wiki)).toMatchObject({ state: 'unknown' });
    expect(asked).toHaveLength(1);
    clock.advance(100_000);
    expect(await stateOf('A', wiki)).toEqual({ state: 'missing' });
  });

  it('one that is silent is unknown at the deadline', async () => {
    const clock = handClock();
    answers = [() => undefined];
    const looked = stateOf('A', connect({ clock, timeoutMs: 3_000 }));
    await waitFor('it is asked', () => asked.length === 1);
    clock.advance(3_000);
    expect(await looked).toEqual({ state: 'unknown', of: 'page', why: 'the wiki does not answer in time' });
  });

  it('a look that is stopped ends with the reason', async () => {
    answers = [() => undefined];
    const stopped = new AbortController();
    const looked = connect().lookUp(['A'], stopped.signal);
    await waitFor('it is asked', () => asked.length === 1);
    stopped.abort(new Error('stopped'));
    await expect(looked).rejects.toThrow('stopped');
  });

  it.each([
    ['without anybody', []],
    ['with somebody of other groups', [{ name: 'Ann', groups: ['user'] }]],
    ['without groups', [{ name: 'Ann' }]],
  ])('a list of administrators %s is unknown', async (_, allusers) => {
    answers = [json({ query: { allusers } })];
    expect(await connect().admins()).toEqual({ state: 'unknown', why: expect.any(String) });
  });

  it('a bot that is refused does not try again and again, and no password is in what is said', async () => {
    const password = '0123456789abcdefghijklmnopqrstuv';
    const clock = handClock();
    answers = [
      (response, params) =>
        response.end(
          JSON.stringify(
            params.get('action') === 'login'
              ? { login: { result: 'Failed', reason: `${params.get('lgpassword')} is wrong` } }
              : { query: { tokens: { logintoken: 'login-token' } } },
          ),
        ),
    ];
    const wiki = connect({ clock, bot: { username: 'Bot@huismeester', password } });
    const page = { title: 'A', text: 'B', summary: 'C' };
    const refused = { outcome: 'refused', why: 'the wiki refuses the login of the bot' };
    expect([await wiki.create(page), await wiki.create(page)]).toEqual([refused, refused]);
    expect(asked).toHaveLength(2);
    clock.advance(600_000);
    expect(await wiki.create(page)).toEqual(refused);
    expect(asked).toHaveLength(4);
  });

  it.each(['MediaWiki:Sitenotice', 'gebruiker:X/common.js', ' Gebruiker :X', 'User:X', ':mw:Sitenotice'])(
    '%s is no article, and is never made',
    async (title) => {
      const password = '0123456789abcdefghijklmnopqrstuv';
      const wiki = connect({ bot: { username: 'Bot@huismeester', password } });
      expect(await wiki.create({ title, text: 'B', summary: 'C' })).toMatchObject({ outcome: 'refused' });
      expect(asked).toEqual([]);
    },
  );

  it('a bot that MediaWiki would never let in is refused at the start; without one nothing is made', async () => {
    const password = 'Correct-Horse-Battery-Staple-Correct';
    expect(() => connect({ bot: { username: 'Bot@huismeester', password } })).toThrow(WikiSettingsError);
    try {
      connect({ bot: { username: 'Bot@huismeester', password } });
    } catch (error) {
      expect(String(error)).not.toContain(password);
    }
    expect(await connect().create({ title: 'A', text: 'B', summary: 'C' })).toEqual({
      outcome: 'refused',
      why: 'settings name no bot',
    });
    expect(asked).toHaveLength(0);
  });
});

it('nobody at the address, and a name that there is not: unknown', async () => {
  for (const api of ['http://127.0.0.1:1/api.php', 'http://wiki.invalid/api.php']) {
    const wiki = createWiki({ api, userAgent: 'test', clock: systemClock });
    expect((await wiki.lookUp(['A'])).get('A')).toMatchObject({
      state: 'unknown',
      why: expect.stringMatching(/^the wiki cannot be reached/),
    });
    await wiki.close();
  }
});
