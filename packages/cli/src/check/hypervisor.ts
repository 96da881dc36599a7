import type { HypervisorSettings, TokenName } from '@huismeester/contracts';
import { createProxmox, type Proxmox } from '@huismeester/proxmox';
import { addressesIn } from '../addresses.ts';
import { type Finding, look } from './finding.ts';
import { checkRights } from './granted.ts';
import { pveumForToken } from './pveum.ts';

export interface CheckedHypervisor {
  readonly id: string;
  readonly findings: readonly Finding[];
  /** The address that the cluster has for a node, by its name; without those that it does not report. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** The API answers and takes the token; pools and nodes that settings name are there; the token has its rights. */
export async function checkHypervisor(settings: HypervisorSettings): Promise<CheckedHypervisor> {
  const { id, url } = settings;
  const reached = await look(`hypervisor ${id}: Proxmox VE answers at ${url} and takes the token`, () =>
    connect(settings),
  );
  const proxmox = reached.value;
  if (proxmox === undefined) return { id, findings: [reached.finding], addresses: new Map() };
  try {
    const [pools, nodes, addresses] = await Promise.all([
      look(`hypervisor ${id}: its pools`, () => proxmox.listPools()),
      look(`hypervisor ${id}: its nodes`, async () => (await proxmox.listNodes()).map(({ name }) => name)),
      look(`hypervisor ${id}: the addresses of its nodes`, () => addressesIn(proxmox)),
    ]);
    const rights = await look(`hypervisor ${id}: what the token may`, () =>
      checkRights(proxmox, settings, nodes.value ?? []),
    );
    const findings = [
      reached.finding,
      ...(pools.value ? named(id, 'pool', Object.values(settings.pools), pools.value) : [pools.finding]),
      ...(nodes.value ? named(id, 'node', Object.keys(settings.nodes), nodes.value) : [nodes.finding]),
      ...(addresses.value ? [] : [addresses.finding]),
      ...(rights.value ?? [rights.finding]),
      ...(await checkToken(settings, 'create')),
      ...(await checkToken(settings, 'promote')),
      ...(settings.tokens.review ? await checkToken(settings, 'review') : [notReviewed(settings)]),
    ];
    return { id, findings, addresses: addresses.value ?? new Map() };
  } finally {
    await proxmox.close();
  }
}

/** Whether a token beside that of every day is taken, and has its rights; nothing where settings have none. */
async function checkToken(
  settings: HypervisorSettings,
  name: Exclude<TokenName, 'operate'>,
): Promise<Finding[]> {
  const token = settings.tokens[name];
  if (token === undefined) return [];
  const what = `hypervisor ${settings.id}: Proxmox VE takes the ${name} token`;
  const reached = await look(what, () => connect(settings, token));
  const proxmox = reached.value;
  if (proxmox === undefined) return [reached.finding];
  try {
    const rights = await look(`hypervisor ${settings.id}: what the ${name} token may`, () =>
      checkRights(proxmox, settings, [], name),
    );
    return [reached.finding, ...(rights.value ?? [rights.finding])];
  } finally {
    await proxmox.close();
  }
}

/** It works without that token; who has admin rights on core is then known by hand alone. */
function notReviewed(settings: HypervisorSettings): Finding {
  const [user = ''] = settings.tokens.operate.id.split('!');
  const token = `${user}!review`;
  return {
    what: `hypervisor ${settings.id}: who has admin rights is reviewed (CORE-4)`,
    warning: 'not set up: settings name no review token',
    remedy: `${pveumForToken('review', { token, settings }).join('; ')}; then in space.yaml: tokens: { review: { id: '${token}', secret: … } }`,
  };
}

async function connect(
  { url, ca, fingerprints, tokens }: HypervisorSettings,
  token = tokens.operate,
): Promise<Proxmox> {
  const proxmox = createProxmox({ url, ca, fingerprints, token });
  try {
    await proxmox.version();
    return proxmox;
  } catch (error) {
    await proxmox.close();
    throw error;
  }
}

/** A pool that the token may not audit is not listed, and to us as good as absent. */
function named(id: string, kind: string, wanted: string[], names: string[]): Finding[] {
  const seen = names.join(', ') || 'none';
  return wanted.map((name) => {
    const what = `hypervisor ${id}: ${kind} ${name} is there`;
    return names.includes(name) ? { what } : { what, problem: `the token may see ${seen}` };
  });
}
