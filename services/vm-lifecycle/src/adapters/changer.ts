import type { HypervisorSettings } from '@huismeester/contracts';
import { createProxmox } from '@huismeester/proxmox';
import type { Changer } from '../ports.ts';

/** A question may take so long; an act too, since Proxmox answers with the task that it begins. */
const requestTimeoutMs = 15_000;

/** A Proxmox VE cluster or node by its create token; undefined without one. Throws ProxmoxSettingsError for settings that cannot work. */
function openChanger({ url, ca, fingerprints, tokens }: HypervisorSettings): Changer | undefined {
  const { create: token } = tokens;
  if (token === undefined) return undefined;
  const proxmox = createProxmox({
    url,
    token,
    requestTimeoutMs,
    ...(ca !== undefined && { ca }),
    ...(fingerprints !== undefined && { fingerprints }),
  });
  return {
    token: token.id,
    nodes: () => proxmox.listNodes(),
    storages: (node) => proxmox.storages(node),
    configure: ({ node, kind, vmid }, values, digest) => proxmox.setConfig(node, kind, vmid, values, digest),
    resize: ({ node, kind, vmid }, disk, gib) => proxmox.resizeDisk(node, kind, vmid, disk, gib),
    destroy: ({ node, kind, vmid }) => proxmox.destroyGuest(node, kind, vmid),
    close: () => proxmox.close(),
  };
}

/** Those of all hypervisors that have a create token, by their ids. */
export function openChangers(settings: readonly HypervisorSettings[]): ReadonlyMap<string, Changer> {
  return new Map(
    settings.flatMap((each): [string, Changer][] => {
      const changer = openChanger(each);
      return changer ? [[each.id, changer]] : [];
    }),
  );
}
