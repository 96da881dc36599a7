import { rightsOfCall, type TokenCall } from '@huismeester/contracts';

/**
 * Which right lacks when Proxmox refused a call with 403. Its reason names one where it knows (`Permission check failed (/vms/904, VM.Config.CPU)`);
 * else all that the call takes are named.
 */
export function lackingRight(call: TokenCall, reason: string): string {
  const { token, rights } = rightsOfCall(call);
  const [, path, privileges] = /\((\/[^,\s)]*),\s*([\w.|,\s]+)\)/.exec(reason) ?? [];
  const lacks = privileges === undefined ? rights : `${privileges.trim()} on ${path}`;
  return `the ${token} token lacks a right: ${lacks}`;
}
