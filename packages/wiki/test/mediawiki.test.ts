import { systemClock } from '@huismeester/clock';
import { type MediaWiki, skipWithout, startMediaWiki, waitFor } from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWiki, pageTitleOf, type Wiki, type WikiOptions } from '../src/index.ts';

const text = 'Wij nemen een VLAN per groep van gebruikers.';
const bot = { username: 'Huismeester@huismeester', password: '0123456789abcdefghijklmnopqrstuv' };

describe.skipIf(skipWithout('php', 'mediawiki'))('a real MediaWiki', () => {
  let server: MediaWiki;
  let wiki: Wiki;

  beforeAll(async () => {
    server = await startMediaWiki([
      ['save', { title: 'VLANs', text }],
      ['save', { title: 'Stroom', text }],
      ['save', { title: 'Stap 1', text: '#REDIRECT [[Stap 2]]' }],
      ['save', { title: 'Stap 2', text: '#DOORVERWIJZING [[VLANs#Waarom]]' }],
      ['save', { title: 'Lus 1', text: '#REDIRECT [[Lus 2]]' }],
      ['save', { title: 'Lus 2', text: '#REDIRECT [[Lus 1]]' }],
      ['save', { title: 'Zichzelf', text: '#REDIRECT [[Zichzelf]]' }],
      ['save', { title: 'Nergens', text: '#REDIRECT [[Bestaat niet]]' }],
      ['save', { title: 'Buiten', text: '#REDIRECT [[wikipedia:VLAN]]' }],
      ['save', { title: 'Bijzonder', text: '#REDIRECT [[Speciaal:RecenteWijzigingen]]' }],
      ['save', { title: 'Leeg', text: '<!-- volgt --> {{Ontwerp|status=}} [[Categorie:Ontwerpen]]' }],
      ['save', { title: 'Project:Netwerk', text }],
      ['save', { title: '2026', text }],
      ['save', { title: 'Weg', text }],
      ['save', { title: 'Oude naam', text }],
      ['save', { title: 'Vorige naam', text }],
      ['remove', { title: 'Weg' }],
      ['move', { from: 'Oude naam', to: 'Nieuwe naam', redirect: false }],
      ['move', { from: 'Vorige naam', to: 'Naam van nu', redirect: true }],
      ['user', { name: 'Ann', groups: ['sysop', 'interface-admin'] }],
      ['user', { name: 'Bob', groups: ['bureaucrat'] }],
      ['user', { name: 'Cas', groups: ['bot'] }],
      ['user', { name: 'Huismeester', groups: [] }],
      ['block', { name: 'Bob' }],
      ['bot', { name: 'Huismeester', app: 'huismeester', password: bot.password }],
      ['bot', { name: 'Huismeester', app: 'reader', password: bot.password, grants: ['basic'] }],
    ]);
    wiki = connect({ bot });
  });
  afterAll(async () => {
    await wiki.close();
    await server.close();
  });
  afterEach(() => server.configure(''));

  function connect(more: Partial<WikiOptions> = {}): Wiki {
    return createWiki({
      api: server.api,
      userAgent: 'test (test@space.example)',
      clock: systemClock,
      ...more,
    });
  }
  async function lookUp(title: string) {
    return (await wiki.lookUp([title])).get(title);
  }
  async function idOf(title: string): Promise<number> {
    const state = await lookUp(title);
    if (state?.state !== 'found') throw new Error(`${title} is ${state?.state}`);
    return state.page;
  }

  /** Who saved the latest revision. */
  async function authorOf(titles: string): Promise<string> {
    const asked = {
      action: 'query',
      format: 'json',
      formatversion: '2',
      prop: 'revisions',
      rvprop: 'user',
      titles,
    };
    const answer = await fetch(`${server.api}?${new URLSearchParams(asked)}`);
    const { query } = (await answer.json()) as {
      query: { pages: { revisions: { user: string }[] }[] };
    };
    return query.pages[0]?.revisions[0]?.user ?? '';
  }

  it('each title is what it is, in one request', async () => {
    const before = server.requests();
    const found = (title: string) => expect.objectContaining({ state: 'found', title });
    const expected = {
      VLANs: found('VLANs'),
      vLANs: found('VLANs'),
      ' VLANs_': found('VLANs'),
      'VLANs#Waarom': found('VLANs'),
      'Stap 1': found('VLANs'),
      'Stap 2': found('VLANs'),
      stap_2: found('VLANs'),
      'Lus 1': { state: 'redirect-to-nowhere', target: 'Lus 1' },
      'Lus 2': { state: 'redirect-to-nowhere', target: 'Lus 2' },
      Zichzelf: { state: 'redirect-to-nowhere', target: 'Zichzelf' },
      Nergens: { state: 'redirect-to-nowhere', target: 'Bestaat niet' },
      Buiten: { state: 'redirect-to-nowhere', target: 'wikipedia:VLAN' },
      Bijzonder: { state: 'redirect-to-nowhere', target: 'Speciaal:RecenteWijzigingen' },
      Leeg: expect.objectContaining({ state: 'blank', title: 'Leeg' }),
      'Project:Netwerk': found('Space wiki:Netwerk'),
      'space_wiki:netwerk': found('Space wiki:Netwerk'),
      2026: found('2026'),
      Weg: { state: 'missing' },
      'Bestaat niet': { state: 'missing' },
      'Oude naam': { state: 'missing' },
      'Vorige naam': found('Naam van nu'),
      'Speciaal:RecenteWijzigingen': { state: 'not-a-page', why: 'special' },
      'special:Version': { state: 'not-a-page', why: 'special' },
      'Speciaal:Nooit gemaakt': { state: 'not-a-page', why: 'special' },
      'Wikipedia:VLAN': { state: 'not-a-page', why: 'interwiki' },
      'Bestand:Schema.png': { state: 'not-a-page', why: 'file' },
      'Media:Schema.png': { state: 'not-a-page', why: 'file' },
      'VLANs|Stroom': { state: 'not-a-page', why: 'invalid' },
      'a[b]': { state: 'not-a-page', why: 'invalid' },
      '': { state: 'not-a-page', why: 'invalid' },
    };
    expect(Object.fromEntries(await wiki.lookUp(Object.keys(expected)))).toEqual(expected);
    // And one for what the wiki says of itself.
    expect(server.requests() - before).toBeLessThanOrEqual(2);
  });

  it('a page is followed by its id when it was moved, and when it became a redirect', async () => {
    const [moved, redirect] = [await idOf('Nieuwe naam'), await idOf('Stroom')];
    await server.apply([
      ['move', { from: 'Nieuwe naam', to: 'Weer anders', redirect: false }],
      ['save', { title: 'Stroom', text: '#REDIRECT [[VLANs]]' }],
    ]);
    const states = await wiki.lookUpIds([moved, redirect, 99_999]);
    expect(states.get(moved)).toMatchObject({ state: 'found', page: moved, title: 'Weer anders' });
    expect(states.get(redirect)).toMatchObject({ state: 'found', title: 'VLANs' });
    expect(states.get(99_999)).toEqual({ state: 'missing' });
    expect(await lookUp('Nieuwe naam')).toEqual({ state: 'missing' });
  });

  it('an answer that MediaWiki cuts is put together', async () => {
    const long = 'x'.repeat(600);
    const titles = Array.from({ length: 60 }, (_, index) => `Lang ${index}`);
    await server.apply(titles.slice(0, 9).map((title) => ['save', { title, text: long }]));
    await server.configure('$wgAPIMaxResultSize = 2000;');
    const before = server.requests();
    const states = await wiki.lookUp(titles);
    expect(titles.map((title) => states.get(title)?.state)).toEqual([
      ...Array(9).fill('found'),
      ...Array(51).fill('missing'),
    ]);
    expect(server.requests() - before).toBeGreaterThan(3);
  });

  it('the text of a page is read whole, along its redirects', async () => {
    expect(await wiki.text('Stap 1')).toMatchObject({ state: 'found', title: 'VLANs', text });
    expect(await wiki.text('Leeg')).toMatchObject({ state: 'blank' });
    expect(await wiki.text('Weg')).toEqual({ state: 'missing' });
  });

  it('says where its pages are, so that their addresses can be read', async () => {
    const site = await wiki.site();
    if (site.state !== 'found') throw new Error(site.why);
    expect(site).toMatchObject({ base: server.url, scriptPath: '', mainPage: 'Hoofdpagina' });
    expect(pageTitleOf(`${server.url}/index.php/VLANs`, site)).toEqual({ title: 'VLANs' });
    expect(pageTitleOf('https://hackalot.nl/VLANs', site)).toHaveProperty('allowed');
  });

  it('names who administers it, whole', async () => {
    const expected = {
      state: 'complete',
      accounts: [
        { name: 'Ann', groups: ['sysop', 'interface-admin'], blocked: false },
        { name: 'Beheerder', groups: ['sysop', 'bureaucrat', 'interface-admin'], blocked: false },
        { name: 'Bob', groups: ['bureaucrat'], blocked: true },
      ],
    };
    expect(await wiki.admins()).toEqual(expected);
    const before = server.requests();
    // Two accounts an answer.
    await server.configure(`$wgHooks['APIGetAllowedParams'][] = function ( $module, &$params ) {
  if ( $module->getModuleName() === 'allusers' ) { $params['limit'][ApiBase::PARAM_MAX] = 2; }
};`);
    expect(await wiki.admins()).toEqual(expected);
    expect(server.requests() - before).toBeGreaterThan(1);
  });

  it('a private wiki is read by the bot, and by nobody else', async () => {
    await server.configure("$wgGroupPermissions['*']['read'] = false;");
    const stranger = connect();
    const refused = { state: 'unknown', of: 'wiki', why: 'the wiki refuses: readapidenied' };
    expect((await stranger.lookUp(['VLANs', 'Weg'])).get('Weg')).toEqual(refused);
    expect(await stranger.admins()).toEqual({ state: 'unknown', why: refused.why });
    expect(await lookUp('VLANs')).toMatchObject({ state: 'found' });
    expect(await lookUp('Weg')).toEqual({ state: 'missing' });
    await server.apply([['endSessions', { name: 'Huismeester' }]]);
    expect(await lookUp('VLANs')).toMatchObject({ state: 'found' });
    const other = connect({ bot: { ...bot, password: 'a'.repeat(32) } });
    const state = (await other.lookUp(['VLANs'])).get('VLANs');
    expect(state).toEqual({ state: 'unknown', of: 'wiki', why: 'the wiki refuses the login of the bot' });
  });

  it('says whether the bot is let in, and may make pages', async () => {
    expect(await wiki.checkBot()).toEqual({ state: 'let-in', mayMakePages: true });
    const reader = connect({ bot: { ...bot, username: 'Huismeester@reader' } });
    expect(await reader.checkBot()).toEqual({ state: 'let-in', mayMakePages: false });
    const other = connect({ bot: { ...bot, username: 'Huismeester@other' } });
    expect(await other.checkBot()).toEqual({
      state: 'unknown',
      why: 'the wiki refuses the login of the bot',
    });
  });

  it('a page is made once, and what is there is never touched', async () => {
    const page = { title: 'Nieuw besluit', text, summary: 'Een besluit' };
    const made = await wiki.create(page);
    if (made.outcome !== 'made') throw new Error(JSON.stringify(made));
    expect(await wiki.text('Nieuw besluit')).toMatchObject({
      page: made.page,
      revision: made.revision,
      text,
    });
    expect(await wiki.create({ ...page, text: 'Iets anders' })).toEqual({ outcome: 'exists' });
    expect(await wiki.create({ ...page, title: 'nieuw_besluit' })).toEqual({ outcome: 'exists' });
    expect(await wiki.text('Nieuw besluit')).toMatchObject({ revision: made.revision, text });
    expect(await wiki.create({ ...page, title: 'Speciaal:Versie' })).toMatchObject({ outcome: 'refused' });
  });

  it('a session that was lost is made anew, once', async () => {
    expect(await wiki.create({ title: 'Eerste', text, summary: '' })).toMatchObject({ outcome: 'made' });
    await server.apply([['endSessions', { name: 'Huismeester' }]]);
    expect(await wiki.create({ title: 'Tweede', text, summary: '' })).toMatchObject({ outcome: 'made' });
    expect([await authorOf('Eerste'), await authorOf('Tweede')]).toEqual(['Huismeester', 'Huismeester']);
    // It is lost again and again.
    await server.configure(`$wgHooks['ApiCheckCanExecute'][] = function ( $module, $user, &$message ) {
  if ( $module->getModuleName() !== 'edit' ) { return true; }
  $message = 'apierror-assertuserfailed';
  return false;
};`);
    const before = server.requests();
    expect(await wiki.create({ title: 'Derde', text, summary: '' })).toEqual({
      outcome: 'refused',
      why: 'the wiki refuses: assertuserfailed',
    });
    // Two tokens and edits, and one login of two.
    expect(server.requests() - before).toBe(6);
    await server.configure('');
    expect(await lookUp('Derde')).toEqual({ state: 'missing' });
  });

  it('a wiki that is read-only is read, and makes no page', async () => {
    await server.configure("$wgReadOnly = 'verhuizing';");
    expect(await lookUp('VLANs')).toMatchObject({ state: 'found' });
    const made = await wiki.create({ title: 'Tijdens', text, summary: '' });
    expect(made).toEqual({ outcome: 'refused', why: 'the wiki refuses: readonly' });
  });

  it('one that is killed in the middle is unknown, and is asked again when it is back', async () => {
    await server.configure(
      "$wgHooks['ApiBeforeMain'][] = function () { error_log( 'at work' ); sleep( 60 ); };",
    );
    const looked = wiki.lookUp(['VLANs', 'Weg']);
    await waitFor('it is at work', () => server.output().includes('at work'));
    await server.kill();
    const unknown = { state: 'unknown', why: expect.stringMatching(/^the wiki cannot be reached/) };
    const ofWiki = { ...unknown, of: 'wiki' };
    expect([...(await looked).values()]).toEqual([ofWiki, ofWiki]);
    expect(await lookUp('VLANs')).toEqual(ofWiki);
    expect(await wiki.admins()).toEqual(unknown);
    expect(await wiki.create({ title: 'Toch', text, summary: '' })).toEqual({
      outcome: 'unknown',
      why: unknown.why,
    });
    await server.configure('');
    await server.start();
    expect(await lookUp('VLANs')).toMatchObject({ state: 'found' });
  });
});
