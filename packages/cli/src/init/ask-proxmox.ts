import { createProxmox, type Proxmox, ProxmoxError } from '@huismeester/proxmox';
import { addressesIn } from '../addresses.ts';
import { NotFine } from '../errors.ts';
import { askForMaking } from './ask-for-making.ts';
import type { ProxmoxInventory } from './found.ts';

export interface ProxmoxAccess {
  readonly url: string;
  readonly fingerprint: string;
  readonly token: { readonly id: string; readonly secret: string };
}

/** Nodes and pools, as far as the token may see them. Throws {@link NotFine} with what to do. */
export async function askProxmox({ url, fingerprint, token }: ProxmoxAccess): Promise<ProxmoxInventory> {
  let proxmox: Proxmox | undefined;
  try {
    proxmox = createProxmox({ url, token, fingerprints: [fingerprint] });
    const [members, addresses, pools, guests] = await Promise.all([
      proxmox.listNodes(),
      addressesIn(proxmox),
      proxmox.listPools(),
      proxmox.listResources(),
    ]);
    const nodes = members.map(({ name }) => {
      const address = addresses.get(name);
      return address === undefined ? { name } : { name, address };
    });
    const count = (id: string) => guests.filter(({ pool, template }) => pool === id && !template).length;
    const making = await askForMaking(proxmox, { nodes: members, guests });
    return { nodes, pools: pools.map((id) => ({ id, vms: count(id) })), making };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new NotFine(`${url}: ${error.message}${hintOf(error, token.id)}`, { cause: error });
  } finally {
    await proxmox?.close();
  }
}

function hintOf(error: Error, token: string): string {
  if (!(error instanceof ProxmoxError)) return '';
  if (error.code === 'unauthorized') {
    const [user, name] = token.split('!');
    return `\n  There is no token ${token}, or its secret is another. \`pveum user token list ${user}\` lists them; a lost
  secret is replaced: pveum user token remove ${user} ${name}; pveum user token add ${user} ${name} --privsep 1`;
  }
  if (error.code === 'certificate') {
    return '\n  Nothing was sent to it. Is it the right machine, and --fingerprint that of its certificate?';
  }
  return '';
}
