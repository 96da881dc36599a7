import type { HypervisorSettings } from '@huismeester/contracts';
import { parseSettings } from '@huismeester/service';
import { type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proxmoxAccess } from '../src/access/proxmox.ts';

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
