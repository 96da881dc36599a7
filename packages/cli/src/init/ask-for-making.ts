import { type Proxmox, ProxmoxError } from '@huismeester/proxmox';
import type { FoundForMaking, FoundTemplate } from './found.ts';

type Listed = {
  readonly nodes: Awaited<ReturnType<Proxmox['listNodes']>>;
  readonly guests: Awaited<ReturnType<Proxmox['listResources']>>;
};

/** What VMs of participants could be made of: templates, and where disks can go. What the token may not see is left out. */
export async function askForMaking(proxmox: Proxmox, { nodes, guests }: Listed): Promise<FoundForMaking> {
  const online = nodes.filter((node) => node.online);
  const [templates, byNode] = await Promise.all([
    Promise.all(
      guests.filter(({ template, type }) => template && type === 'qemu').map((each) => look(proxmox, each)),
    ),
    Promise.all(online.map(async ({ name }) => ({ node: name, ...(await askNode(proxmox, name)) }))),
  ]);
  const vmids = guests.map(({ vmid }) => vmid);
  const memories = online.flatMap(({ memory }) => memory?.total ?? []);
  const storages = byNode.flatMap((each) => each.storages);
  const ostemplates = byNode.flatMap(({ node, volids }) => volids.map((volid) => ({ volid, node })));
  return {
    ...(vmids.length > 0 && { highestVmid: Math.max(...vmids) }),
    ...(memories.length > 0 && { leastMemory: Math.min(...memories) }),
    templates,
    storages: storages.filter(
      ({ name }, index) => storages.findIndex((each) => each.name === name) === index,
    ),
    ostemplates: ostemplates.filter(
      ({ volid }, index) => ostemplates.findIndex((each) => each.volid === volid) === index,
    ),
  };
}

async function look(
  proxmox: Proxmox,
  { vmid, name, node }: Listed['guests'][number],
): Promise<FoundTemplate> {
  const config = await seen(proxmox.guestConfig(node, 'qemu', vmid), undefined);
  const { cloudInit = false, agent = false } = config ?? {};
  return { vmid, name: name ?? `template-${vmid}`, node, cloudInit, agent };
}

async function askNode(proxmox: Proxmox, node: string) {
  const all = (await seen(proxmox.storages(node), [])).filter(({ enabled, active }) => enabled && active);
  const volids = await Promise.all(
    all
      .filter(({ content }) => content.includes('vztmpl'))
      .map(async ({ storage }) =>
        (await seen(proxmox.ostemplates(node, storage), [])).map(({ volid }) => volid),
      ),
  );
  return {
    storages: all
      .filter(({ content }) => content.includes('images'))
      .map(({ storage, shared, usedBytes, totalBytes }) => ({
        name: storage,
        shared,
        ...(usedBytes !== undefined && totalBytes !== undefined && { freeBytes: totalBytes - usedBytes }),
      })),
    volids: volids.flat(),
  };
}

/** A proposal is no reason to fail: what Proxmox does not show is not in it. */
async function seen<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ProxmoxError) return otherwise;
    throw error;
  }
}
