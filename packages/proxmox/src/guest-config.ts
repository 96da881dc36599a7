import type { Proxmox } from 'proxmox-api';
import type { GuestType } from './guests.ts';
import { Row } from './row.ts';

/** What a guest's configuration says of how it starts, and is shut down. */
interface GuestConfig {
  /** Its node starts it when it boots. */
  onboot: boolean;
  /** QEMU only: the guest agent is enabled; whether it runs inside the guest is another matter. */
  agent?: boolean;
}

/** `agent` is a property string whose default key is `enabled`: `1`, `enabled=1,type=isa`; left out is off. */
export function isAgentEnabled(text = ''): boolean {
  return text.split(',').some((part) => /^(enabled=)?(1|on|yes|true)$/i.test(part.trim()));
}

/**
 * A guest's configuration as it holds for the running guest: changes that are pending until its next start are left
 * out. Needs VM.Audit. Throws `not-found` when it is not on this node.
 */
export async function guestConfig(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
): Promise<GuestConfig> {
  const on = api.nodes.$(node);
  const guest = type === 'qemu' ? on.qemu.$(vmid) : on.lxc.$(vmid);
  const answer: unknown = await guest.config.$get({ current: true });
  const row = new Row(`GET /nodes/${node}/${type}/${vmid}/config`, answer);
  return {
    onboot: row.flag('onboot'),
    ...(type === 'qemu' && { agent: isAgentEnabled(row.optionalText('agent')) }),
  };
}
