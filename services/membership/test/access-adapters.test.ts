import type { HypervisorSettings } from '@huismeester/contracts';
import type { DirectoryRead, GroupRead } from '@huismeester/directory';
import { parseSettings } from '@huismeester/service';
import { type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directoryAccess } from '../src/access/directory.ts';
import { proxmoxAccess } from '../src/access/proxmox.ts';
import { createMemory } from '../src/people/memory.ts';

const secret = 'x';
const review = { id: 'huismeester@pve!review', secret };
const operate = { id: 'ann@ldap!operate', secret };
const pool = 'infra/core';
let proxmox: ProxmoxSimulator;

beforeAll(async () => {
  proxmox = await startProxmoxSimulator({
    speed: 100,
    state: {
      cluster: 'space',
      quorate: true,
      nodes: [{ name: 'pve1', online: true }],
      pools: [{ id: 'infra' }, { id: pool }],
      guests: [],
      tokens: [
        { ...review, privileges: [{ path: '/access', privs: ['Sys.Audit'] }] },
        { ...operate, privileges: [] },
      ],
      users: [{ id: 'ann@ldap' }, { id: 'joe@pve' }],
      acl: [
        { path: '/', type: 'user', ugid: 'ann@ldap', role: 'Administrator' },
        { path: '/pool/infra', type: 'user', ugid: 'joe@pve', role: 'PVEVMAdmin' },
      ],
    },
  });
});
afterAll(() => proxmox.close());

async function look(realm: string) {
  const text = `
site: { id: test, name: Test }
broker: { embedded: { port: 0 } }
database: { url: "postgres://127.0.0.1:9/none" }
access: { realms: { ${realm}: directory } }
hypervisors:
  - id: pve
    url: ${proxmox.url}
    fingerprints: ["${proxmox.fingerprint}"]
    tokens: { operate: { id: "${operate.id}", secret: ${secret} }, review: { id: "${review.id}", secret: ${secret} } }
    pools: { core: ${pool} }
`;
  const settings = parseSettings(text, { file: '/space.yaml', env: {}, readFile: () => '' });
  const ask = async () => ({ classes: [] });
  const adapter = proxmoxAccess(settings.hypervisors[0] as HypervisorSettings, {
    ask: ask as never,
    log: { now: () => new Date() },
    settings,
  });
  try {
    const looked = await adapter?.read(new AbortController().signal);
    return looked?.state === 'complete'
      ? looked.accounts.map(({ name, builtIn, rights }) => [name, builtIn, rights[0]?.on])
      : looked;
  } finally {
    await adapter?.close();
  }
}

test('the core pool within another is found, and a person’s account on which one of our tokens hangs is theirs', async () => {
  expect(await look('ldap')).toEqual([
    ['ann@ldap', null, '/'],
    ['joe@pve', null, `/pool/${pool}`],
    ['root@pam', 'root', '/'],
  ]);
  expect(await look('other')).toContainEqual(['ann@ldap', 'own-user', '/']);
});

describe('the groups of the directory that administer something', () => {
  const signal = new AbortController().signal;
  const stranger = 'cn=backup,ou=services,dc=space';
  const group: GroupRead = {
    state: 'known',
    members: new Map(),
    byUid: new Set(),
    dangling: [stranger, 'cn=nobody'],
  };
  const nothing = { state: 'not-set-up' } as const;
  const groups = { participants: nothing, team: nothing, trial: nothing, board: nothing };
  const opened = (more: object) => {
    const memory = createMemory();
    const admins = ['admins', 'crew'].map((name) => ({ name, read: { ...group, ...more } }));
    const read: DirectoryRead = { people: [], skipped: 0, groups, admins };
    memory.take(read, new Map());
    return directoryAccess(memory);
  };

  test('an entry that is none of the people is an account of nobody, and a name without an entry none', async () => {
    expect(await opened({ strangers: [stranger] }).read(signal)).toMatchObject({
      state: 'complete',
      accounts: [
        {
          name: stranger,
          kind: 'member',
          rights: [{ on: 'admins' }, { on: 'crew' }],
          commands: [`take ${stranger} out of admins`, `take ${stranger} out of crew`],
        },
      ],
    });
  });

  test('a uid that may be somebody’s makes it unknown', async () => {
    expect(await opened({ untold: 2 }).read(signal)).toEqual({
      state: 'unknown',
      lacks: 'whose 2 of the uids in admins are; whose 2 of the uids in crew are',
    });
  });

  test('a read is brought again until it is stored', async () => {
    const adapter = opened({});
    expect([await adapter.read(signal), await adapter.read(signal)]).toMatchObject([
      { state: 'complete' },
      { state: 'complete' },
    ]);
    adapter.stored?.();
    expect(await adapter.read(signal)).toEqual({ state: 'unchanged' });
  });
});
