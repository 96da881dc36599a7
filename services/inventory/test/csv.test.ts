import type { ItemFields } from '@huismeester/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Site, type Somebody, startSite } from './site.ts';

const settings = `
ups: [{ id: rack, upsd: { host: 127.0.0.1, port: 9, name: rack } }]
switches: [{ id: sw1, host: 127.0.0.1, port: 9, core: true, poweredBy: [rack], snmp: { version: 2c, community: c } }]
probes: [{ id: site, kind: http, url: "http://127.0.0.1:9/", role: website }]`;

let site: Site;
let ann: Somebody;

beforeAll(async () => {
  site = await startSite(settings);
  ann = await site.somebody('infrateam');
});
afterAll(() => site?.close());

const send = (
  what: 'items' | 'cables',
  bytes: Buffer | string,
  { dryRun = false, type = 'text/csv; charset=utf-8' } = {},
) =>
  site.ask(ann, `/csv/${what}?dryRun=${dryRun}`, {
    method: 'POST',
    bytes,
    headers: { 'content-type': type },
  });
const post = (path: string, json: object) => site.ask(ann, path, { method: 'POST', json });
const proposed = async () =>
  (await site.ask(ann, '/proposals?limit=1000')).body.results as { id: string; dismissed: boolean }[];
const head = async () => (await site.ask(ann, '/inventory/events?limit=1000')).body.events.length as number;
/** `field: found` of all that is wrong. */
const wrong = ({ body }: Answer) =>
  body.errors.map(({ field, found }: { field: string; found: string }) => `${field}: ${found}`);

describe('proposals', () => {
  it('are what settings and the policy name; those that are confirmed are registered, all or none', async () => {
    const ids = (await proposed()).map(({ id }) => id);
    expect(ids).toEqual([
      'core/hypervisor',
      'core/login',
      'core/network',
      'core/uplink',
      'core/website',
      'space/grafana',
      'space/mqtt',
      'space/music-system',
      'switch/sw1',
      'ups/rack',
    ]);
    const before = await head();
    const bad = await post('/proposals/confirmation', {
      proposals: [{ id: 'ups/rack' }, { id: 'switch/sw1', tenure: { kind: 'rented' } }],
    });
    expect([bad.status, wrong(bad)]).toEqual([400, ['body.proposals.1.tenure.name: nothing']]);
    expect(wrong(await post('/proposals/confirmation', { proposals: [{ id: 'ups/other' }] }))).toEqual([
      'body.proposals.0.id: ups/other',
    ]);
    expect(await head()).toBe(before);
    const made = await post('/proposals/confirmation', {
      proposals: [
        { id: 'ups/rack', tenure: { kind: 'owned' } },
        { id: 'core/uplink', item: 'fibre', name: 'Fibre', tenure: { kind: 'rented', name: 'KPN' } },
        { id: 'core/website' },
      ],
    });
    expect(
      made.body.items.map(({ id, stands_for }: ItemFields & { id: string }) => `${id} ${stands_for}`),
    ).toEqual(['rack ups/rack', 'fibre undefined', 'website probe/site']);
    const left = (await proposed()).map(({ id }) => id);
    expect(ids.filter((id) => !left.includes(id))).toEqual(['core/uplink', 'core/website', 'ups/rack']);
  });

  it('are dismissed and reopened; one whose item was retired is proposed again', async () => {
    const isDismissed = async (id: string) => (await proposed()).find((each) => each.id === id)?.dismissed;
    const { status } = await site.ask(ann, '/proposals/space/mqtt', {
      method: 'DELETE',
      json: { because: 'we have none' },
    });
    expect([status, await isDismissed('space/mqtt')]).toEqual([200, true]);
    await post('/proposals/space/mqtt/reopening', {});
    expect(await isDismissed('space/mqtt')).toBe(false);
    expect((await site.ask(ann, '/proposals/space/other', { method: 'DELETE', json: {} })).status).toBe(404);
    await post('/items/fibre/retirement', {});
    expect(await isDismissed('core/uplink')).toBe(false);
    const all = await post('/proposals/confirmation', { all: true, tenure: { kind: 'owned' } });
    expect(all.body.items).toHaveLength(8);
    expect(await proposed()).toEqual([]);
  });
});

describe('CSV', () => {
  it('what is exported imports as nothing to do, and with semicolons and without a BOM too', async () => {
    const before = await head();
    await post('/items', {
      id: 'odd',
      name: '=1+1',
      kind: 'other',
      layer: '7',
      life: 'in-use',
      core: 'no',
      space_wide: false,
      note: '"a";\n\'b\'',
    });
    await post('/cables', {
      id: 'c1',
      state: 'laid',
      a: { item: 'odd', port: '-1' },
      b: { item: 'sw1', port: 'gi0/3' },
    });
    const { body: items } = await site.ask(ann, '/csv/items');
    const { body: cables } = await site.ask(ann, '/csv/cables');
    expect(items).toContain("'=1+1");
    const count = (await site.ask(ann, '/items')).body.count;
    expect((await send('items', `\ufeff${items}`)).body).toEqual({
      dryRun: false,
      new: [],
      changed: [],
      same: count,
    });
    expect((await send('cables', cables)).body).toMatchObject({ new: [], changed: [], same: 1 });
    const semicolons = "id;state;a-item;a-port;b-item;b-port\nc1;laid;odd;'-1;sw1;gi0/3\n";
    expect((await send('cables', semicolons)).body).toMatchObject({ same: 1 });
    expect(await head()).toBe(before + 2);
  });

  it('a dry run says what it would do, and does nothing', async () => {
    const file = 'name,kind,layer,runs-on\nPDU,other,supporting,\nPrinter,other,7,item/pdu\n';
    const before = await head();
    const said = { new: ['pdu', 'printer'], changed: [], same: 0 };
    expect((await send('items', file, { dryRun: true })).body).toEqual({ dryRun: true, ...said });
    expect(await head()).toBe(before);
    expect((await send('items', file)).body).toEqual({ dryRun: false, ...said });
    expect((await send('items', file)).body).toMatchObject({ new: [], changed: [], same: 2 });
    expect((await site.ask(ann, '/items/printer')).body.links).toMatchObject([
      { kind: 'runs-on', to: ['item/pdu'] },
    ]);
  });

  it('is taken whole or not at all: every bad line is named, with its column', async () => {
    const before = await head();
    const form = await send('items', 'id,name,kind,layer\na,Good,other,7\nb,Bad,toaster,8\n');
    expect([form.status, form.body.code, wrong(form)]).toEqual([
      400,
      'bad-csv',
      ['line 3, kind: toaster', 'line 3, layer: 8'],
    ]);
    expect(form.body.errors[0].allowed).toContain('server, ups, server-software');
    const header = 'id,name,kind,layer,core,tenure,stands-for,runs-on';
    const register = await send(
      'items',
      `${header}\na,Good,other,7,,,,\nb,Mine,laptop,7,both,private,,\nc,Again,switch,2,,owned,switch/sw1,\nd,Loop,other,7,,,,item/e\ne,Loop too,other,7,,,,item/d\nf,Unknown,other,7,,,vm/999,\n`,
    );
    const said = wrong(register) as string[];
    for (const place of ['line 3, party', 'line 4, stands-for', 'line 5, runs-on', 'line 7, stands-for'])
      expect(
        said.some((each) => each.startsWith(`${place}: `)),
        `${place} in ${said.join('\n')}`,
      ).toBe(true);
    expect(said.some((each) => each.startsWith('line 2'))).toBe(false);
    const cables = await send(
      'cables',
      'id,state,a-item,a-port,b-item,b-port\nc2,laid,pdu,1,sw1,GI0/3\nc3,laid,pdu,2,,\nc4,laid,nobody,1,pdu,3\n',
    );
    expect(wrong(cables)).toEqual([
      'line 2, b-port: sw1 GI0/3, which has cable c1',
      'line 3, b-item: nothing',
      'line 4, a-item: nobody',
    ]);
    expect(await head()).toBe(before);
  });

  it.each([
    ['one line', 'name,kind,layer\n', 400, ['line 2: nothing']],
    [
      'one line that is no header',
      'Bar PC,bar-pc,7\n',
      400,
      expect.arrayContaining(['line 1: bar pc', 'line 1, kind: nothing']),
    ],
    ['nothing', '', 400, expect.anything()],
    [
      'binary',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]),
      400,
      ['body: bytes that are no text in UTF-8'],
    ],
    [
      'Latin-1',
      Buffer.from('name,kind,layer\nCaf\xe9,other,7\n', 'latin1'),
      400,
      ['body: bytes that are no text in UTF-8'],
    ],
    ['UTF-16', Buffer.from('\ufeffname,kind,layer\n', 'utf16le'), 400, ['body: UTF-16']],
    [
      '10 MB of lines',
      `name,kind,layer\n${'x'.repeat(1000)},other,7\n`.repeat(10_000),
      400,
      expect.anything(),
    ],
    ['more than 10 MB', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), 413, ['body: a bigger file']],
  ])('bad input is said, and changes nothing: %s', async (_, bytes, status, said) => {
    const before = await head();
    const answer = await send('items', bytes);
    expect([answer.status, wrong(answer)]).toEqual([status, said]);
    expect(await head()).toBe(before);
  });

  it('JSON is no CSV, and not everybody may write', async () => {
    expect((await send('items', '{}', { type: 'application/json' })).body.code).toBe('bad-csv');
    const participant = await site.somebody('participant');
    const headers = { 'content-type': 'text/csv' };
    const asked = await site.ask(participant, '/csv/items', { method: 'POST', bytes: 'a', headers });
    expect(asked.status).toBe(403);
    expect((await site.ask(participant, '/csv/cables')).status).toBe(403);
  });
});
