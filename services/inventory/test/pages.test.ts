import {
  type MediaWiki,
  type SteppedClock,
  skipWithout,
  startMediaWiki,
  steppedClock,
  waitFor,
} from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Site, type Somebody, startSite } from './site.ts';

const text = 'Wij nemen een VLAN per groep van gebruikers, en bewaken dat.';
const policy =
  'Het infrateam beheert de infra.\n\n== Core-infra ==\nAltijd beschikbaar.\n\n== Spacenet ==\nVoor iedereen.';
const password = '0123456789abcdefghijklmnopqrstuv';
const hourMs = 3_600_000;

describe.skipIf(skipWithout('php', 'mediawiki'))('pages of a real wiki', () => {
  let wiki: MediaWiki;
  let site: Site;
  let ann: Somebody;
  let clock: SteppedClock;
  /** Of the policy’s page, before it is changed. */
  let revision: string;

  beforeAll(async () => {
    clock = steppedClock();
    wiki = await startMediaWiki([
      ['save', { title: 'VLANs', text }],
      ['save', { title: 'Oude naam', text }],
      ['save', { title: 'Leeg', text: '<!-- volgt --> [[Categorie:Ontwerpen]]' }],
      ['save', { title: 'Nergens', text: '#REDIRECT [[Bestaat niet]]' }],
      ['save', { title: 'Infrabeleid', text: policy }],
      ['user', { name: 'Huismeester', groups: [] }],
      ['bot', { name: 'Huismeester', app: 'huismeester', password }],
    ]);
    revision = await revisionOf('Infrabeleid');
    const settings = `
wiki: { api: "${wiki.api}", writes: pages, bot: { username: Huismeester@huismeester, password: ${password} } }
policy: { text: { url: "${wiki.url}/index.php?title=Infrabeleid#Core-infra", revision: "${revision}" } }`;
    site = await startSite(settings, new Map(), clock);
    ann = await site.somebody('infrateam');
  });
  afterAll(async () => {
    await site?.close();
    await wiki.close();
  });

  async function asked(parameters: string) {
    const answer = await fetch(`${wiki.api}?action=query&format=json&formatversion=2&${parameters}`);
    const { query } = (await answer.json()) as {
      query: { pages: { revisions: Record<string, unknown>[] }[] };
    };
    return query.pages[0]?.revisions[0];
  }
  async function revisionOf(title: string): Promise<string> {
    return String((await asked(`prop=revisions&rvprop=ids&titles=${encodeURIComponent(title)}`))?.revid);
  }
  const post = (path: string, json?: object) => site.ask(ann, path, { method: 'POST', json });
  const register = (id: string, page: string) =>
    post('/design-decisions', { id, title: `Decision ${id}`, status: 'accepted', page });
  const decision = async (id: string) => (await site.ask(ann, `/design-decisions/${id}`)).body;
  async function look(): Promise<Record<string, string>> {
    const { body } = await post('/design-decisions/look');
    return Object.fromEntries(
      body.results.map(({ id, read, unknown }: Awaited<ReturnType<typeof decision>>) => [
        id,
        unknown ? `${read?.state} (unknown)` : `${read?.state}${read?.confirmed ? '' : '?'}`,
      ]),
    );
  }
  async function said(type: string): Promise<{ data: Record<string, unknown> }[]> {
    const admin = await site.somebody('administrator');
    const { body } = await site.ask(admin, '/inventory/events?limit=1000');
    return body.events.filter((event: { type: string }) => event.type === type);
  }

  it('a page is given by its title, or by any URL of it; one of another site is none', async () => {
    const base = wiki.url;
    const titles = {
      vlans: [`${base}/index.php?title=vLANs#Waarom`, 'vLANs'],
      old: [`${base}/index.php/Oude%20naam`, 'Oude naam'],
      blank: ['Leeg', 'Leeg'],
      nowhere: ['Nergens', 'Nergens'],
      missing: ['Nooit_gemaakt', 'Nooit gemaakt'],
      special: ['Speciaal:Versie', 'Speciaal:Versie'],
    };
    for (const [id, [page = '', title]] of Object.entries(titles))
      expect((await register(id, page)).body).toMatchObject({ id, page: title });
    const { status, body } = await register('other', 'https://example.org/wiki/VLANs');
    expect([status, body.code, body.clause]).toEqual([400, 'no-such-page', 'CORE-5']);
    expect(body.errors).toEqual([
      {
        field: 'body.page',
        found: 'https://example.org/wiki/VLANs',
        allowed: `the title of a page of the wiki, or its address at ${base}`,
      },
    ]);
    expect((await decision('vlans')).url).toBe(`${wiki.api.replace('api.php', 'index.php')}?title=vLANs`);
  });

  it('what is not as it should be counts once two looks, 6 h apart, said so', async () => {
    const first = {
      vlans: 'found',
      old: 'found',
      blank: 'blank?',
      nowhere: 'redirect-to-nowhere?',
      missing: 'missing?',
      special: 'not-a-page?',
    };
    expect(await look()).toEqual(first);
    clock.pass(5 * hourMs);
    expect(await look()).toEqual(first);
    const before = (await said('design-decision.page-read')).length;
    clock.pass(hourMs + 60_000);
    await waitFor('the second look', async () => (await decision('missing')).read.confirmed || undefined);
    expect(await look()).toEqual(
      Object.fromEntries(Object.entries(first).map(([id, state]) => [id, state.replace('?', '')])),
    );
    expect(await said('design-decision.page-read')).toHaveLength(before + 4);
  });

  it('a page that was moved is followed by its id', async () => {
    const { page } = (await decision('old')).read;
    await wiki.apply([['move', { from: 'Oude naam', to: 'Nieuwe naam', redirect: false }]]);
    await post('/design-decisions/old/look');
    const moved = await decision('old');
    expect(moved).toMatchObject({ page: 'Oude naam', read: { state: 'found', page, title: 'Nieuwe naam' } });
    expect(moved.url).toContain('Nieuwe_naam');
  });

  it('the newest revision of a page is shown, and is no event', async () => {
    const before = (await said('design-decision.page-read')).length;
    const { revision: old } = (await decision('vlans')).read;
    await wiki.apply([['save', { title: 'VLANs', text: `${text} En meer.` }]]);
    await post('/design-decisions/vlans/look');
    const { revision: newest } = (await decision('vlans')).read;
    expect(String(newest)).toBe(await revisionOf('VLANs'));
    expect(newest).toBeGreaterThan(old);
    expect(await said('design-decision.page-read')).toHaveLength(before);
  });

  it('a page of which the wiki says nothing is said once, and is no word about the wiki', async () => {
    await wiki.configure(`
$wgHooks['ApiBeforeMain'][] = function ( $main ) {
  if ( $main->getRequest()->getText( 'titles' ) === 'Kapot' ) { http_response_code( 500 ); exit( 1 ); }
};`);
    await register('broken', 'Kapot');
    await post('/design-decisions/broken/look');
    await post('/design-decisions/broken/look');
    expect((await decision('broken')).unknown).toMatchObject({ why: 'the wiki answers with HTTP 500' });
    const [unknown, ...others] = await said('design-decision.page-unknown');
    expect([unknown?.data, others]).toEqual([
      { decision: 'broken', since: expect.any(String), why: 'the wiki answers with HTTP 500' },
      [],
    ]);
    expect(await said('wiki.unreachable')).toEqual([]);
    await wiki.configure('');
    await post('/design-decisions/broken/look');
    expect(await decision('broken')).toMatchObject({ read: { state: 'missing' } });
    expect(await decision('broken')).not.toHaveProperty('unknown');
  });

  it('nothing follows while the wiki does not answer, and it is said once', async () => {
    const before = await decision('vlans');
    await wiki.kill();
    expect(await look()).toMatchObject({ vlans: 'found (unknown)', missing: 'missing (unknown)' });
    expect(await look()).toMatchObject({ vlans: 'found (unknown)' });
    const [unreachable, ...others] = await said('wiki.unreachable');
    expect(others).toEqual([]);
    expect(unreachable?.data).toMatchObject({ why: 'the wiki cannot be reached (ECONNREFUSED)' });
    expect((await decision('vlans')).read).toEqual(before.read);
    // A title needs no wiki; what a URL means only the wiki says, and for no longer than an hour.
    clock.pass(2 * hourMs);
    expect((await register('later', 'VLANs')).status).toBe(201);
    expect((await register('unread', `${wiki.url}/VLANs`)).body.code).toBe('wiki-unknown');
    await wiki.start();
    clock.pass(hourMs);
    await waitFor(
      'that it answers again',
      async () => (await said('wiki.reachable')).length === 2 || undefined,
    );
    await waitFor('the look', async () => (await decision('vlans')).unknown === undefined || undefined);
  });

  it('a page is made where there is none, and what is there is never touched', async () => {
    const headers = { 'if-match': '"other"' };
    const path = '/design-decisions/missing/page';
    expect((await site.ask(ann, path, { method: 'POST', headers })).status).toBe(412);
    await post('/design-decisions/missing/look');
    expect((await decision('missing')).read.state).toBe('missing');
    const { etag } = await site.ask(ann, '/design-decisions/missing');
    const answered = await site.ask(ann, path, { method: 'POST', headers: { 'if-match': etag } });
    expect(answered.status).toBe(200);
    const { body: made } = answered;
    expect(made.read).toMatchObject({ state: 'found', confirmed: true, page: expect.any(Number) });
    const content = `prop=revisions&rvprop=content&rvslots=main&titles=Nooit%20gemaakt`;
    const saved = JSON.stringify(await asked(content));
    expect(saved).toContain('== Besluit ==');
    expect(saved).toContain('Decision missing');
    expect((await post('/design-decisions/missing/page')).body).toMatchObject({
      status: 409,
      code: 'page-exists',
    });
    expect((await post('/design-decisions/vlans/page')).body.code).toBe('page-exists');
    expect(JSON.stringify(await asked(content))).toBe(saved);
    expect((await post('/design-decisions/nobody/page')).status).toBe(404);
    await post('/design-decisions', { id: 'pageless', title: 'Without a page', status: 'proposed' });
    expect((await post('/design-decisions/pageless/page')).body.code).toBe('no-title');
    // It is as the log says it, and a look says nothing else.
    const before = (await said('design-decision.page-read')).length;
    expect((await look()).missing).toBe('found');
    expect(await said('design-decision.page-read')).toHaveLength(before);
  });

  it('changes, and what is removed, are taken under the lock', async () => {
    const put = (id: string, json: object, headers = {}) =>
      site.ask(ann, `/design-decisions/${id}`, { method: 'PUT', json, headers });
    const patch = (id: string, json: object) =>
      site.ask(ann, `/design-decisions/${id}`, { method: 'PATCH', json });
    const fields = { title: 'Two VLANs', status: 'superseded', superseded_by: 'later' };
    expect((await put('blank', fields, { 'if-match': '"other"' })).status).toBe(412);
    expect((await put('blank', { ...fields, superseded_by: 'blank' })).body.errors[0].field).toBe(
      'body.superseded_by',
    );
    expect((await put('blank', { ...fields, colour: 'red' })).status).toBe(400);
    expect((await put('blank', fields)).body).not.toHaveProperty('page');
    expect((await patch('blank', { page: 'VLANs' })).body).toMatchObject({
      title: 'Two VLANs',
      page: 'VLANs',
    });
    expect((await site.ask(ann, '/design-decisions/later', { method: 'DELETE' })).body.code).toBe('in-use');
    expect((await site.ask(ann, '/design-decisions/blank', { method: 'DELETE' })).status).toBe(204);
    expect((await site.ask(ann, '/design-decisions/blank')).status).toBe(404);
    const participant = await site.somebody('participant');
    expect((await site.ask(participant, '/design-decisions')).status).toBe(200);
    expect((await site.ask(participant, '/design-decisions/look', { method: 'POST' })).status).toBe(403);
  });

  it('the infra policy is shown section by section, with what a newer revision changes', async () => {
    const shown = async () => (await site.ask(ann, '/policy-text')).body;
    expect(await shown()).toMatchObject({
      state: 'read',
      revision,
      expected: revision,
      sections: [
        { heading: '', text: 'Het infrateam beheert de infra.' },
        { heading: 'Core-infra', text: 'Altijd beschikbaar.' },
        { heading: 'Spacenet', text: 'Voor iedereen.' },
      ],
    });
    await wiki.apply([['save', { title: 'Infrabeleid', text: policy.replace('Altijd', 'Meestal') }]]);
    clock.pass(25 * hourMs);
    await waitFor('the newer revision', async () => (await shown()).revision !== revision || undefined);
    const { sections } = await shown();
    expect(sections[1]).toEqual({
      heading: 'Core-infra',
      text: 'Meestal beschikbaar.',
      changed: { removed: ['Altijd beschikbaar.'], added: ['Meestal beschikbaar.'] },
    });
    const read = await said('policy-text.read');
    expect(read.at(-1)?.data).toMatchObject({ expected: revision, newer: true, sections: ['Core-infra'] });
    expect(read).toHaveLength(2);
  });

  it('its snapshot has what a fold of its events knows', async () => {
    const service = await site.somebody('administrator');
    const { body } = await site.ask(service, '/inventory/snapshot');
    const subjects = body.entities.map(({ subject }: { subject: string }) => subject);
    expect(subjects).toEqual(
      expect.arrayContaining([
        'design-decision/vlans',
        'design-decision/missing',
        'wiki/main',
        'policy-text/main',
      ]),
    );
    expect(subjects).not.toContain('design-decision/blank');
  });
});
