import type { Shell } from '../shell.ts';

export interface Asked {
  readonly name?: string;
  readonly upsd?: string[];
  readonly proxmox?: string;
}

/** Asks a person at a terminal what the flags would have said; an empty answer is none. */
export async function askPerson(ask: NonNullable<Shell['ask']>): Promise<Asked> {
  const name = (await ask('What is the space called? [My space] ')).trim();
  const upsd = (await ask('Where is upsd? HOST or HOST:PORT, several with spaces; nothing if none: ')).trim();
  const proxmox = (await ask('Where is Proxmox VE? https://HOST:8006; nothing if none: ')).trim();
  return {
    ...(name !== '' && { name }),
    ...(upsd !== '' && { upsd: upsd.split(/[\s,]+/) }),
    ...(proxmox !== '' && { proxmox }),
  };
}
