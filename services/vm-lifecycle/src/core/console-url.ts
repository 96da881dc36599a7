import type { Kind } from './guest.ts';

/** Where the console of a guest is in Proxmox's own interface; whoever follows it logs in there as themselves. */
export function consoleUrl(
  url: string,
  { vmid, kind, node }: { readonly vmid: number; readonly kind: Kind; readonly node: string },
): string {
  const query = new URLSearchParams({
    console: kind === 'qemu' ? 'kvm' : 'lxc',
    novnc: '1',
    vmid: String(vmid),
    node,
  });
  return `${url.replace(/\/$/, '')}/?${query.toString()}`;
}
