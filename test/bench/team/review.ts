import { proxmoxAccess } from '@huismeester/membership/access/proxmox';
import { type AskService, parseSettings } from '@huismeester/service';
import { type ProxmoxState, startProxmoxSimulator } from '@huismeester/simulators';
import { inMs, median, type Row } from '../row.ts';

const users = 160;
const tokens = 40;
const mostMs = 5_000;
const mostAtOnce = 4;
const id = 'huismeester@pve!review';
const secret = 'bench-review';

/** A look at who has admin rights among 200 accounts of a simulated Proxmox, each of which it asks about over HTTPS (CORE-4). */
export async function review(rounds: number): Promise<Row> {
  const proxmox = await startProxmoxSimulator({ state: cluster() });
  const settings = settingsFor(proxmox.url, proxmox.fingerprint);
  const [hypervisor] = settings.hypervisors;
  if (hypervisor === undefined) throw new Error('the settings name no hypervisor');
  // As vm-lifecycle answers: of one kind of question there is one answer.
  const ask = (async () => ({ classes: [{ vm: '100', class: 'core' }] })) as unknown as AskService;
  const adapter = proxmoxAccess(hypervisor, { ask, log: { now: () => new Date() }, settings });
  if (adapter === undefined) throw new Error('there is a review token, and no adapter');
  try {
    const took: number[] = [];
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      const looked = await adapter.read(AbortSignal.timeout(60_000));
      took.push(performance.now() - began);
      if (looked.state !== 'complete') throw new Error(`the look was not complete: ${looked.state}`);
      found = looked.accounts.length;
    }
    const most = proxmox.mostAtOnce;
    return {
      what: `review of ${users + tokens} accounts, each asked about over HTTPS, median of ${rounds}`,
      measured: `${inMs(median(took))}; ${found} with admin rights, ${most} requests at a time at most`,
      target: `≤ 5 s, ≤ ${mostAtOnce} at a time`,
      met: median(took) <= mostMs && most <= mostAtOnce,
      reference: `${proxmox.requests.length / rounds} requests a look`,
    };
  } finally {
    await adapter.close();
    await proxmox.close();
  }
}

function settingsFor(url: string, fingerprint: string) {
  const text = `
site: { id: bench, name: Bench }
broker: { embedded: {} }
database: { url: postgres://nowhere/bench }
hypervisors:
  - id: pve
    url: ${url}
    fingerprints: ["${fingerprint}"]
    tokens: { operate: { id: "huismeester@pve!operate", secret: ${secret} }, review: { id: "${id}", secret: ${secret} } }
    pools: { core: core }
`;
  return parseSettings(text, { file: 'space.yaml', env: {}, readFile: () => '' });
}

/** Half of the users administer something by a group, every tenth is of another pool; 100 VMs, of which one is core's. */
function cluster(): ProxmoxState {
  const names = Array.from({ length: users }, (_, index) => `user${index}@pve`);
  return {
    cluster: 'bench',
    quorate: true,
    nodes: [{ name: 'pve1', online: true }],
    pools: [{ id: 'core' }, { id: 'board' }],
    guests: Array.from({ length: 100 }, (_, index) => ({
      vmid: 100 + index,
      type: 'qemu' as const,
      name: `vm${index}`,
      node: 'pve1',
      status: 'running' as const,
      pool: index === 0 ? 'core' : 'board',
    })),
    tokens: [
      { id, secret, privileges: [{ path: '/access', privs: ['Sys.Audit'] }] },
      ...names
        .slice(0, tokens)
        .map((name) => ({ id: `${name}!t`, secret, privileges: [], privsep: false as const })),
    ],
    // Beside root and the user of the token.
    users: names.slice(0, users - 2).map((name) => ({ id: name })),
    groups: [{ id: 'admins', users: names.slice(0, users / 2) }],
    acl: [
      { path: '/vms', type: 'group', ugid: 'admins', role: 'PVEVMAdmin' },
      ...names
        .filter((_, index) => index % 10 === 0)
        .slice(0, 15)
        .map((ugid) => ({ path: '/pool/board', type: 'user' as const, ugid, role: 'PVEVMAdmin' })),
    ],
  };
}
