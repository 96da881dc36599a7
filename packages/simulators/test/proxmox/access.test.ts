import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { AclEntry, ProxmoxState } from '../../src/proxmox/state.ts';
import { type Asker, closeSimulators, simulate } from './ask.ts';
import { auditor, vm } from './cluster.ts';

/* Held against what pve-access-control does: roles() and compile_acl_path() of Proxmox VE 9.1. */

const secret = 'x';
const reviewer = { id: 'look@pve!review', secret };
const user = (path: string, role: string, more: Partial<AclEntry> = {}): AclEntry => ({
  path,
  type: 'user',
  ugid: 'ann@pve',
  role,
  ...more,
});
const group = (path: string, role: string, more: Partial<AclEntry> = {}) =>
  user(path, role, { type: 'group', ugid: 'admins', ...more });
const token = (path: string, role: string, more: Partial<AclEntry> = {}) =>
  user(path, role, { type: 'token', ugid: 'ann@pve!t', ...more });

let pve: Asker;

beforeAll(async () => {
  const { pool: _, ...alone } = vm(300);
  const guests = [vm(100), vm(200, { pool: 'board' }), alone];
  pve = await simulate(guests, {
    change(state) {
      state.users = [{ id: 'ann@pve' }, { id: 'bob@pve' }, { id: 'look@pve' }];
      state.groups = [
        { id: 'admins', users: ['ann@pve'] },
        { id: 'second', users: ['ann@pve'] },
      ];
      state.roles = [{ id: 'Alone', privs: ['VM.Console'] }];
      state.tokens.push(
        { ...reviewer, privileges: [{ path: '/access', privs: ['Sys.Audit'] }] },
        { id: 'ann@pve!t', secret, privileges: [] },
        { id: 'ann@pve!all', secret, privileges: [], privsep: false },
        { id: 'root@pam!bare', secret, privileges: [] },
        { id: 'root@pam!full', secret, privileges: [], privsep: false },
      );
    },
  });
});
afterAll(closeSimulators);

function change(entries: AclEntry[], more: Partial<ProxmoxState> = {}): void {
  Object.assign(pve.simulator.state, { acl: entries, ...more });
}

type Permissions = Record<string, Record<string, 0 | 1>>;
const of = async (userid: string, path?: string) =>
  (await pve.as(reviewer).get('/access/permissions', { userid, ...(path && { path }) })) as Permissions;

interface Case {
  readonly acl: AclEntry[];
  readonly who?: string;
  readonly path: string;
  /** Those of these privileges that are had there, with whether they propagate. */
  readonly has: Permissions[string];
}
const watched = ['VM.Audit', 'VM.Console', 'VM.Allocate', 'Sys.Audit', 'Sys.Modify'];

test.each<[string, Case]>([
  ['nothing without an entry', { acl: [], path: '/', has: {} }],
  ['by a group', { acl: [group('/vms', 'Alone')], path: '/vms/100', has: { 'VM.Console': 1 } }],
  [
    'by two groups on one path, both',
    {
      acl: [group('/vms', 'Alone'), group('/vms', 'PVEAuditor', { ugid: 'second' })],
      path: '/vms',
      has: { 'VM.Audit': 1, 'VM.Console': 1, 'Sys.Audit': 1 },
    },
  ],
  [
    'an entry of the user itself, not those of groups on the same path',
    { acl: [group('/vms', 'PVEVMAdmin'), user('/vms', 'Alone')], path: '/vms', has: { 'VM.Console': 1 } },
  ],
  [
    'a group on a deeper path replaces the user above it',
    { acl: [user('/', 'Administrator'), group('/vms', 'Alone')], path: '/vms/300', has: { 'VM.Console': 1 } },
  ],
  [
    'two roles on one path, both',
    {
      acl: [user('/vms', 'Alone'), user('/vms', 'PVEAuditor', { propagate: false })],
      path: '/vms',
      has: { 'VM.Audit': 0, 'VM.Console': 1, 'Sys.Audit': 0 },
    },
  ],
  [
    'not below a path that does not propagate',
    { acl: [user('/vms', 'Alone', { propagate: false })], path: '/vms/300', has: {} },
  ],
  [
    'on it, though',
    { acl: [user('/vms', 'Alone', { propagate: false })], path: '/vms', has: { 'VM.Console': 0 } },
  ],
  [
    'one that does not propagate replaces nothing below it',
    {
      acl: [user('/', 'Alone'), user('/vms', 'PVEVMAdmin', { propagate: false })],
      path: '/vms/300',
      has: { 'VM.Console': 1 },
    },
  ],
  [
    'NoAccess on a deeper path',
    { acl: [user('/', 'Administrator'), user('/vms', 'NoAccess')], path: '/vms/300', has: {} },
  ],
  [
    'NoAccess beside another role: nothing',
    { acl: [user('/vms', 'Administrator'), user('/vms', 'NoAccess')], path: '/vms', has: {} },
  ],
  [
    'of the pool, on its guest, without coming down further',
    { acl: [user('/pool/core', 'Alone')], path: '/vms/100', has: { 'VM.Console': 0 } },
  ],
  [
    'of the pool and of its own',
    {
      acl: [user('/pool/core', 'Alone'), user('/vms', 'PVEAuditor')],
      path: '/vms/100',
      has: { 'VM.Audit': 1, 'VM.Console': 0, 'Sys.Audit': 1 },
    },
  ],
  [
    'what comes down to the pool from above is had on its guest, whatever replaced it on /vms',
    {
      acl: [user('/', 'PVEAuditor'), user('/vms', 'Alone')],
      path: '/vms/100',
      has: { 'VM.Audit': 0, 'VM.Console': 1, 'Sys.Audit': 0 },
    },
  ],
  ['not of another pool', { acl: [user('/pool/core', 'Alone')], path: '/vms/200', has: {} }],
  [
    'of /pool, on guests of every pool',
    { acl: [user('/pool', 'Alone')], path: '/vms/200', has: { 'VM.Console': 0 } },
  ],
  ['not on a guest without a pool', { acl: [user('/pool', 'Alone')], path: '/vms/300', has: {} }],
  [
    'NoAccess of the pool trumps what is granted on the guest',
    { acl: [user('/pool/core', 'NoAccess'), user('/vms/100', 'Alone')], path: '/vms/100', has: {} },
  ],
  [
    'a token: nothing of its user’s without an entry of its own',
    { acl: [user('/', 'Administrator')], who: 'ann@pve!t', path: '/vms', has: {} },
  ],
  [
    'a token: nothing that its user has not',
    { acl: [token('/', 'Administrator')], who: 'ann@pve!t', path: '/vms', has: {} },
  ],
  [
    'a token: what both have',
    {
      acl: [token('/', 'Administrator'), group('/vms', 'Alone')],
      who: 'ann@pve!t',
      path: '/vms',
      has: { 'VM.Console': 1 },
    },
  ],
  [
    'a token: propagates where both do',
    {
      acl: [token('/', 'Administrator'), user('/vms', 'Alone', { propagate: false })],
      who: 'ann@pve!t',
      path: '/vms',
      has: { 'VM.Console': 0 },
    },
  ],
  [
    'a token without privsep: all that its user has',
    { acl: [user('/vms', 'Alone')], who: 'ann@pve!all', path: '/vms/100', has: { 'VM.Console': 1 } },
  ],
  [
    'root@pam, whatever the ACL says',
    {
      acl: [user('/', 'NoAccess', { ugid: 'root@pam' })],
      who: 'root@pam',
      path: '/vms',
      has: Object.fromEntries(watched.map((priv) => [priv, 1 as const])),
    },
  ],
  [
    'a token of root@pam: its own',
    {
      acl: [token('/vms', 'Alone', { ugid: 'root@pam!bare' })],
      who: 'root@pam!bare',
      path: '/vms',
      has: { 'VM.Console': 1 },
    },
  ],
  [
    'one of root@pam without privsep',
    {
      acl: [],
      who: 'root@pam!full',
      path: '/',
      has: Object.fromEntries(watched.map((priv) => [priv, 1 as const])),
    },
  ],
  ['somebody who is not there', { acl: [], who: 'nobody@pve', path: '/', has: {} }],
])('%s', async (_, { acl, who = 'ann@pve', path, has }) => {
  change(acl);
  const shown = (await of(who, path))[path] ?? {};
  expect(Object.fromEntries(Object.entries(shown).filter(([priv]) => watched.includes(priv)))).toEqual(has);
});

describe('GET /access/permissions?userid=', () => {
  it('has every path of any entry, and every guest of a pool, where something is had', async () => {
    change([
      user('/', 'PVEAuditor'),
      user('/storage/tank', 'NoAccess'),
      user('/sdn/zones/z', 'Alone', { ugid: 'bob@pve' }),
    ]);
    const paths = Object.keys(await of('ann@pve'));
    expect(paths.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      '/',
      '/access',
      '/access/groups',
      '/nodes',
      '/pool',
      '/pool/core',
      '/pool/people',
      '/sdn',
      '/sdn/zones',
      '/sdn/zones/localnetwork',
      '/sdn/zones/localnetwork/vmbr0',
      '/sdn/zones/z',
      '/storage',
      '/storage/local',
      '/storage/local-lvm',
      '/vms',
      '/vms/100',
      '/vms/200',
      '/vms/9000',
    ]);
  });

  it('answers the same of who is disabled or expired', async () => {
    change([user('/vms', 'Alone')]);
    const before = await of('ann@pve');
    for (const state of [{ enable: false }, { expire: 1 }]) {
      change([user('/vms', 'Alone')], { users: [{ id: 'ann@pve', ...state }, { id: 'look@pve' }] });
      expect(await of('ann@pve')).toEqual(before);
      expect((await pve.as({ id: 'ann@pve!all', secret }).send('GET', '/version')).status).toBe(401);
    }
    change([], { users: [{ id: 'ann@pve' }, { id: 'bob@pve' }, { id: 'look@pve' }] });
    expect((await pve.as({ id: 'ann@pve!all', secret }).send('GET', '/version')).status).toBe(200);
  });

  it('is refused of others without Sys.Audit on /access, and of oneself never', async () => {
    const own = pve.as({ id: 'ann@pve!t', secret });
    expect(await own.get('/access/permissions')).toEqual({});
    expect(await own.refused('GET', '/access/permissions?userid=ann@pve')).toBe(
      '403 Permission check failed (/access, Sys.Audit)',
    );
  });
});

describe('without Sys.Audit', () => {
  const part = { id: 'bob@pve!part', secret };
  const sees = async (acl: AclEntry[]) => {
    const { tokens } = pve.simulator.state;
    if (!tokens.some(({ id }) => id === part.id)) tokens.push({ ...part, privileges: [], privsep: false });
    change(acl.map((entry) => ({ ...entry, ugid: entry.type === 'user' ? 'bob@pve' : entry.ugid })));
    const asking = pve.as(part);
    const ids = async (path: string, key: string) =>
      ((await asking.get(path)) as Record<string, unknown>[]).map((row) => row[key]);
    return {
      users: await ids('/access/users', 'userid'),
      groups: await ids('/access/groups', 'groupid'),
      acl: await ids('/access/acl', 'path'),
    };
  };

  it('nothing is listed, and nothing says so', async () => {
    expect(await sees([user('/vms', 'Alone'), group('/', 'Alone')])).toEqual({
      users: [],
      groups: [],
      acl: [],
    });
  });

  it('a group and its members by the right on it, and the ACL of what one administers', async () => {
    const seen = await sees([
      user('/access/groups/admins', 'PVEAuditor'),
      user('/vms/100', 'PVEVMAdmin'),
      group('/vms/100', 'Alone'),
      group('/storage/local', 'Alone'),
    ]);
    expect(seen).toEqual({ users: ['ann@pve'], groups: ['admins'], acl: ['/vms/100', '/vms/100'] });
  });

  it('on /access alone, all of the ACL and no user', async () => {
    const { users, acl } = await sees([user('/access', 'PVEAuditor', { propagate: false })]);
    expect({ users, there: acl.length > 1 }).toEqual({ users: [], there: true });
  });
});

describe('the lists', () => {
  it('have users with their groups and tokens, root@pam too', async () => {
    change([], {
      users: [
        { id: 'ann@pve', enable: false },
        { id: 'bob@pve', expire: 1 },
      ],
    });
    const users = (await pve.get('/access/users', { full: 1 })) as Record<string, unknown>[];
    const ann = users.find(({ userid }) => userid === 'ann@pve');
    expect(ann).toMatchObject({ enable: 0, groups: 'admins,second' });
    expect(ann?.tokens).toEqual([
      { tokenid: 't', expire: 0, privsep: 1 },
      { tokenid: 'all', expire: 0, privsep: 0 },
    ]);
    expect(users.map(({ userid }) => userid)).toContain('root@pam');
    const enabled = (await pve.get('/access/users', { enabled: 1 })) as { userid: string }[];
    expect(enabled.map(({ userid }) => userid)).not.toContain('ann@pve');
  });

  it('have what a token says of itself as entries of it and of its user, and no entry of root@pam', async () => {
    change([user('/vms', 'Alone', { ugid: 'root@pam' })]);
    const rows = (await pve.get('/access/acl')) as { ugid: string; roleid: string; path: string }[];
    expect(rows.filter(({ path }) => path === '/access')).toEqual(
      ['look@pve!review', 'look@pve'].map((ugid) => ({
        path: '/access',
        type: ugid.includes('!') ? 'token' : 'user',
        ugid,
        roleid: 'Sys.Audit',
        propagate: 1,
      })),
    );
    expect(rows.some(({ ugid }) => ugid === 'root@pam')).toBe(false);
    const roles = (await pve.get('/access/roles')) as { roleid: string; privs: string; special: number }[];
    const named = new Map(roles.map(({ roleid, ...rest }) => [roleid, rest]));
    expect(named.get('NoAccess')).toEqual({ privs: '', special: 1 });
    expect(named.get('Alone')).toEqual({ privs: 'VM.Console', special: 0 });
    expect(named.get('PVEVMUser')?.privs).toContain('VM.PowerMgmt');
    expect(named.get('PVEAdmin')?.privs).not.toContain('Permissions.Modify');
    expect(auditor.id).toBe('root@pam!all');
  });

  it('is refused where an entry names who, or what, is not there', async () => {
    const broken = simulate([], {
      change: (state) => {
        state.acl = [user('/', 'Nonsense'), group('/', 'NoAccess')];
      },
    });
    await expect(broken).rejects.toThrow(
      /acl of \/: there is no user ann@pve\n.*there is no role Nonsense\n.*there is no group admins/,
    );
  });
});
