import type { Creation } from '@huismeester/contracts';
import { hintOf } from '../core/creating/failure.ts';
import { guestId } from '../core/observe.ts';
import { sshCommand } from '../core/resource.ts';
import type { Stored } from './creations.ts';

/** What to check when a VM shows no address. */
const noAddress =
  'It has no address yet: look at its console in Proxmox; the template needs qemu-guest-agent, and its network a DHCP server';
const leftOver = 'What was made of it is still in Proxmox';

/** A creation as REST shows it; `prefix` is that of its hypervisor. */
export function creationResource({ id, owner, hypervisor, vmid, state }: Stored, prefix: string): Creation {
  const { name, node, template, kind, cores, memoryMib, diskGib, project, step, steps } = state;
  const { failure, error, address } = state;
  const hint = hintFor(state);
  return {
    id,
    owner,
    name,
    hypervisor,
    vm: guestId(prefix, vmid),
    vmid,
    ...(node !== undefined && { node }),
    template,
    kind,
    cores,
    memory_mib: memoryMib,
    disk_gib: diskGib,
    ...(project !== undefined && { project }),
    step,
    steps: [...steps],
    ready: step === 'done' || step === 'failed' || step === 'given-up',
    ...(failure !== undefined && { failure }),
    ...(error !== undefined && { error }),
    ...(hint !== undefined && { hint }),
    ...(address !== undefined && { address, ssh: sshCommand(state.user, address) }),
  };
}

function hintFor({ step, address, failure, left }: Stored['state']): string | undefined {
  if (step === 'done') return address === undefined ? noAddress : undefined;
  if (failure === undefined) return undefined;
  return left === true ? `${hintOf(failure)}. ${leftOver}` : hintOf(failure);
}
