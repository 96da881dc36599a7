import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromVmLifecycle } from '../src/consumes/vm-lifecycle.ts';
import { outside } from '../src/schema.ts';
import { type Question, type Site, type Somebody, startSite } from './site.ts';

let site: Site;
let ann: Somebody;
let bob: Somebody;
let tim: Somebody;
let pat: Somebody;
let sam: Somebody;
let kim: Somebody;

beforeAll(async () => {
  site = await startSite(
    `
ups: [{ id: rack, upsd: { host: 127.0.0.1, name: space } }]
switches:
  - { id: sw1, host: 127.0.0.1, snmp: { version: 2c, community: public }, poweredBy: [rack] }
  - { id: sw2, host: 127.0.0.1, snmp: { version: 2c, community: public } }
probes: [{ id: bar, kind: ping, host: 127.0.0.1, dependsOn: [switch/sw1] }]
hypervisors:
  - id: pve
    url: https://127.0.0.1:8006
    fingerprints: ["${'00:'.repeat(31)}00"]
    tokens: { operate: { id: "h@pve!h", secret: a0b1c2d3-0000-4000-8000-00000000000a } }
    pools: { core: core, participant: deelnemers }
`,
    new Map([
      ['sam', () => sam.person],
      ['kim', () => kim.person],
    ]),
  );
  ann = await site.somebody('participant', 'infrateam');
  bob = await site.somebody('participant', 'infrateam');
  tim = await site.somebody('participant', 'trial');
  pat = await site.somebody('participant');
  sam = await site.somebody('participant');
  kim = await site.somebody('participant', 'trial');
  await site.database.transaction((tx) =>
    tx.insert(outside).values([
      {
        id: 'vm/100',
        state: {
          kind: 'vm',
          id: '100',
          hypervisor: 'pve',
          node: 'pve1',
          class: 'core',
          name: 'dns',
          running: true,
          since: '2026-12-01T12:00:00.000Z',
        },
      },
    ]),
  );
});
afterAll(() => site.close());

const ask = (who: Somebody, path: string, question?: Question) => site.ask(who, path, question);
const post = (who: Somebody, path: string, json: unknown = {}, headers = {}) =>
  ask(who, path, { method: 'POST', json, headers });
const put = (who: Somebody, path: string, json: unknown, headers = {}) =>
  ask(who, path, { method: 'PUT', json, headers });
const remove = (who: Somebody, path: string) => ask(who, path, { method: 'DELETE' });
const fields = (name: string, more: object = {}) => ({
  name,
  kind: 'other',
  layer: '7',
  life: 'in-use',
  core: 'no',
  space_wide: false,
  ...more,
});
const register = async (name: string, more: object = {}) => {
  const answer = await post(ann, '/items', fields(name, more));
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return answer.body;
};
const item = async (id: string, who = ann) => (await ask(who, `/items/${id}`)).body;
const eventsOf = async (subject: string): Promise<string[]> => {
  const { body } = await ask(ann, `/inventory/events?subject=${subject}&limit=1000`);
  return body.events.map(({ type }: { type: string }) => type);
};
const said = ({ status, body }: { status: number; body: { code: string; clause?: string } }) => [
  status,
  body.code,
  body.clause,
];

test('an item is registered once, with its links, and shown with what others say of it', async () => {
  const rack = await register('Rack UPS', { id: 'rack-ups', kind: 'ups', stands_for: 'ups/rack' });
  expect(rack).toMatchObject({
    id: 'rack-ups',
    infra: true,
    seen: { state: 'unknown' },
    links: [],
    stewards: [],
  });
  const json = fields('Switch 1', {
    stands_for: 'switch/sw1',
    core: 'availability',
    links: [{ kind: 'depends-on', to: 'vm/100' }],
  });
  const key = { 'idempotency-key': 'once' };
  const made = await post(ann, '/items', json, key);
  expect([made.status, made.location, made.body.id]).toEqual([201, '/api/v1/items/switch-1', 'switch-1']);
  expect((await post(ann, '/items', json, key)).body).toEqual(made.body);
  expect(made.body).toMatchObject({
    core_for: ['availability'],
    links: [
      { kind: 'depends-on', to: ['vm/100'], from: 'entered' },
      { kind: 'powered-by', to: ['ups/rack'], from: 'settings' },
    ],
  });
  expect(await eventsOf('item/switch-1')).toEqual(['item.registered', 'item.linked']);
  expect(said(await post(ann, '/items', { ...fields('X'.repeat(2)), id: 'switch-1' }))).toEqual([
    409,
    'exists',
    'INFRA-2',
  ]);
  const dns = await register('DNS', { kind: 'server-software', stands_for: 'vm/100' });
  expect(dns).toMatchObject({
    core_for: ['availability'],
    seen: { class: 'core', name: 'dns', state: 'running' },
  });
});

test('the list is filtered and ordered, and whose things are is for the team', async () => {
  await register('Amplifier', { tenure: { kind: 'loaned', person: sam.person }, kind: 'music-system' });
  const inCapitals = { kind: 'private', person: sam.person.toUpperCase() };
  const laptop = await register('Laptop', { tenure: inCapitals, kind: 'laptop' });
  expect(laptop.tenure.person).toBe(sam.person);
  const ids = async (query: string, who = pat) => {
    const { body } = await ask(who, `/items?${query}`);
    return body.results.map(({ id }: { id: string }) => id);
  };
  expect(await ids('kind=ups')).toEqual(['rack-ups']);
  expect(await ids('infra=false')).toEqual(['laptop']);
  expect(await ids('stands_for=switch/sw1&life=in-use&core=availability')).toEqual(['switch-1']);
  expect(await ids('order=-name&limit=2')).toEqual(['switch-1', 'rack-ups']);
  expect((await ask(pat, '/items?kind=boat')).status).toBe(400);
  const whose = async (who: Somebody) => (await item('amplifier', who)).tenure.person;
  expect([await whose(ann), await whose(tim), await whose(sam), await whose(pat)]).toEqual([
    sam.person,
    sam.person,
    sam.person,
    undefined,
  ]);
  await register('Anvil', { tenure: { kind: 'private', name: 'Jan de Vries' } });
  await register('Colo', { tenure: { kind: 'rented', name: 'Hetzner' } });
  const named = async (id: string, who: Somebody) => (await item(id, who)).tenure.name;
  expect([await named('anvil', ann), await named('anvil', pat), await named('colo', pat)]).toEqual([
    'Jan de Vries',
    undefined,
    'Hetzner',
  ]);
  expect((await ask(pat, '/items/nothing')).status).toBe(404);
});

test('a change is all that is said, and is refused when somebody else was first', async () => {
  await register('Printer');
  const { etag } = await ask(ann, '/items/printer');
  const changed = await put(ann, '/items/printer', fields('Printer', { note: 'new drum' }), {
    'if-match': etag,
  });
  expect([changed.status, changed.body.note]).toEqual([200, 'new drum']);
  expect((await put(bob, '/items/printer', fields('Printer'), { 'if-match': etag })).status).toBe(412);
  expect((await put(bob, '/items/printer', fields('Printer', { note: 'new drum' }))).status).toBe(200);
  expect(await eventsOf('item/printer')).toEqual(['item.registered', 'item.changed']);
  expect((await put(ann, '/items/nothing', fields('Nothing'))).status).toBe(404);
});

const good = fields('Thing');
test.each<[string, unknown]>([
  ['name', 'x'],
  ['kind', 'boat'],
  ['layer', '8'],
  ['life', 'dead'],
  ['core', 'yes'],
  ['space_wide', 'maybe'],
  ['place', ''],
  ['tenure', { kind: 'stolen' }],
  ['tenure', { kind: 'rented', name: 'Hetzner', until: '2027-02-30' }],
  ['tenure', { kind: 'loaned' }],
  ['tenure', { kind: 'loaned', person: '00000000-0000-4000-8000-000000000000' }],
  ['stands_for', 'port/sw1'],
  ['project', 'not a project!'],
  ['note', ''],
  ['id', 'Not An Id'],
  ['owner', 'sam'],
  ['links', [{ kind: 'likes', to: 'item/printer' }]],
  ['links', [{ kind: 'runs-on', to: 'printer' }]],
  ['links', [{ kind: 'runs-on', to: 'item/nothing' }]],
])('is refused by its field, and changes nothing: %s %j', async (field, value) => {
  const before = (await ask(ann, '/inventory/events?limit=1')).body.head;
  const { status, body } = await post(ann, '/items', { ...good, [field]: value });
  expect([status, body.errors?.[0]]).toEqual([
    400,
    expect.objectContaining({
      field: expect.stringMatching(new RegExp(`^body\\.?${field}`)),
      allowed: expect.any(String),
    }),
  ]);
  expect((await ask(ann, '/inventory/events?limit=1')).body.head).toBe(before);
});

test('what is no infra is core for nothing, and what nobody sees is not registered', async () => {
  const own = fields('Own', { tenure: { kind: 'private', name: 'Jan' }, core: 'both' });
  const refused = await post(ann, '/items', own);
  expect(said(refused)).toEqual([400, 'not-infra', 'INFRA-1']);
  expect(refused.body.errors).toMatchObject([{ field: 'body.core', found: 'both' }]);
  expect(said(await post(ann, '/items', fields('Board', { stands_for: 'vm/666' })))).toEqual([
    409,
    'unknown-thing',
    'PRIV-2',
  ]);
  expect(said(await post(ann, '/items', fields('Again', { stands_for: 'vm/100' })))).toEqual([
    409,
    'stands-for-it',
    'INFRA-1',
  ]);
});

test('links are entered and taken out; what settings say is read-only, and a cycle is refused with its path', async () => {
  await register('Bar PC');
  await register('Till', { links: [{ kind: 'runs-on', to: 'item/bar-pc' }] });
  const link = (id: string, kind: string, to: string) => post(ann, `/items/${id}/links`, { kind, to });
  expect((await link('bar-pc', 'depends-on', 'item/switch-1')).body.links).toEqual([
    { kind: 'depends-on', to: ['item/switch-1'], from: 'entered' },
  ]);
  expect((await link('bar-pc', 'depends-on', 'item/switch-1')).status).toBe(200);
  expect(said(await link('bar-pc', 'depends-on', 'switch/sw1'))).toEqual([409, 'linked-already', 'INFRA-2']);
  const cycle = await link('rack-ups', 'depends-on', 'item/till');
  expect(said(cycle)).toEqual([409, 'cycle', 'INFRA-2']);
  expect(cycle.body.errors).toMatchObject([
    { field: 'body.to', found: 'ups/rack → item/till → item/bar-pc → switch/sw1 → ups/rack' },
  ]);
  expect(said(await remove(ann, '/items/switch-1/links/powered-by/ups/rack'))).toEqual([
    409,
    'read-only',
    'INFRA-2',
  ]);
  expect((await remove(ann, '/items/till/links/runs-on/item/printer')).status).toBe(404);
  // By the item that stands for it.
  expect((await remove(ann, '/items/switch-1/links/depends-on/item/dns')).body.links).toHaveLength(1);
  expect(await eventsOf('item/bar-pc')).toEqual(['item.registered', 'item.linked']);
});

test('what goes with something is a list with reasons and people, for the team', async () => {
  await post(pat, '/stewards', { item: 'till' });
  const { body } = await ask(tim, '/impact/ups/rack');
  expect(body.target).toBe('ups/rack');
  expect(body.goes.map(({ target }: { target: string }) => target)).toEqual([
    'switch/sw1',
    'probe/bar',
    'item/bar-pc',
    'item/till',
  ]);
  expect(body.goes[0]).toEqual({
    target: 'switch/sw1',
    item: 'switch-1',
    name: 'Switch 1',
    core_for: ['availability'],
    because: [{ kind: 'powered-by', on: 'ups/rack', from: 'settings' }],
    people: [],
  });
  expect(body.goes[3]).toMatchObject({ item: 'till', people: [pat.person] });
  expect((await ask(ann, '/impact/item/rack-ups')).body).toEqual(body);
  expect((await ask(ann, '/impact/vm/666')).status).toBe(404);
  expect((await ask(ann, '/impact/item/nothing')).status).toBe(404);
});

test('an item is retired once nothing in use needs it, and may be used again', async () => {
  const retire = (id: string, json = {}) => post(ann, `/items/${id}/retirement`, json);
  const refused = await retire('bar-pc');
  expect(said(refused)).toEqual([409, 'in-use', 'TEAM-3']);
  expect(refused.body).toMatchObject({ title: 'till needs bar-pc', errors: [{ found: 'needed by till' }] });
  const done = await retire('till', { because: 'replaced by an app' });
  expect([done.status, done.body.life]).toEqual([200, 'retired']);
  expect((await retire('bar-pc')).status).toBe(200);
  expect(said(await retire('bar-pc'))).toEqual([409, 'retired', 'TEAM-3']);
  expect((await ask(ann, '/impact/ups/rack')).body.goes).toHaveLength(2);
  expect(said(await put(ann, '/items/till', fields('Till')))).toEqual([409, 'retired', 'TEAM-3']);
  expect((await put(ann, '/items/bar-pc', fields('Bar PC'))).body.life).toBe('in-use');
  expect((await put(ann, '/items/till', fields('Till'))).body.links).toHaveLength(1);
  expect(await eventsOf('item/till')).toEqual([
    'item.registered',
    'item.linked',
    'item.retired',
    'item.changed',
  ]);
});

test('a cable has two ends, and a port has one cable', async () => {
  const laid = { state: 'laid', a: { item: 'switch-1', port: 'gi0/3' }, b: { item: 'bar-pc', port: 'eth0' } };
  const made = await post(ann, '/cables', laid, { 'idempotency-key': 'cable' });
  expect([made.status, made.body.id, made.location]).toEqual([201, 'c1', '/api/v1/cables/c1']);
  expect((await post(ann, '/cables', laid, { 'idempotency-key': 'cable' })).body).toEqual(made.body);
  const taken = await post(ann, '/cables', { state: 'planned', a: { item: 'switch-1', port: 'GI0/3' } });
  expect(said(taken)).toEqual([409, 'port-taken', 'INFRA-2']);
  expect(taken.body.title).toBe('switch-1 GI0/3 already goes to bar-pc eth0');
  const wrong = async (json: object) => (await post(ann, '/cables', json)).body.errors?.[0].field;
  expect(await wrong({ state: 'laid', a: laid.a })).toBe('body.b');
  expect(await wrong({ ...laid, state: 'lost' })).toBe('body.state');
  expect(await wrong({ ...laid, a: { item: 'nothing', port: '1' } })).toBe('body.a.item');
  expect(await wrong({ ...laid, a: { item: 'till', port: '' } })).toBe('body.a.port');
  expect(await wrong({ ...laid, note: '' })).toBe('body.note');
  expect(await wrong({ ...laid, id: 'A B' })).toBe('body.id');
  const { etag } = await ask(tim, '/cables/c1');
  const broken = await put(bob, '/cables/c1', { ...laid, state: 'broken' }, { 'if-match': etag });
  expect([broken.status, broken.body.state]).toEqual([200, 'broken']);
  expect((await put(bob, '/cables/c1', laid, { 'if-match': etag })).status).toBe(412);
  await post(ann, '/cables', { id: 'spare', state: 'planned', b: { item: 'till', port: 'eth0' } });
  const found = async (query: string) => {
    const { results } = (await ask(tim, `/cables?${query}`)).body;
    return results.map(({ id }: { id: string }) => id);
  };
  expect(await found('item=bar-pc')).toEqual(['c1']);
  expect(await found('state=planned')).toEqual(['spare']);
  expect((await remove(ann, '/cables/c1')).status).toBe(204);
  // An id is not given twice: the log of one is of one cable.
  const next = await post(ann, '/cables', { state: 'planned', a: { item: 'till', port: 'e9' } });
  expect(next.body.id).toBe('c2');
  await remove(ann, '/cables/c2');
  const third = await post(ann, '/cables', { state: 'planned', a: { item: 'till', port: 'e9' } });
  expect(third.body.id).toBe('c3');
  expect((await ask(ann, '/cables/c1')).status).toBe(404);
  expect((await post(ann, '/cables', { ...laid, id: 'c1' })).status).toBe(201);
  expect(await eventsOf('cable/c1')).toEqual([
    'cable.recorded',
    'cable.changed',
    'cable.removed',
    'cable.recorded',
  ]);
});

test('who learns an item becomes steward when another says so, and says each year that they still can', async () => {
  const learning = await post(pat, '/stewards', { item: 'printer' });
  expect([learning.status, learning.body.role, learning.body.person]).toEqual([201, 'learner', pat.person]);
  const of = (id: string, rest = '') => `/stewards/${id}${rest}`;
  const { id } = learning.body;
  expect(said(await post(pat, '/stewards', { item: 'printer' }))).toEqual([409, 'exists', 'TEAM-2']);
  expect(said(await post(pat, '/stewards', { item: 'printer', person: 'sam' }))).toEqual([
    403,
    'not-allowed',
    'TEAM-2',
  ]);
  // Whether there is somebody of that name is not for them (PRIV-1).
  const asked = async (person: string) =>
    (await post(pat, '/stewards', { item: 'printer', person })).body.errors;
  expect(await asked('nobody')).toEqual(await asked('sam'));
  expect(said(await post(pat, of(id, '/promotion')))).toEqual([403, 'needs-another', 'TEAM-2']);
  expect(said(await post(sam, of(id, '/promotion')))).toEqual([403, 'not-allowed', 'TEAM-2']);
  expect(said(await post(pat, of(id, '/confirmation')))).toEqual([409, 'learner', 'TEAM-2']);
  const promoted = await post(ann, of(id, '/promotion'));
  expect(promoted.body).toMatchObject({ role: 'steward', counts_until: expect.stringMatching(/^202[78]/) });
  const byName = await post(bob, '/stewards', { item: 'printer', person: 'sam' });
  expect(byName.body.person).toBe(sam.person);
  expect((await post(pat, of(byName.body.id, '/promotion'))).body.role).toBe('steward');
  expect(said(await post(ann, of(id, '/confirmation')))).toEqual([403, 'not-yours', 'TEAM-2']);
  expect((await post(pat, of(id, '/confirmation'))).status).toBe(200);
  expect((await item('printer', tim)).stewards).toHaveLength(2);
  const seen = async (who: Somebody) => (await ask(who, '/stewards?item=printer')).body.count;
  expect([await seen(pat), await seen(tim)]).toEqual([2, 2]);
  expect(said(await remove(sam, of(id)))).toEqual([403, 'not-allowed', 'TEAM-2']);
  expect((await remove(sam, of(byName.body.id))).status).toBe(204);
  expect((await remove(bob, of(id))).status).toBe(204);
  expect((await remove(bob, of(id))).status).toBe(404);
  expect(await eventsOf(`steward/${id}`)).toEqual([
    'steward.added',
    'steward.promoted',
    'steward.confirmed',
    'steward.removed',
  ]);
});

test('a member on trial learns, and is steward of nothing until the trial is over (JOIN-3)', async () => {
  const { body } = await post(ann, '/stewards', { item: 'switch-1', person: 'kim' });
  const promote = () => post(ann, `/stewards/${body.id}/promotion`);
  expect(said(await promote())).toEqual([409, 'on-trial', 'JOIN-3']);
  await site.become(kim, 'participant');
  expect(said(await promote())).toEqual([409, 'core', 'CORE-4']);
  await site.become(kim);
  expect(said(await promote())).toEqual([409, 'person-gone', 'TEAM-2']);
  await site.become(kim, 'participant', 'infrateam');
  expect((await promote()).status).toBe(200);
});

test.each<[string, object, string]>([
  ['/stewards', { item: 'nothing' }, 'body.item'],
  ['/stewards', { item: 'laptop' }, 'body.item'],
  ['/stewards', { item: 'printer', person: 'nobody' }, 'body.person'],
  ['/stewards', { item: 'printer', role: 'steward' }, 'body.role'],
  ['/items/printer/links', { kind: 'likes', to: 'item/till' }, 'body.kind'],
  ['/items/printer/links', { kind: 'runs-on', to: 'till' }, 'body.to'],
  ['/items/printer/retirement', { because: 'x' }, 'body.because'],
])('is refused by its field: %s %j', async (path, json, field) => {
  const { status, body } = await post(ann, path, json);
  expect([status, body.errors?.[0].field]).toEqual([400, field]);
});

test('participants and members on trial write nothing, and participants read no cables', async () => {
  for (const who of [pat, tim]) {
    expect((await post(who, '/items', fields('Mine'))).status).toBe(403);
    expect((await put(who, '/items/printer', fields('Mine'))).status).toBe(403);
    expect((await post(who, '/items/printer/retirement')).status).toBe(403);
    expect((await post(who, '/items/printer/links', { kind: 'runs-on', to: 'item/till' })).status).toBe(403);
    expect((await remove(who, '/items/till/links/runs-on/item/bar-pc')).status).toBe(403);
    expect((await post(who, '/cables', {})).status).toBe(403);
    expect((await remove(who, '/cables/c1')).status).toBe(403);
  }
  expect((await ask(pat, '/cables')).status).toBe(403);
  expect((await ask(pat, '/impact/item/printer')).status).toBe(403);
});

test('the snapshot has all that a fold of the log would know', async () => {
  const { body } = await ask(ann, '/inventory/snapshot');
  const of = (subject: string) => body.entities.find((each: { subject: string }) => each.subject === subject);
  expect(of('item/till')).toMatchObject({
    version: 4,
    state: { item: 'till', life: 'in-use', links: [{ kind: 'runs-on', to: 'item/bar-pc' }] },
  });
  const stewards = body.entities.filter(({ subject }: { subject: string }) => subject.startsWith('steward/'));
  expect(
    stewards.map(({ state }: { state: { item: string; role: string } }) => [state.item, state.role]),
  ).toEqual(
    expect.arrayContaining([
      ['till', 'learner'],
      ['switch-1', 'steward'],
    ]),
  );
});

/* A vmid is used again at once: who stood for the guest before stands for nothing, and not for the other. */

const guest = (id: string, incarnation?: string) => ({
  subject: `vm/${id}`,
  state: {
    id,
    hypervisor: 'pve',
    vmid: Number(id),
    node: 'pve1',
    pool: 'core',
    class: 'core',
    name: `guest-${id}`,
    kind: 'qemu',
    status: 'running',
    ...(incarnation && { incarnation }),
  },
});

test.each<[string, string | undefined, string | undefined]>([
  ['replaced', 'replaced', undefined],
  ['destroyed', 'destroyed', undefined],
  ['not listed', undefined, 'vm/201'],
])('a guest that is %s', async (_, because, standsFor) => {
  const reader = fromVmLifecycle(site.log);
  await site.database.transaction((tx) => reader.entity(tx, guest('201', 'uuid-1') as never));
  const { id } = await register(`Of ${because}`, { stands_for: 'vm/201' });
  const data = { vm: '201', ...(because && { because }) };
  await site.database.transaction((tx) =>
    reader.handlers['vm.unlisted'](tx, { id: randomUUID(), correlationid: randomUUID(), data } as never),
  );
  const { body } = await ask(pat, `/items/${id}`);
  expect([body.stands_for, body.seen]).toEqual([standsFor, undefined]);
  expect((await post(ann, `/items/${id}/retirement`)).status).toBe(200);
});

test('a guest that a snapshot knows by another incarnation', async () => {
  const reader = fromVmLifecycle(site.log);
  const snapshot = (incarnation?: string) =>
    site.database.transaction((tx) =>
      reader.snapshot(tx, { entities: [guest('202', incarnation)] } as never),
    );
  await snapshot('uuid-1');
  const { id } = await register('By snapshot', { stands_for: 'vm/202' });
  const standsFor = async () => (await ask(pat, `/items/${id}`)).body.stands_for;
  await snapshot();
  expect(await standsFor()).toBe('vm/202');
  await snapshot('uuid-1');
  expect(await standsFor()).toBe('vm/202');
  await snapshot('uuid-2');
  expect(await standsFor()).toBeUndefined();
});
