import { openDatabase, rows } from '@huismeester/database';
import type { ServiceContext } from '@huismeester/service';
import { type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inGroup, type Question, type Site, startSite } from './site.ts';

type State = ProxmoxSimulator['state'];
type Entry = NonNullable<State['acl']>[number];

/** It stands in nothing that is kept, shown or logged: the board's pool, its VM, and who has something there. */
const boards = /board-pool|\/vms\/900|BoardRole|chair/;

const pools = ['core', 'deelnemers', 'board-pool'];
const secret = 'x';
const policySecret = 'that-policy-shows-to-membership';
/** As vm-lifecycle answers, of the VMs in the pools of the settings. */
const classes = [
  { vm: '100', class: 'core' },
  { vm: '500', class: 'participant' },
];
const tokenId = (name: string) => `huismeester@pve!${name}`;
let proxmox: ProxmoxSimulator;
let attic: ProxmoxSimulator;
let site: Site;
let people: Readonly<Record<string, string>>;

function state(): State {
  const guest = { type: 'qemu' as const, node: 'pve1', status: 'running' as const };
  return {
    cluster: 'space',
    quorate: true,
    nodes: [{ name: 'pve1', online: true }],
    pools: pools.map((id) => ({ id, storages: [`tank-${id}`] })),
    storages: pools.map((id) => ({ id: `tank-${id}`, type: 'dir', content: ['images'], totalGib: 1 })),
    guests: [
      { ...guest, vmid: 100, name: 'ldap', pool: 'core' },
      { ...guest, vmid: 500, name: 'blog', pool: 'deelnemers' },
      { ...guest, vmid: 900, name: 'minutes', pool: 'board-pool' },
    ],
    tokens: [
      {
        id: tokenId('operate'),
        secret,
        privileges: [{ path: '/pool/core', privs: ['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit'] }],
      },
      { id: tokenId('review'), secret, privileges: [{ path: '/access', privs: ['Sys.Audit'] }] },
    ],
    users: [],
    groups: [],
    roles: [{ id: 'BoardRole', privs: ['VM.Allocate'] }],
    acl: [],
  };
}

beforeAll(async () => {
  [proxmox, attic] = await Promise.all(
    [1, 2].map(() => startProxmoxSimulator({ state: state(), speed: 100 })) as [
      Promise<ProxmoxSimulator>,
      Promise<ProxmoxSimulator>,
    ],
  );
  site = await startSite({
    people: ['ann', 'bob', 'cas'],
    groups: { team: ['ann', 'bob'], ldapadmins: ['bob', 'cas'] },
    more: `
hypervisors:
  - id: pve
    url: ${proxmox.url}
    fingerprints: ["${proxmox.fingerprint}"]
    tokens:
      operate: { id: "${tokenId('operate')}", secret: ${secret} }
      review: { id: "${tokenId('review')}", secret: ${secret} }
    pools: { core: core, participant: deelnemers }
  - id: attic
    url: ${attic.url}
    fingerprints: ["${attic.fingerprint}"]
    tokens:
      operate: { id: "${tokenId('operate')}", secret: ${secret} }
      review: { id: "${tokenId('review')}", secret: ${secret} }
    pools: { core: core }
    prefix: attic-
  - id: shed
    url: ${attic.url}
    fingerprints: ["${attic.fingerprint}"]
    tokens: { operate: { id: "${tokenId('operate')}", secret: ${secret} } }
    pools: { core: core }
    prefix: shed-
access: { every: 24h, realms: { ldap: directory } }
`,
    adminGroups: ['ldapadmins'],
    secret: policySecret,
    outside: () => ({
      ask: (async () => ({ classes })) as unknown as ServiceContext['ask'],
    }),
  });
  const { results } = (await site.ask('/people')).body;
  people = Object.fromEntries(results.map(({ uid, id }: { uid: string; id: string }) => [uid, id]));
});
afterAll(async () => {
  await site.close();
  await proxmox.close();
  await attic.close();
});

/** Of Proxmox, after a look: each account with its state, whose it is, and its rights. */
async function review(): Promise<Record<string, string[]>> {
  const { body } = await site.ask('/access/review', { method: 'POST' });
  expect(body.find(({ id }: { id: string }) => id === 'pve')).toMatchObject({ state: 'known' });
  const { results } = (await site.ask('/access?source=pve')).body;
  return Object.fromEntries(results.filter(({ whose }: Row) => whose !== 'built-in').map(lineOf));
}
interface Row {
  id: string;
  name: string;
  kind: string;
  commands: string[];
  whose: string;
  state: string;
  rights: { on: string; privileges: string[]; by: string[] }[];
}
const lineOf = ({ name, whose, state: is, rights }: Row): [string, string[]] => [
  name,
  [
    ...(is === 'asleep' ? ['asleep'] : []),
    whose,
    ...rights.map(({ on, by, privileges }) => `${on} (${privileges.length > 3 ? 'much' : privileges}) ${by}`),
  ],
];

interface Case {
  readonly users?: State['users'];
  readonly groups?: State['groups'];
  readonly tokens?: State['tokens'];
  readonly acl: Entry[];
  readonly is: Record<string, string[]>;
}
const by =
  (type: Entry['type'], ugid: string) =>
  (path: string, role: string, propagate = true): Entry => ({
    path,
    type,
    ugid,
    role,
    propagate,
  });
const joe = by('user', 'joe@pve');
const admins = by('group', 'admins');
const token = by('token', 'joe@pve!t');
const reviewer = { id: tokenId('review'), secret };
const t = { id: 'joe@pve!t', secret, privileges: [] };

function change({ users = [{ id: 'joe@pve' }], groups = [], tokens = [], acl }: Omit<Case, 'is'>): void {
  const first = state();
  Object.assign(proxmox.state, first, { users, groups, acl, tokens: [...first.tokens, ...tokens] });
}

describe('who has admin rights on core, as Proxmox says it', () => {
  beforeEach(async () => {
    change({ acl: [] });
    // Twice: who is not there any more is gone.
    await review();
    await review();
  });

  test.each<[string, Case]>([
    ['nobody', { acl: [joe('/', 'PVEAuditor')], is: {} }],
    [
      'by a group',
      {
        groups: [{ id: 'admins', users: ['joe@pve'] }],
        acl: [admins('/', 'Administrator')],
        is: { 'joe@pve': ['nobody', '/ (much) group admins: Administrator on /'] },
      },
    ],
    [
      'not where a deeper path replaces it',
      {
        acl: [
          joe('/', 'PVEPoolAdmin'),
          ...['/access', '/nodes', '/sdn', '/storage', '/vms', '/pool'].map((path) =>
            joe(path, 'PVEAuditor'),
          ),
        ],
        is: { 'joe@pve': ['nobody', '/ (Pool.Allocate) user: PVEPoolAdmin on /'] },
      },
    ],
    [
      'on the path alone where it does not propagate',
      {
        acl: [joe('/vms', 'PVEVMAdmin', false)],
        is: { 'joe@pve': ['nobody', '/vms (much) user: PVEVMAdmin on /vms'] },
      },
    ],
    ['not with NoAccess', { acl: [joe('/vms', 'PVEVMAdmin'), joe('/vms', 'NoAccess')], is: {} }],
    [
      'on the core pool, which its VM follows',
      {
        acl: [joe('/pool/core', 'PVEVMAdmin')],
        is: { 'joe@pve': ['nobody', '/pool/core (much) user: PVEVMAdmin on /pool/core'] },
      },
    ],
    [
      'on all pools, and so on that of core',
      {
        acl: [joe('/pool', 'PVEVMAdmin')],
        is: { 'joe@pve': ['nobody', '/pool/core (much) user: PVEVMAdmin on /pool'] },
      },
    ],
    [
      'on a core VM',
      {
        acl: [joe('/vms/100', 'PVEVMUser')],
        is: { 'joe@pve': ['nobody', '/vms/100 (much) user: PVEVMUser on /vms/100'] },
      },
    ],
    [
      'by what gives it, and not by what only looks',
      {
        groups: [{ id: 'auditors', users: ['joe@pve'] }],
        acl: [by('group', 'auditors')('/', 'PVEAuditor'), joe('/vms', 'PVEVMAdmin')],
        is: { 'joe@pve': ['nobody', '/vms (much) user: PVEVMAdmin on /vms'] },
      },
    ],
    [
      'on a storage of a pool where that is granted by itself',
      {
        acl: [joe('/pool/board-pool', 'PVEVMAdmin'), joe('/storage/tank-core', 'PVEDatastoreAdmin')],
        is: {
          'joe@pve': [
            'nobody',
            '/storage/tank-core (Datastore.Allocate,Datastore.AllocateTemplate) user: PVEDatastoreAdmin on /storage/tank-core',
          ],
        },
      },
    ],
    [
      'not on other pools, or VMs of them',
      {
        acl: [
          joe('/pool/deelnemers', 'PVEVMAdmin'),
          joe('/vms/500', 'PVEVMAdmin'),
          joe('/pool/board-pool', 'BoardRole'),
        ],
        is: {},
      },
    ],
    [
      'a token with privsep: what it and its user both have',
      {
        tokens: [t],
        acl: [joe('/nodes', 'PVESysAdmin'), token('/', 'Administrator')],
        is: {
          'joe@pve': ['nobody', '/nodes (Sys.Console,Sys.Syslog) user: PVESysAdmin on /nodes'],
          'joe@pve!t': ['nobody', '/nodes (Sys.Console,Sys.Syslog) token: Administrator on /'],
        },
      },
    ],
    [
      'a token without: what its user has',
      {
        tokens: [{ ...t, privsep: false }],
        acl: [joe('/nodes', 'PVESysAdmin')],
        is: {
          'joe@pve': ['nobody', '/nodes (Sys.Console,Sys.Syslog) user: PVESysAdmin on /nodes'],
          'joe@pve!t': ['nobody', '/nodes (Sys.Console,Sys.Syslog) user: PVESysAdmin on /nodes'],
        },
      },
    ],
    [
      'disabled, and its token: asleep',
      {
        users: [{ id: 'joe@pve', enable: false }],
        tokens: [{ ...t, privsep: false }],
        acl: [joe('/vms', 'PVEVMAdmin')],
        is: {
          'joe@pve': ['asleep', 'nobody', '/vms (much) user: PVEVMAdmin on /vms'],
          'joe@pve!t': ['asleep', 'nobody', '/vms (much) user: PVEVMAdmin on /vms'],
        },
      },
    ],
    [
      'a token that is expired: asleep, and its user not',
      {
        tokens: [{ ...t, expire: 1 }],
        acl: [joe('/vms', 'PVEVMAdmin'), token('/vms', 'PVEVMAdmin')],
        is: {
          'joe@pve': ['nobody', '/vms (much) user: PVEVMAdmin on /vms'],
          'joe@pve!t': ['asleep', 'nobody', '/vms (much) token: PVEVMAdmin on /vms'],
        },
      },
    ],
    [
      'people of the directory, by the realm: a member, and somebody who is none',
      {
        users: [{ id: 'ann@ldap' }, { id: 'Bob@ldap' }, { id: 'cas@ldap' }, { id: 'cas@pam' }],
        acl: ['ann@ldap', 'Bob@ldap', 'cas@ldap', 'cas@pam'].map((id) =>
          by('user', id)('/sdn', 'PVESDNAdmin'),
        ),
        is: Object.fromEntries(
          [
            ['ann@ldap', 'member'],
            ['Bob@ldap', 'member'],
            ['cas@ldap', 'other'],
            ['cas@pam', 'nobody'],
          ].map(([name = '', whose = '']) => [
            name,
            [whose, '/sdn (SDN.Allocate) user: PVESDNAdmin on /sdn'],
          ]),
        ),
      },
    ],
  ])('%s', async (_, { is, ...given }) => {
    change(given);
    expect(await review()).toEqual(is);
  });
});

const source = async (id: string) => {
  const { body } = await site.ask('/access/sources');
  return body.results.find((each: { id: string }) => each.id === id);
};
const look = () => site.ask('/access/review', { method: 'POST' });
const accounts = async (query = '') => (await site.ask(`/access?source=pve${query}`)).body.results as Row[];
const idOf = async (name: string) => (await accounts()).find((each) => each.name === name)?.id ?? '';
const since = async (before: string[]) => (await site.events()).slice(before.length);

describe('a look that is not complete', () => {
  beforeEach(async () => {
    change({ acl: [joe('/vms', 'PVEVMAdmin')] });
    await review();
    await review();
  });

  test.each<[string, () => void, string]>([
    [
      'without Sys.Audit',
      () => proxmox.state.tokens.splice(1, 1, { ...reviewer, privileges: [] }),
      'Sys.Audit on /access',
    ],
    [
      'without root@pam in the list',
      () =>
        proxmox.state.tokens.splice(1, 1, {
          ...reviewer,
          privileges: [{ path: '/access', privs: ['Sys.Audit'], propagate: false }],
        }),
      'Sys.Audit on /access, coming down to /access/groups',
    ],
    [
      'with a part of the list that has root@pam',
      () => {
        proxmox.state.groups = [{ id: 'admins', users: ['root@pam'] }];
        const privileges = ['/access', '/access/groups/admins'].map((path) => ({
          path,
          privs: ['Sys.Audit'],
          propagate: false,
        }));
        proxmox.state.tokens.splice(1, 1, { ...reviewer, privileges });
      },
      'Sys.Audit on /access, coming down to /access/groups',
    ],
    [
      'that fails for one account',
      () => {
        const questions = /\/access\/permissions$/;
        // Two about the token itself, and of the first account.
        for (const _ of [1, 2, 3]) proxmox.faults.delay('GET', questions, 0);
        proxmox.faults.refuse('GET', questions, { status: 500, reason: 'user joe@pve is in the way' });
      },
      'an answer of Proxmox VE: domain',
    ],
    [
      'that fails in the middle',
      () =>
        proxmox.faults.refuse('GET', /\/access\/acl$/, { status: 500, reason: 'user joe@pve is in the way' }),
      'an answer of Proxmox VE: domain',
    ],
    [
      'with a token that is taken no more',
      () => proxmox.state.tokens.splice(1, 1),
      'Proxmox VE does not take the review token',
    ],
  ])('is void: %s', async (_, spoil, lacks) => {
    const before = await site.events();
    change({ acl: [] });
    spoil();
    await look();
    expect(await source('pve')).toMatchObject({ state: 'unknown', lacks });
    expect(await since(before)).toEqual(['access-source.unknown']);
    expect(await idOf('joe@pve')).not.toBe('');
    change({ acl: [joe('/vms', 'PVEVMAdmin')] });
    await look();
    expect(await since(before)).toEqual(['access-source.unknown', 'access-source.known']);
    expect(await source('pve')).toMatchObject({ state: 'known' });
  });

  test('an account is gone after two complete ones without it, and not before', async () => {
    const before = await site.events();
    change({ acl: [] });
    await look();
    expect(await since(before)).toEqual([]);
    change({ acl: [joe('/vms', 'PVEVMAdmin')] });
    await look();
    change({ acl: [] });
    await look();
    expect([await since(before), await idOf('joe@pve')]).toEqual([[], expect.stringMatching(/^pve-/)]);
    await look();
    expect([await since(before), await idOf('joe@pve')]).toEqual([['account.gone'], '']);
  });
});

test('a hypervisor that cannot be reached is unknown, and the others are known', async () => {
  attic.faults.lose('cut');
  await look();
  expect(await source('attic')).toMatchObject({ state: 'unknown', lacks: expect.stringContaining('answer') });
  expect(await source('pve')).toMatchObject({ state: 'known' });
  attic.faults.restore();
  await look();
  expect(await source('attic')).toMatchObject({ state: 'known' });
});

describe('the groups of the directory that administer something', () => {
  const directory = async () => {
    const { results } = (await site.ask('/access?source=directory')).body;
    return results.map(({ name, whose, kind, rights }: Row) => [name, whose, kind, rights[0]?.on]);
  };

  test('have accounts of people, gone after two reads of the directory', async () => {
    await site.read();
    await look();
    const dn = site.groupDn('ldapadmins');
    expect((await directory()).toSorted()).toEqual([
      ['bob', 'member', 'member', dn],
      ['cas', 'other', 'member', dn],
    ]);
    await site.change(inGroup('delete', 'ldapadmins', 'cas'));
    await site.read();
    await look();
    await look();
    expect(await directory()).toHaveLength(2);
    await site.read();
    await look();
    expect(await directory()).toEqual([['bob', 'member', 'member', dn]]);
  });
});

describe('whose an account is', () => {
  const as = (uid: string, method: string, path: string, json?: unknown) =>
    site.askAs(uid, path, { method, ...(json !== undefined && { json }) } satisfies Question);
  const refused = async (...args: Parameters<typeof as>) => {
    const { status, body } = await as(...args);
    return [status, body?.code, body?.errors?.[0]?.field];
  };
  beforeEach(async () => {
    change({ tokens: [{ ...t, privsep: false }], acl: [joe('/vms', 'PVEVMAdmin')] });
    await review();
  });

  test('is said by a full member, and its tokens follow', async () => {
    const id = await idOf('joe@pve');
    const { ann = '', cas = '' } = people;
    const put = `/access/${id}/person`;
    expect(await refused('cas', 'PUT', put, { person: cas })).toEqual([403, 'not-allowed', 'person']);
    expect(await refused('ann', 'PUT', put, { person: id.replace(/.*-/, '') })).toEqual([
      400,
      'invalid-request',
      'body.person',
    ]);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await refused('ann', 'PUT', put, { person: nobody })).toEqual([
      400,
      'not-a-person',
      'body.person',
    ]);
    expect(await refused('ann', 'PUT', `/access/${await idOf('root@pam')}/person`, { person: ann })).toEqual([
      409,
      'built-in',
      'params.id',
    ]);
    expect((await as('ann', 'PUT', put, { person: ann })).status).toBe(204);
    // Without being asked to look.
    const ofToken = async (whose: string) =>
      (await accounts()).find((each) => each.name === 'joe@pve!t')?.whose === whose || undefined;
    await waitFor('its token to follow', () => ofToken('member'));
    expect(await review()).toMatchObject({ 'joe@pve': ['member', expect.anything()] });
    expect((await as('ann', 'DELETE', put)).status).toBe(204);
    expect(await as('ann', 'DELETE', put)).toMatchObject({
      status: 404,
      body: { code: 'not-found', title: 'Nobody was assigned to it by hand' },
    });
    expect(await review()).toMatchObject({ 'joe@pve': ['nobody', expect.anything()] });
  });

  test('is nobody’s: a service account, for a year at most', async () => {
    const year = (more: number) => new Date(Date.now() + more * 24 * 3_600_000).toISOString().slice(0, 10);
    const { bob: steward } = people;
    const service = { purpose: 'Backups', steward, review: year(300) };
    const path = `/service-accounts/${await idOf('joe@pve')}`;
    expect(await refused('ann', 'PUT', path, { ...service, review: year(400) })).toEqual([
      400,
      'out-of-range',
      'body.review',
    ]);
    expect(await refused('ann', 'PUT', path, { ...service, review: year(-2) })).toEqual([
      400,
      'out-of-range',
      'body.review',
    ]);
    expect(await refused('ann', 'PUT', path, { ...service, steward: undefined })).toEqual([
      400,
      'invalid-request',
      'body.steward',
    ]);
    expect((await as('ann', 'PUT', path, service)).status).toBe(204);
    const named = { source: 'pve', name: 'joe@pve!t', ...service };
    expect(await refused('ann', 'POST', '/service-accounts', { ...named, source: 'cellar' })).toEqual([
      400,
      'no-source',
      'body.source',
    ]);
    expect((await as('ann', 'POST', '/service-accounts', named)).status).toBe(201);
    expect(await review()).toMatchObject({
      'joe@pve': ['service', expect.anything()],
      'joe@pve!t': ['service', expect.anything()],
    });
    const { results } = (await site.ask('/service-accounts')).body;
    const builtIn = results.map((row: { name: string; built_in: boolean }) => [row.name, row.built_in]);
    expect(Object.fromEntries(builtIn)).toEqual({
      'huismeester@pve': true,
      'huismeester@pve!operate': true,
      'joe@pve': false,
      'joe@pve!t': false,
      'root@pam': true,
    });
    for (const each of ['joe@pve', 'joe@pve!t'])
      expect((await as('ann', 'DELETE', `/service-accounts/${await idOf(each)}`)).status).toBe(204);
  });

  test('is not said by hand where the directory has that person', async () => {
    const { bob: steward = '' } = people;
    const named = ['cas@ldap', 'Bob@ldap', 'gone@ldap', 'cas@pam'];
    change({
      users: named.map((id) => ({ id })),
      tokens: [{ ...t, id: 'cas@ldap!t', privsep: false }],
      acl: named.map((id) => by('user', id)('/vms', 'PVEVMAdmin')),
    });
    await review();
    await site.read();
    await look();
    const { results } = (await site.ask('/access?source=directory')).body;
    const inGroups = results.find(({ person }: { person?: string }) => person !== undefined)?.id;
    const ofDirectory = [409, 'of-the-directory', 'params.id'];
    const service = { purpose: 'Backups', steward, review: '2099-01-01' };
    for (const id of [await idOf('cas@ldap'), await idOf('Bob@ldap'), await idOf('cas@ldap!t'), inGroups]) {
      expect(await refused('ann', 'PUT', `/access/${id}/person`, { person: steward })).toEqual(ofDirectory);
      expect(await refused('ann', 'PUT', `/service-accounts/${id}`, service)).toEqual(ofDirectory);
    }
    const ofCas = { source: 'pve', name: 'cas@ldap', ...service };
    expect(await refused('ann', 'POST', '/service-accounts', ofCas)).toEqual([
      409,
      'of-the-directory',
      'body.name',
    ]);
    // One that stands already counts for nothing.
    const database = await openDatabase({ url: site.site.url }, { max: 1 });
    try {
      await database.orm.execute(
        `insert into membership.known_account (id, version, since, person) values ('${await idOf('cas@ldap')}', 1, now(), '${steward}')`,
      );
      expect((await accounts()).find(({ name }) => name === 'cas@ldap')).toMatchObject({ whose: 'other' });
      await database.orm.execute('delete from membership.known_account');
    } finally {
      await database.close();
    }
    for (const name of ['gone@ldap', 'cas@pam']) {
      const put = `/access/${await idOf(name)}/person`;
      expect((await as('ann', 'PUT', put, { person: steward })).status).toBe(204);
      expect((await as('ann', 'DELETE', put)).status).toBe(204);
    }
  });

  test('what takes rights away is said, and names are answered, from memory', async () => {
    const found = (await accounts()).filter(({ whose }) => whose === 'nobody');
    const deleting = 'pveum acl delete /vms --users joe@pve --roles PVEVMAdmin';
    // Others are kept until a second look does not find them.
    expect(Object.fromEntries(found.map(({ name, commands }) => [name, commands]))).toMatchObject({
      'joe@pve': [deleting],
      'joe@pve!t': ['pveum user token remove joe@pve t'],
    });
    const { body } = await site.ask('/membership/questions/accounts', {
      method: 'POST',
      open: true,
      token: policySecret,
      json: { accounts: [...found.map(({ id }) => id), 'pve-000000000000'] },
    });
    expect(body.names).toEqual(found.map(({ id, name }) => ({ account: id, name })));
  });

  test('lists by hand are written down, confirmed and ended by full members', async () => {
    const { ann = '', bob = '' } = people;
    const path = '/access/lists/router-admins';
    const list = { title: 'The router', kind: 'access', core: true, people: [ann, bob] };
    const stranger = '00000000-0000-4000-8000-000000000000';
    expect(await refused('ann', 'PUT', path, { ...list, people: [ann, stranger] })).toEqual([
      400,
      'not-a-person',
      'body.people.1',
    ]);
    expect(await refused('ann', 'POST', `${path}/confirmation`)).toEqual([404, 'not-found', 'params.id']);
    const { body } = await as('ann', 'PUT', path, list);
    expect(Date.parse(body.due) - Date.parse(body.since)).toBe(365 * 24 * 3_600_000);
    expect((await as('bob', 'POST', `${path}/confirmation`)).status).toBe(204);
    const { results } = (await site.ask('/access/lists')).body;
    expect(results).toEqual([
      expect.objectContaining({
        id: 'router-admins',
        ...list,
        confirmed: { at: expect.any(String), by: bob },
      }),
    ]);
    expect((await as('ann', 'DELETE', path)).status).toBe(204);
    expect((await site.ask('/access/lists')).body.results).toEqual([]);
  });
});

test('of the board’s pool and its VM nothing is anywhere, nor names of accounts but in answers', async () => {
  change({
    users: [{ id: 'joe@pve' }, { id: 'chair@pve' }],
    groups: [{ id: 'admins', users: ['joe@pve', 'chair@pve'] }],
    acl: [
      admins('/vms', 'PVEVMAdmin'),
      by('user', 'chair@pve')('/pool/board-pool', 'BoardRole'),
      joe('/vms/900', 'BoardRole'),
    ],
  });
  await look();
  expect((await accounts()).map(({ name }) => name)).toContain('chair@pve');
  const database = await openDatabase({ url: site.site.url }, { max: 1 });
  try {
    const tables = rows<{ at: string }>(
      await database.orm.execute(
        `select quote_ident(table_schema) || '.' || quote_ident(table_name) as at from information_schema.tables where table_schema in ('membership', 'access')`,
      ),
    );
    expect(tables.length).toBeGreaterThan(15);
    let kept = site.logged.join('');
    for (const { at } of tables)
      kept += JSON.stringify(rows(await database.orm.execute(`select * from ${at}`)));
    expect(kept).toContain('/pool/core');
    expect(kept).not.toMatch(boards);
    expect(kept).not.toMatch(/joe@pve|ann@ldap/);
  } finally {
    await database.close();
  }
  const answers = await Promise.all(
    ['/access', '/access/sources', '/membership/events?limit=1000', '/membership/snapshot'].map((path) =>
      site.ask(path),
    ),
  );
  expect(JSON.stringify(answers.map(({ body }) => body)).replaceAll('chair@pve', '')).not.toMatch(boards);
});

test('at the start a source that settings do not name is over, and one without its token stays as it was', async () => {
  const database = await openDatabase({ url: site.site.url }, { max: 1 });
  try {
    for (const id of ['barn', 'shed']) {
      await database.orm.execute(
        `insert into membership.access_source (id, state, since, accounts) values ('${id}', 'known', now(), 1)`,
      );
      await database.orm.execute(
        `insert into membership.account (id, source, kind, asleep, rights, since, missed) values ('${id}-3f2a9c01d4e5', '${id}', 'user', false, '[]', now(), 0)`,
      );
    }
  } finally {
    await database.close();
  }
  const before = await site.events();
  await site.restart();
  const [gone, ended, unknown] = await since(before);
  expect([gone, ended, unknown]).toEqual(['account.gone', 'access-source.ended', 'access-source.unknown']);
  expect(await source('barn')).toBeUndefined();
  expect(await source('shed')).toMatchObject({ state: 'not-set-up', accounts: 1 });
  const there = (await site.ask('/access?limit=1000')).body.results as Row[];
  const ids = there.map(({ id }) => id);
  expect([ids.includes('shed-3f2a9c01d4e5'), ids.includes('barn-3f2a9c01d4e5')]).toEqual([true, false]);
});
